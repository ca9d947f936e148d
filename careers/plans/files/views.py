"""Files that a person keeps with a plan: added, downloaded by their owner only, removed."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.people.views.once import made, stop_if_answered, until_answered
from careers.people.views.requests import own_page
from careers.people.views.writing import times_this_hour, writing
from careers.plans.files.forms import FileForm
from careers.plans.files.models import EvidenceFile
from careers.plans.files.rules.kinds import Unfit
from careers.plans.files.services import cleaned, files_section, keep_file, on_disk, one_at_a_time
from careers.plans.views.own import own_plan

MOST_UPLOADS = 120  # from one network address an hour: checking one may take ten seconds of a processor
TOO_MANY = "Very many files were sent from your network address in the last hour. Wait an hour and choose it again."
KEPT = "“{name}” is kept. Only you can open it."
KEPT_BEFORE = "You have kept this file here already, as “{name}”."
REMOVED = "“{name}” is removed."
# Should a browser show it in spite of all: it runs nothing and reaches nothing.
SHUT = "default-src 'none'; sandbox"


@own_page
def plan_file_add(request, pk):
    plan = own_plan(request.profile, pk)
    form = FileForm(*sent(request), sent_bytes=length_of(request))
    if form.is_valid():
        try:
            said, told = add_file(request, pk, **form.cleaned_data)
        except Unfit as unfit:
            form.add_error("file", str(unfit))
        else:
            messages.success(request, " ".join([said, *told]))
            # Messages stand at the top: what is to be read is not scrolled past.
            return redirect(reverse("plan-read", args=[pk], fragment=None if told else "files"))
    return render(request, "careers/plans/files/add.html", {"plan": plan, "form": form, "files": files_section(plan)})


def add_file(request, pk, *, file, name):
    """Keep the file and return what is said of it, also of what is not as it was. Raises `Unfit`."""
    if times_this_hour(request, "files") > MOST_UPLOADS:
        raise Unfit(TOO_MANY)
    content = file.read()
    until_answered(request, one_at_a_time(request.profile, content))
    stop_if_answered(request)
    clean = cleaned(content=content, name=name or file.name)
    with on_disk(clean.content) as stored, writing(request, create=False) as profile:
        row, is_new = keep_file(plan=own_plan(profile, pk), cleaned=clean, stored=stored, now=timezone.now())
    made(request, row)
    return (KEPT if is_new else KEPT_BEFORE).format(name=row.name), clean.told


def sent(request):
    return (request.POST, request.FILES) if request.method == "POST" else ()


def length_of(request):
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


@own_page
@require_safe
def file_read(request, pk):
    row = own_file(request.profile, pk)
    try:
        opened = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(opened, as_attachment=True, filename=row.name, content_type=row.kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SHUT
    return response


@own_page
def file_remove(request, pk):
    if request.method != "POST":
        row = own_file(request.profile, pk)
        return render(request, "careers/plans/files/remove.html", {"row": row, "plan": row.plan})
    with writing(request, create=False) as profile:
        row = own_file(profile, pk)
        row.delete()
    messages.success(request, REMOVED.format(name=row.name))
    return redirect(reverse("plan-read", args=[row.plan_id], fragment="files"))


def own_file(profile, pk):
    return get_object_or_404(EvidenceFile.objects.of_person(profile).select_related("plan"), pk=pk)
