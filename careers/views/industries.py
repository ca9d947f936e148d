from django.shortcuts import get_object_or_404, render

from careers.models import Industry
from careers.views.archived import or_archived
from careers.views.public import public_page


@public_page()
def industry_list(request):
    return render(request, "careers/industries/list.html", {"industries": Industry.objects.published().for_list()})


@public_page()
@or_archived(Industry)
def industry_detail(request, slug):
    industry = get_object_or_404(Industry.objects.published().for_detail(), slug=slug)
    return render(request, "careers/industries/detail.html", {"industry": industry})
