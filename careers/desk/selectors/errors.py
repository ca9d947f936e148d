"""What went wrong, in a sentence or two."""

from careers.lib.words import in_a_sentence


def error_line(model, error):
    """A validation error in one line: “Source: Readers need this …”."""
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return " ".join(
        f"{str(names[name]).capitalize()}: {' '.join(texts)}" if name in names else " ".join(texts)
        for name, texts in error.message_dict.items()
    )


def gone_in_words(gone, taken=None, unknown=()):
    """Sentences on what could not come back: pages that were deleted, values that another page has by now, and what
    is `unknown`, as pages have no such part any more.
    """
    said = [f"Left out, as it was deleted meanwhile: {in_a_sentence(gone)}."] if gone else []
    if unknown:
        said.append(f"Left out, as a page has no such part by now: {in_a_sentence(unknown)}.")
    return " ".join(
        [*said, *(f"Another page has “{value}” by now, so that stays as it is." for value in (taken or {}).values())]
    )
