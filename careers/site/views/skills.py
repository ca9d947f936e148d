from django.shortcuts import get_object_or_404, render

from careers.guide.models.skills import Skill
from careers.guide.selectors.role_facets import role_facets
from careers.search.views import or_archived
from careers.site.views.lists import listed
from careers.web.public_pages import public_page


@public_page("page")
def skill_list(request):
    return listed(
        request, "careers/site/skills/list.html", "skills", Skill.objects.published().in_order(), facet="skill"
    )


@public_page()
@or_archived(Skill)
def skill_detail(request, slug):
    skill = get_object_or_404(Skill.objects.published().for_detail(), slug=slug)
    context = {"skill": skill, "role_count": role_facets().count_with("skill", slug)}
    return render(request, "careers/site/skills/detail.html", context)
