"""The pages that could answer what readers looked for in vain, as far as somebody at the desk may write them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.text import slugify

from careers.guide.models.publishing import GuideModel
from careers.search.services.indexing import NOUNS

MOST_FOUND = 8  # pages of one noun
TITLES = ("title", "name", "question")  # the field that a page is called by, whichever its noun has


@dataclass(frozen=True)
class FoundPage:
    """A page that may get a word. `value` names it in a form: “careers.role:12”."""

    value: str
    name: str
    noun: str
    state: str
    takes_titles: bool


def pages_for(request, words):
    """Pages with `words` in their names that this person may change. A query for each noun that is searched."""
    if not words:
        return []
    found = []
    for noun in searched_nouns(request, "change"):
        of_noun = admin.site.get_model_admin(noun)
        rows, _ = of_noun.get_search_results(request, noun.objects.exclude(status=GuideModel.Status.ARCHIVED), words)
        found += [found_page(page) for page in rows.order_by("pk").distinct()[:MOST_FOUND]]
    return found


def found_page(page):
    options = page._meta
    return FoundPage(
        value=f"{options.label_lower}:{page.pk}",
        name=str(page),
        noun=str(options.verbose_name),
        state=page.get_status_display(),
        takes_titles=hasattr(page, "alternate_titles"),
    )


def new_pages(request, title):
    """[(noun, URL)] of the empty forms that this person may fill, with the title written in."""
    found = []
    for noun in searched_nouns(request, "add"):
        options = noun._meta
        field = next(name for name in TITLES if name in {one.name for one in options.fields})
        query = urlencode({field: title, "slug": slugify(title)})
        found.append((str(options.verbose_name), f"{reverse(f'admin:careers_{options.model_name}_add')}?{query}"))
    return found


def searched_nouns(request, may):
    return [noun for noun in NOUNS.values() if request.user.has_perm(f"careers.{may}_{noun._meta.model_name}")]
