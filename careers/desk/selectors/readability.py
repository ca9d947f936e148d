"""Which pages of the guide are hard to read, by their sentences. Titles, names and sources are no sentences."""

from django.apps import apps

from careers.desk.rules.readability import hints, length_in_words
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.kept import KeptInStep
from careers.guide.selectors.snapshots import hanging_rows

# By noun: its own fields, and those of its rows as “relation.field”.
READ = {
    "role": (
        "summary", "duties", "day_at_work", "experience", "outlook", "nights_note", "days_note", "degree_note",
        "code_note", "role_certifications.reason", "pay_figures.note",
    ),
    "move": ("months_note", "how"),
    "skill": (
        "summary", "why_it_matters", "how_to_practise",
        "descriptor_1", "descriptor_2", "descriptor_3", "descriptor_4", "descriptor_5",
    ),
    "certification": (
        "summary", "about", "watch_out", "when_in_career", "exam_format", "prerequisites", "fee_note", "renewal_rule",
        "hours_note", "steps.title",
    ),
    "industry": ("summary", "what_it_is_like", "typical_processes", "good_to_know"),
    "metric": ("explanation", "benchmark"),
    "company": ("summary", "notes"),
    "book": ("summary", "listing_note"),
    "question": ("short_answer", "answer"),
    "section": ("body", "points"),
}  # fmt: skip


def texts_of(model, keys):
    """{key: [(name of the field, text)]} of what readers read in sentences; a query for the pages, one for each kind
    of rows, however many pages.
    """
    names = READ.get(model._meta.model_name, ())
    own = [name for name in names if "." not in name]
    labels = [model._meta.get_field(name).verbose_name for name in own]
    found = {
        key: list(zip(labels, texts, strict=True))
        for key, *texts in model._base_manager.filter(pk__in=keys).values_list("pk", *own)
    }
    for relation, _, name in (path.partition(".") for path in names if "." in path):
        row, back = hanging_rows(model)[relation]
        label = f"{row._meta.verbose_name}: {row._meta.get_field(name).verbose_name}"
        rows = row._base_manager.filter(**{f"{back}__in": keys}).order_by("pk")
        for key, text in rows.values_list(f"{back}_id", name):
            found.setdefault(key, []).append((label, text))
    return found


def hints_for(model, keys):
    """{key: [sentences]} of pages that have something to mend."""
    if model._meta.model_name not in READ:
        return {}
    said = {key: hints(texts) for key, texts in texts_of(model, keys).items()}
    return {key: sentences for key, sentences in said.items() if sentences}


def said_of_texts(page):
    """How long its texts are, and what there is to mend in them."""
    model = page._meta.model
    texts = texts_of(model, [page.pk]).get(page.pk, []) if model._meta.model_name in READ else []
    return [one for one in (length_in_words(texts), *hints(texts)) if one]


def read_all():
    """{noun: keys of its published pages that are hard to read}."""
    return {noun: hard_ones(pages) for noun, pages in published_pages().items()}


def read_changed(found, changed):
    """The same, with those alone read anew that have changed."""
    pages = published_pages()
    return found | {
        noun: (found[noun] - keys) | hard_ones(pages[noun].filter(pk__in=keys))
        for noun, keys in changed.items()
        if noun in READ
    }


def published_pages():
    models = (apps.get_model("careers", noun) for noun in READ)
    return {one._meta.model_name: one._base_manager.filter(status=GuideModel.Status.PUBLISHED) for one in models}


def hard_ones(pages):
    return set(hints_for(pages.model, list(pages.values_list("pk", flat=True))))


hard_pages = KeptInStep(read_all, read_changed)
