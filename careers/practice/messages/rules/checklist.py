"""What one asks oneself after an answer. Only the person ticks: no program can know it."""

OF_MESSAGES = {
    "greeting": ("Greeting", "I greet, and I thank where there is a reason."),
    "empathy": ("Empathy", "I name what this is like for the customer, in words that fit this case only."),
    "question": ("Question", "I ask what I need to know, and nothing that was said already."),
    "next": ("Next step", "I say who does what by which day. There is a way on if it fails."),
    "avoid": ("Words to avoid", "I blame nobody, order nobody to be calm, and ask for no password."),
}
OF_CALLS = {
    "who": ("The case", "I say what the call was about in the first line."),
    "facts": ("Facts", "Numbers, names and days are right, also where the caller corrected them."),
    "agreed": ("Agreed", "I say what was agreed, with days and sums."),
    "next": ("Next step", "I say what is still to do, who does it and by when."),
    "avoid": ("Words to avoid", "I write no opinion on the caller and no guess."),
}


def checklist(*, is_call: bool) -> dict[str, tuple[str, str]]:
    """{key: (name, sentence)}, in order."""
    return OF_CALLS if is_call else OF_MESSAGES


EVERY_TICK = tuple(dict.fromkeys([*OF_MESSAGES, *OF_CALLS]))
