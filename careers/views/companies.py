from django.shortcuts import render

from careers.models import Company
from careers.views.public import public_page


@public_page()
def company_list(request):
    return render(request, "careers/companies/list.html", {"companies": Company.objects.published()})
