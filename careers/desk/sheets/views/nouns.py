"""The pages about sheets of one noun: take them out, look at one that comes in, bring it in.

Each is a function of the request and the noun's admin, which says who may. Nobody waits in them: what takes long is
done by a process of its own, and its page loads itself again until that is over.
"""

from threading import BoundedSemaphore

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from careers.desk.selectors.change_sets import url_of_set
from careers.desk.sheets.forms import SheetForm, chosen_keys
from careers.desk.sheets.models import SheetImport
from careers.desk.sheets.rules.workbooks import CellTooLong
from careers.desk.sheets.selectors.columns import sheet_titles, title_of
from careers.desk.sheets.selectors.exports import FORMATS, file_of, keys_of, template_of
from careers.desk.sheets.selectors.reports import latest_sheets, page_of_reports, progress_of, summary_of
from careers.desk.sheets.services.exports import note_export
from careers.desk.sheets.services.imports import begin_import, confirm, drop_sheet, first_title, look_again
from careers.desk.sheets.services.running import start_work
from careers.lib.words import counted
from careers.people.services.refusing import Refused
from careers.people.views.once import made, once
from careers.people.views.writing import in_one_write

State = SheetImport.State
EXPORTS = BoundedSemaphore(2)  # at once: 5,000 roles take some ten seconds, which hold a thread
AGAIN = 2  # seconds until the page of a sheet that is worked on loads itself again
KINDS = {"csv": "text/csv; charset=utf-8", "zip": "application/zip"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BUSY = "Other sheets are being written just now. Try again in a minute."
TOO_LONG = "A text of these pages is too long for a cell of Excel. Take them out as CSV."
NO_PAGES = "None of these pages are there any more."
TAKEN_AWAY = "The sheet “{name}” is taken away. Nothing was changed."


def sheet_urls(of_noun):
    """Addresses below those of the noun's list."""
    name = f"{of_noun.opts.app_label}_{of_noun.opts.model_name}"
    views = {
        "sheets/": ("sheets", sheets_read),
        "sheets/export/": ("sheets_export", sheets_export),
        "sheets/template/": ("sheets_template", sheets_template),
        "sheets/<int:number>/": ("sheets_import", sheets_import),
    }
    return [
        path(route, of_noun.admin_site.admin_view(for_noun(view, of_noun)), name=f"{name}_{short}")
        for route, (short, view) in views.items()
    ]


def for_noun(view, of_noun):
    def page(request, **kwargs):
        if not of_noun.has_view_or_change_permission(request):
            raise PermissionDenied
        return view(request, of_noun, **kwargs)

    return page


def may_import(request, of_noun):
    return of_noun.has_change_permission(request) and of_noun.has_add_permission(request)


def url_of_noun(of_noun, name, *args):
    return reverse(f"admin:{of_noun.opts.app_label}_{of_noun.opts.model_name}_{name}", args=args)


def sheets_read(request, of_noun):
    form = SheetForm()
    if request.method == "POST":
        if not may_import(request, of_noun):
            raise PermissionDenied
        form = SheetForm(request.POST, request.FILES, sent_bytes=length_of(request))
        if form.is_valid():
            return once(in_one_write(keep_sheet))(request, of_noun=of_noun, file=form.cleaned_data["file"])
    return shown(
        request, of_noun, "sheets", f"Sheets: {title_of(of_noun.model).lower()}", **about_sheets(request, of_noun, form)
    )


def about_sheets(request, of_noun, form):
    model, chosen = of_noun.model, request.GET.get("chosen", "")
    keys = chosen_keys(chosen)
    count = len(chosen_of(model, keys))
    return {
        "form": form,
        "chosen": chosen if keys else "",
        "chosen_count": counted(count, f"{model._meta.verbose_name},{model._meta.verbose_name_plural}"),
        "formats": FORMATS.items(),
        "rows": list(sheet_titles(model).values()),
        "may_import": may_import(request, of_noun),
        "sheets": [
            (one, url_of_noun(of_noun, "sheets_import", one.pk), line)
            for one, line in latest_sheets(model, timezone.now())
        ],
        "export": url_of_noun(of_noun, "sheets_export"),
        "empty_one": url_of_noun(of_noun, "sheets_template"),
    }


def keep_sheet(request, *, of_noun, file):
    try:
        sheet = begin_import(
            model=of_noun.model,
            file_name=file.name,
            content=file.read(),
            by=request.user,
            is_publisher=of_noun.has_publish_permission(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(url_of_noun(of_noun, "sheets"))
    made(request, sheet)
    transaction.on_commit(start_work)
    return redirect(url_of_noun(of_noun, "sheets_import", sheet.pk))


def length_of(request):
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def sheets_export(request, of_noun):
    """The file. A GET leads to where one asks for it: what was taken out is noted."""
    url = url_of_noun(of_noun, "sheets")
    if request.method != "POST":
        return redirect(url)
    named = chosen_keys(request.POST.get("chosen", ""))
    keys = chosen_of(of_noun.model, named)
    kind = request.POST.get("format") if request.POST.get("format") in FORMATS else "xlsx"
    fault = "" if keys or not named else NO_PAGES
    if not fault and not EXPORTS.acquire(blocking=False):  # whoever waited would hold a thread that pages need
        fault = BUSY
    if not fault:
        try:
            content, ending = file_of(of_noun.model, keys, kind)
        except CellTooLong:
            fault = TOO_LONG
        finally:
            EXPORTS.release()
    if fault:
        messages.error(request, fault)
        return redirect(url)
    note_export(model=of_noun.model, count=len(keys), ending=ending, by=request.user)
    return attachment(content, f"{of_noun.opts.model_name}-{timezone.localdate():%Y-%m-%d}", ending)


def chosen_of(model, named):
    """The keys of the pages that are `named`, or of all; no database takes as many as an address can name."""
    wanted = set(named or ())
    return [key for key in keys_of(model) if not wanted or key in wanted]


def sheets_template(request, of_noun):
    return attachment(template_of(of_noun.model), f"{of_noun.opts.model_name}-template", "xlsx")


def attachment(content, name, ending):
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=KINDS.get(ending, XLSX), headers=headers)


def sheets_import(request, of_noun, number):
    """One sheet that was sent: how far it is, what is wrong with it or what it would change, and what came of it."""
    if not may_import(request, of_noun):
        raise PermissionDenied
    sheet = open_sheet(of_noun, number)
    if request.method == "POST":
        return once(in_one_write(do_with_sheet))(request, of_noun=of_noun, number=number)
    now, context = timezone.now(), {"sheet": sheet, "back": url_of_noun(of_noun, "sheets")}
    if sheet.is_under_way and not sheet.is_broken_off(now):
        share, said = progress_of(sheet)
        if sheet.state in SheetImport.WAITS:
            start_work()
        response = shown(request, of_noun, "progress", sheet.get_state_display(), share=share, said=said, **context)
        response["Refresh"] = str(AGAIN)
        return response
    if sheet.state == State.READY:
        page, reports = page_of_reports(sheet, request.GET.get("page"))
        context |= {"page": page, "reports": reports, "first_title": first_title(sheet)}
    context["set_url"] = url_of_set(sheet.change_set) if sheet.change_set else ""
    context |= {"summary": summary_of(sheet), "is_broken_off": sheet.is_broken_off(now), **looks_of(sheet, now)}
    return shown(request, of_noun, "import", f"Sheet “{sheet.file_name}”", **context)


def looks_of(sheet, now):
    """Which parts the page of a sheet has that nobody works on."""
    return {
        "is_ready": sheet.state == State.READY and bool(sheet.new or sheet.changed) and not sheet.problem,
        "says_nothing_new": sheet.state == State.READY and not (sheet.new or sheet.changed),
        "is_read": sheet.state in (State.READY, State.WRONG, State.TAKEN),
        "is_taken": sheet.state == State.TAKEN,
        "may_look_again": sheet.state != State.TAKEN,
        "more_faults": max(sheet.fault_count - len(sheet.faults), 0),
        "drafts": counted(sheet.new + sheet.changed, "draft"),
    }


def open_sheet(of_noun, number, rows=SheetImport.objects):
    found = rows.filter(model=of_noun.opts.label_lower, until__gt=timezone.now())
    return get_object_or_404(found.defer("file"), pk=number)


def do_with_sheet(request, *, of_noun, number):
    sheet = open_sheet(of_noun, number, SheetImport.objects.select_for_update())
    url = url_of_noun(of_noun, "sheets_import", sheet.pk)
    try:
        if "_drop" in request.POST:
            drop_sheet(sheet)
            messages.success(request, TAKEN_AWAY.format(name=sheet.file_name))
            return redirect(url_of_noun(of_noun, "sheets"))
        if "_confirm" in request.POST:
            may_publish = of_noun.has_publish_permission(request)
            confirm(sheet, title=request.POST.get("title", ""), by=request.user, is_publisher=may_publish)
        elif "_again" in request.POST:
            look_again(sheet, by=request.user, is_publisher=of_noun.has_publish_permission(request))
        transaction.on_commit(start_work)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(url)


def shown(request, of_noun, template, title, **context):
    shared = {**of_noun.admin_site.each_context(request), "opts": of_noun.opts, "title": title}
    return render(request, f"careers/desk/sheets/{template}.html", {**shared, **context})
