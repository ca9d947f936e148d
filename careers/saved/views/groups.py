"""The groups into which a person puts saved roles."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from careers.people.views.once import made
from careers.people.views.profile import sent
from careers.people.views.requests import own_page
from careers.people.views.writing import answering, writing
from careers.saved.forms import GroupForm


@own_page
def group_add(request):
    form = GroupForm(sent(request), profile=request.profile)
    # Asked before it is written, so that a visitor's empty form makes no guest.
    if form.is_valid():
        with writing(request) as profile:
            form = GroupForm(request.POST, profile=profile)
            if form.is_valid() and form.saved_for(profile):
                made(request, form.group)
                return to_group(request, form.group, "The group “{}” is made. Put roles in with “Note and group”.")
    return TemplateResponse(request, "careers/saved/group.html", {"form": form})


@own_page
def group_rename(request, pk):
    with answering(request) as profile:
        group = get_object_or_404(profile.saved_groups, pk=pk)
        form = GroupForm(sent(request), group=group, profile=profile)
        if form.is_valid() and form.saved_for(profile):
            return to_group(request, group, "The group is called “{}” now.")
    return TemplateResponse(request, "careers/saved/group.html", {"form": form, "group": group})


def to_group(request, group, sentence):
    messages.success(request, sentence.format(group.name))
    return redirect(f"{reverse('saved-list')}#group-{group.pk}")


@own_page
def group_delete(request, pk):
    """Its roles stay saved, in no group."""
    with answering(request) as profile:
        group = get_object_or_404(profile.saved_groups, pk=pk)
        if request.method != "POST":
            return redirect("group-rename", pk)
        group.delete()
    messages.success(request, f"The group “{group.name}” is gone. Its roles stay saved.")
    return redirect("saved-list")
