from django.shortcuts import get_object_or_404, render

from careers.guide.models.skills import Skill
from careers.search.views import or_archived
from careers.web.public_pages import public_page


@public_page()
def skill_list(request):
    return render(request, "careers/site/skills/list.html", {"skills": Skill.objects.published().for_list()})


@public_page()
@or_archived(Skill)
def skill_detail(request, slug):
    skill = get_object_or_404(Skill.objects.published().for_detail(), slug=slug)
    return render(request, "careers/site/skills/detail.html", {"skill": skill})
