from django.shortcuts import get_object_or_404, render

from careers.guide.models.certifications import Certification
from careers.search.views import or_archived
from careers.web.public_pages import public_page


@public_page()
def certification_list(request):
    return render(
        request,
        "careers/site/certifications/list.html",
        {"certifications": Certification.objects.published().for_list()},
    )


@public_page()
@or_archived(Certification)
def certification_detail(request, slug):
    certification = get_object_or_404(Certification.objects.published().for_detail(), slug=slug)
    return render(request, "careers/site/certifications/detail.html", {"certification": certification})
