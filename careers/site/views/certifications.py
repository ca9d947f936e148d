from django.shortcuts import render

from careers.guide.models.certifications import Certification
from careers.guide.models.skills import Skill
from careers.guide.selectors.role_facets import role_facets
from careers.search.views import or_archived
from careers.site.views.lists import listed, page_or_404
from careers.web.public_pages import public_page
from careers.web.query import is_slug
from careers.web.renamed import or_renamed, slugs_in_query


@public_page("skill", "page")
@slugs_in_query(skill=Skill)
def certification_list(request):
    rows, skill = Certification.objects.published().for_list(), asked_skill(request)
    if skill:
        rows = rows.filter(credits__skill=skill)
    also = {"skill": skill.slug} if skill else {}
    response = listed(request, "careers/site/certifications/list.html", "certifications", rows, skill=skill, also=also)
    response.must_run = response.must_run or (bool(request.GET.get("skill")) and not skill)
    return response


def asked_skill(request):
    """The published skill that the certifications are to credit, None where none is asked for or nobody knows it."""
    slug = request.GET.get("skill", "")
    return Skill.objects.published().filter(slug=slug).first() if is_slug(slug) else None


@public_page()
@or_renamed(Certification)
@or_archived(Certification)
def certification_detail(request, slug):
    certification = page_or_404(Certification, slug)
    context = {"certification": certification, "role_count": role_facets().count_with("certification", slug)}
    return render(request, "careers/site/certifications/detail.html", context)
