"""The pages whose drafts somebody at the desk may put into a change set."""

from django.contrib import admin
from django.db.models import Q

from careers.desk.selectors.change_sets import InSet, called
from careers.desk.selectors.first_page import MOST_SHOWN, pages_named
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.publishing import GuideModel
from careers.guide.selectors.snapshots import page_model
from careers.lib.texts import is_key

MOST_FOUND = 8  # pages of one noun


def pages_to_put(request, change_set, words):
    """[InSet] of pages whose drafts may be put in, by `words` of their names; without these the latest of no set."""
    nouns = {noun._meta.label_lower: noun for noun in nouns_to_change(request.user)}
    free = Draft.objects.filter(model__in=nouns).exclude(change_set=change_set).order_by("-changed_at")
    if not words:
        drafts = list(free.filter(change_set=None)[:MOST_SHOWN])
        pages = pages_named(drafts)
        return [to_put(pages[at], draft) for draft in drafts if (at := (draft.model, draft.page_pk)) in pages]
    found = []
    for label, noun in nouns.items():
        of_noun = admin.site.get_model_admin(noun)
        rows, _ = of_noun.get_search_results(request, noun._default_manager.all(), words)
        drafted = free.filter(model=label)
        unseen = Q(status=GuideModel.Status.DRAFT) & ~Q(pk__in=change_set.drafts.filter(model=label).values("page_pk"))
        rows = rows.filter(Q(pk__in=drafted.values("page_pk")) | unseen).order_by("pk").distinct()
        pages = list(rows[:MOST_FOUND])
        drafts = {one.page_pk: one for one in drafted.filter(page_pk__in=[page.pk for page in pages])}
        found += [to_put(page, drafts.get(page.pk)) for page in pages]
    return found


def to_put(page, draft):
    state = draft.get_state_display() if draft else page.get_status_display()
    where = f"in the change set “{draft.change_set}”" if draft and draft.change_set_id else ""
    return InSet(**called(page), state=state, line=where)


def nouns_to_change(user):
    nouns = [model for model in admin.site._registry if issubclass(model, GuideModel)]
    return [model for model in nouns if user.has_perm(f"careers.change_{model._meta.model_name}")]


def page_called(user, value):
    """The page that a form names, where this person may change it; else none."""
    label, _, key = value.partition(":")
    try:
        noun = page_model(label)
    except (LookupError, ValueError):
        return None
    return noun._default_manager.filter(pk=key).first() if is_key(key) and noun in nouns_to_change(user) else None
