from django.shortcuts import render

from careers.guide.models.questions import Question
from careers.web.public_pages import public_page


@public_page()
def question_list(request):
    return render(request, "careers/site/questions/list.html", {"questions": Question.objects.published().for_page()})
