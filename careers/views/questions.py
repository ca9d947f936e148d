from django.shortcuts import render

from careers.models import Question
from careers.views.public import public_page


@public_page()
def question_list(request):
    return render(request, "careers/questions/list.html", {"questions": Question.objects.published()})
