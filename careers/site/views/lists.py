from django.shortcuts import render

from careers.guide.selectors.role_facets import role_facets
from careers.web.query import Pages

A_PAGE = 60


def listed(request, template, name, rows, *, facet=""):
    """A page of `rows`, which the template knows by `name`, with links to the others.

    Each has `role_count` where it is what roles have: a value of their `facet`.
    """
    pages = Pages(request, rows, a_page=A_PAGE)
    if facet:
        guide = role_facets()
        for row in pages.page.object_list:
            row.role_count = guide.count_with(facet, row.slug)
    response = render(request, template, {name: pages.page.object_list, "page": pages.page, "pages": pages})
    response.must_run = not pages.is_understood  # nothing beyond the end is kept
    return response
