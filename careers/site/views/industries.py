from django.shortcuts import render

from careers.guide.models.industries import Industry
from careers.guide.selectors.role_facets import role_facets
from careers.search.views import or_archived
from careers.site.views.lists import listed, page_or_404
from careers.web.public_pages import public_page
from careers.web.renamed import or_renamed


@public_page("page")
def industry_list(request):
    return listed(
        request,
        "careers/site/industries/list.html",
        "industries",
        Industry.objects.published().in_order(),
        facet="industry",
    )


@public_page()
@or_renamed(Industry)
@or_archived(Industry)
def industry_detail(request, slug):
    industry = page_or_404(Industry, slug)
    context = {"industry": industry, "role_count": role_facets().count_with("industry", slug)}
    return render(request, "careers/site/industries/detail.html", context)
