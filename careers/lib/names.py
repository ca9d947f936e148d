"""When two names that people typed are one."""


def folded(name: str) -> str:
    """The same for names that differ in case only; databases agree, or tell fewer apart.

    >>> folded("İstanbul") == folded("istanbul")
    True
    """
    # The dot is what “İ” leaves behind in small letters.
    return name.casefold().replace("\u0307", "")
