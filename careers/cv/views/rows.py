"""Jobs and schools of a CV: adding one, changing it, taking it away."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from careers.cv.forms import JobForm, RowForm, SchoolingForm
from careers.cv.models import Job, Schooling
from careers.cv.services import add_row
from careers.people.services.refusing import Refused
from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing


@dataclass(frozen=True)
class Kind:
    """`noun` is the first word of its addresses' names; the others are what its pages say."""

    model: type
    form: type[RowForm]
    noun: str
    add: str
    change: str


JOB = Kind(Job, JobForm, "job", "Add a job", "Change this job")
SCHOOLING = Kind(Schooling, SchoolingForm, "schooling", "Add a school or course", "Change this school or course")


@own_page
def job_add(request):
    return add(request, JOB)


@own_page
def job_edit(request, pk):
    return edit(request, JOB, pk)


@own_page
def job_remove(request, pk):
    return remove(request, JOB, pk)


@own_page
def schooling_add(request):
    return add(request, SCHOOLING)


@own_page
def schooling_edit(request, pk):
    return edit(request, SCHOOLING, pk)


@own_page
def schooling_remove(request, pk):
    return remove(request, SCHOOLING, pk)


def add(request, kind):
    form = kind.form(sent(request), today=timezone.localdate())
    if form.is_valid():
        try:
            with writing(request) as profile:
                made(request, add_row(kind.model, profile=profile, fields=form.given))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("cv-read")
    return TemplateResponse(request, "careers/cv/row.html", {"form": form, "kind": kind})


def edit(request, kind, pk):
    with answering(request) as profile:
        row = own_row(profile, kind, pk)
        form = kind.form(sent(request), row=row, today=timezone.localdate())
        if form.is_valid():
            if form.changed:
                kind.model.objects.filter(pk=row.pk).update(**form.given)
            return redirect("cv-read")
    context = {"form": form, "kind": kind, "row": row, "remove": f"{kind.noun}-remove"}
    return TemplateResponse(request, "careers/cv/row.html", context)


def remove(request, kind, pk):
    with answering(request) as profile:
        row = own_row(profile, kind, pk)
        if request.method == "POST":
            row.delete()
            messages.success(request, f"“{row}” is off your CV.")
            return redirect("cv-read")
    context = {"row": row, "edit": f"{kind.noun}-edit"}
    return TemplateResponse(request, "careers/cv/remove.html", context)


def own_row(profile, kind, pk):
    return get_object_or_404(kind.model, profile=profile.pk, pk=pk)
