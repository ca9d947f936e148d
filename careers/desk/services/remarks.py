"""What people of HR say about a page to each other. Nothing waits for it, and nothing takes it away."""

from django.utils import timezone

from careers.desk.services.drafts import label_of
from careers.guide.models.desk.drafts import Remark


def remarks_on(page):
    return Remark.objects.filter(model=label_of(page), page_pk=page.pk)


def add_remark(*, page, version, place, place_name, quote, text, by):
    """`version` is the one that whoever says it has before them."""
    return Remark.objects.create(
        model=label_of(page),
        page_pk=page.pk,
        version=version,
        place=place,
        place_name=place_name[:200],
        quote=quote,
        text=text,
        by=by,
    )


def resolve_remark(*, remark, by):
    """The first who resolved it is kept."""
    open_one = Remark.objects.filter(pk=remark.pk, resolved_at=None)
    return bool(open_one.update(resolved_at=timezone.now(), resolved_by=by))


def reopen_remark(*, remark):
    return bool(Remark.objects.filter(pk=remark.pk).update(resolved_at=None, resolved_by=None))
