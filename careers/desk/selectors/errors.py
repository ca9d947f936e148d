"""What went wrong, in a sentence or two."""

from django.core.exceptions import NON_FIELD_ERRORS

from careers.guide.selectors.snapshots import hanging_rows
from careers.lib.words import in_a_sentence
from careers.templatetags.faults import Fault


def error_line(model, error):
    """A validation error in one line: “Source: Readers need this …”."""
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return " ".join(
        f"{str(names[name]).capitalize()}: {' '.join(texts)}" if name in names else " ".join(texts)
        for name, texts in error.message_dict.items()
    )


def faults_in_form(model, error, form):
    """[Fault] of a validation error of a page, each with a link to its place in the form that is at the URL `form`."""
    found = []
    for name, texts in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            found += [Fault("", "", text) for text in texts]
        elif name in hanging_rows(model):
            noun = hanging_rows(model)[name][0]._meta.verbose_name_plural
            found += [Fault(str(noun).capitalize(), f"{form}#{name}-group", text) for text in texts]
        else:
            label = str(model._meta.get_field(name).verbose_name).capitalize()
            found += [Fault(label, f"{form}#id_{name}", text) for text in texts]
    return found


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
