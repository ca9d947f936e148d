"""The groups into which a person puts saved roles."""

from django.shortcuts import get_object_or_404, redirect, render

from careers.forms.saved import GroupForm
from careers.views.people import own_page, writing


@own_page
def group_add(request):
    form = GroupForm(request.POST or None, profile=request.profile)
    # Asked before it is written, so that a visitor's empty form makes no guest.
    if request.method == "POST" and form.is_valid():
        with writing(request) as profile:
            form = GroupForm(request.POST, profile=profile)
            if form.is_valid() and form.saved_for(profile):
                return redirect("saved-list")
    return render(request, "careers/saved/group.html", {"form": form})


@own_page
def group_rename(request, pk):
    group = get_object_or_404(request.profile.saved_groups, pk=pk)
    form = GroupForm(instance=group, profile=request.profile)
    if request.method == "POST":
        with writing(request) as profile:
            form = GroupForm(request.POST, instance=get_object_or_404(profile.saved_groups, pk=pk), profile=profile)
            if form.is_valid() and form.saved_for(profile):
                return redirect("saved-list")
    return render(request, "careers/saved/group.html", {"form": form, "group": group})


@own_page
def group_delete(request, pk):
    """Its roles stay saved, in no group."""
    group = get_object_or_404(request.profile.saved_groups, pk=pk)
    if request.method == "POST":
        with writing(request):
            group.delete()
        return redirect("saved-list")
    return redirect("group-rename", pk)
