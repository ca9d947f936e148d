"""The CV as a page, on paper, and as the files that a person takes away."""

import json

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.cv.forms import CVForm
from careers.cv.rules import file_name, too_long_in_words
from careers.cv.selectors.content import cv_content, cv_of
from careers.cv.selectors.json_resume import chosen_resume
from careers.cv.selectors.measuring import made_pdf, pages_of
from careers.cv.services import save_cv
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import writing
from careers.runtime.pdfs import NoPdf
from careers.web.no_pdf import OnPaper, instead_of_pdf, pdf_response

PAPER = OnPaper(pdf="cv-pdf", print="cv-print", page="cv-read", label="Your CV")


@own_page
@require_safe
def cv_read(request):
    content = own_content(request)
    pages = None if content.is_empty else pages_of(content, profile=request.profile)
    context = {
        "cv": content,
        "pages": pages,
        "too_long": too_long_in_words(pages, content.parts) if pages else "",
        "jobs": request.profile.jobs.all(),
        "schoolings": request.profile.schoolings.all(),
    }
    return render(request, "careers/cv/read.html", context)


@own_page
def cv_edit(request):
    form = CVForm(sent(request), cv=cv_of(request.profile))
    # Asked before it is written, so that a visitor's empty form makes no guest.
    if form.is_valid():
        if not form.changed:
            return redirect("cv-read")
        with writing(request) as profile:
            form = CVForm(request.POST, cv=cv_of(profile))
            if form.is_valid():
                save_cv(profile=profile, changed=form.changed, now=timezone.now())
                return redirect("cv-read")
    return TemplateResponse(request, "careers/cv/edit.html", {"form": form})


@own_page
@require_safe
def cv_print(request):
    if not request.profile:
        return redirect("cv-read")
    return render(request, "careers/cv/print.html", {"cv": own_content(request)})


@own_page
@require_safe
def cv_pdf(request):
    if not request.profile:
        return redirect("cv-read")
    content = own_content(request)
    try:
        return pdf_response(made_pdf(content, profile=request.profile), file_name(content.name, "pdf"))
    except NoPdf as why:
        return instead_of_pdf(request, why, PAPER)


@own_page
@require_safe
def cv_download(request):
    """JSON Resume of what the CV shows."""
    if not request.profile:
        return redirect("cv-read")
    text = json.dumps(chosen_resume(request.profile), ensure_ascii=False, indent=2) + "\n"
    name = file_name(own_content(request).name, "json")
    sent_as = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=sent_as)


def own_content(request):
    return cv_content(request.profile, today=timezone.localdate())
