from django.shortcuts import render

from careers.guide.models.certifications import Certification
from careers.guide.selectors.role_facets import role_facets
from careers.search.views import or_archived
from careers.site.views.lists import listed, page_or_404
from careers.web.public_pages import public_page


@public_page("page")
def certification_list(request):
    rows = Certification.objects.published().for_list()
    return listed(request, "careers/site/certifications/list.html", "certifications", rows)


@public_page()
@or_archived(Certification)
def certification_detail(request, slug):
    certification = page_or_404(Certification, slug)
    context = {"certification": certification, "role_count": role_facets().count_with("certification", slug)}
    return render(request, "careers/site/certifications/detail.html", context)
