from django.http import Http404
from django.shortcuts import render

from careers.guide.selectors.kept import KeptByRevision, keeping_what_is_drawn, published_page
from careers.guide.selectors.role_facets import role_facets
from careers.web.query import Pages

A_PAGE = 60
MOST_KEPT = 30  # pages
kept_lists = KeptByRevision(dict)


def listed(request, template, name, rows, *, facet="", also=None, **context):
    """A page of `rows`, which the template knows by `name`, with links to the others. `also`: see `Pages`.

    Each has `role_count` where it is what roles have: a value of their `facet`.
    """
    pages = Pages(request, rows, a_page=A_PAGE, also=also)
    context |= {name: rows_of(pages.page, pages.query(page=pages.page.number), name, facet)}
    response = render(request, template, {**context, "page": pages.page, "pages": pages})
    response.must_run = not pages.is_understood  # nothing beyond the end is kept
    return response


def rows_of(page, query, name, facet):
    """The rows of a page of the list of this `name`. No query where somebody has asked at this revision."""
    lists = kept_lists()
    if rows := lists.get((name, query)):
        return rows
    rows = [keeping_what_is_drawn(row) for row in page.object_list]
    if facet:
        guide = role_facets()
        for row in rows:
            row.role_count = guide.count_with(facet, row.slug)
    if len(lists) < MOST_KEPT:
        lists[name, query] = rows
    return rows


def page_or_404(noun, slug):
    """`published_page`, or raises 404."""
    page = published_page(noun, slug)
    if page is None:
        raise Http404
    return page
