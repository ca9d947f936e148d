from django.shortcuts import render

from careers.guide.models.skills import Skill
from careers.guide.selectors.role_facets import role_facets
from careers.practice.timed.selectors import typing_skill
from careers.search.views import or_archived
from careers.site.views.lists import listed, page_or_404
from careers.web.public_pages import public_page
from careers.web.renamed import or_renamed


@public_page("page")
def skill_list(request):
    return listed(
        request, "careers/site/skills/list.html", "skills", Skill.objects.published().in_order(), facet="skill"
    )


@public_page()
@or_renamed(Skill)
@or_archived(Skill)
def skill_detail(request, slug):
    skill = page_or_404(Skill, slug)
    context = {"skill": skill, "role_count": role_facets().count_with("skill", slug)}
    context["has_test"] = skill == typing_skill()
    return render(request, "careers/site/skills/detail.html", context)
