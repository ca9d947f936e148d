LONGEST_QUERY = 200


def clean_text(text: str) -> str:
    """One line of at most LONGEST_QUERY characters without control characters, as it is shown again."""
    return " ".join("".join(char if char.isprintable() else " " for char in text[:2000]).split())[:LONGEST_QUERY]
