from django.shortcuts import render

from careers.guide.models.companies import Company
from careers.web.public_pages import public_page


@public_page()
def company_list(request):
    return render(request, "careers/site/companies/list.html", {"companies": Company.objects.published()})
