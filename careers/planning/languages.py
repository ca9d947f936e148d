"""When two names mean the same language."""


def same_language(name: str) -> str:
    """What all spellings of one name share: case does not matter, nor does the dot that “İ” leaves in small letters."""
    return name.casefold().replace("\u0307", "")
