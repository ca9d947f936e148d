"""Links by which somebody without an account sees a draft, for some days."""

from datetime import timedelta
from secrets import token_urlsafe

from django.utils import timezone

from careers.accounts.models.invitations import hash_of
from careers.desk.services.drafts import label_of, note_action
from careers.guide.models.desk.drafts import DeskAction, PreviewLink
from careers.guide.selectors.snapshots import page_model

LASTS = timedelta(days=7)
MOST_OPEN = 20  # links of one page


def links_of(page):
    """The open links of a page, the latest first."""
    about = {"model": label_of(page), "page_pk": page.pk}
    return PreviewLink.objects.filter(**about, revoked_at=None, until__gt=timezone.now())


def make_link(*, page, by):
    """Return the token, which is kept nowhere. Beyond `MOST_OPEN` the oldest link is closed."""
    token, now = token_urlsafe(32), timezone.now()
    older = list(links_of(page).values_list("pk", flat=True)[MOST_OPEN - 1 :])
    PreviewLink.objects.filter(pk__in=older).update(revoked_at=now)
    PreviewLink.objects.create(digest=hash_of(token), model=label_of(page), page_pk=page.pk, until=now + LASTS)
    note_action(DeskAction.What.SHARED, page, by=by)
    return token


def close_links(*, page, by):
    if links_of(page).update(revoked_at=timezone.now()):
        note_action(DeskAction.What.UNSHARED, page, by=by)


def page_of_link(token):
    """The page whose draft the token shows now; None where it shows none any more."""
    now = timezone.now()
    link = PreviewLink.objects.filter(digest=hash_of(token), revoked_at=None, until__gt=now).first()
    if link is None:
        return None
    page = page_model(link.model)._base_manager.filter(pk=link.page_pk).first()
    if page is not None and (link.opened_at is None or now - link.opened_at > timedelta(hours=1)):
        PreviewLink.objects.filter(pk=link.pk).update(opened_at=now)
    return page
