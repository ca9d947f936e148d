from django.shortcuts import get_object_or_404, render

from careers.guide.models.industries import Industry
from careers.search.views import or_archived
from careers.web.public_pages import public_page


@public_page()
def industry_list(request):
    return render(request, "careers/site/industries/list.html", {"industries": Industry.objects.published().for_list()})


@public_page()
@or_archived(Industry)
def industry_detail(request, slug):
    industry = get_object_or_404(Industry.objects.published().for_detail(), slug=slug)
    return render(request, "careers/site/industries/detail.html", {"industry": industry})
