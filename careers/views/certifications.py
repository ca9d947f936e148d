from django.shortcuts import get_object_or_404, render

from careers.models import Certification
from careers.views.archived import or_archived
from careers.views.public import public_page


@public_page()
def certification_list(request):
    return render(
        request, "careers/certifications/list.html", {"certifications": Certification.objects.published().for_list()}
    )


@public_page()
@or_archived(Certification)
def certification_detail(request, slug):
    certification = get_object_or_404(Certification.objects.published().for_detail(), slug=slug)
    return render(request, "careers/certifications/detail.html", {"certification": certification})
