from django.shortcuts import render

from careers.guide.models.companies import Company
from careers.search.views import or_archived
from careers.site.views.lists import listed, page_or_404
from careers.web.public_pages import public_page
from careers.web.renamed import or_renamed


@public_page("page")
def company_list(request):
    companies = Company.objects.published().with_job_counts().in_order()
    return listed(request, "careers/site/companies/list.html", "companies", companies)


@public_page()
@or_renamed(Company)
@or_archived(Company)
def company_detail(request, slug):
    return render(request, "careers/site/companies/detail.html", {"company": page_or_404(Company, slug)})
