"""What pages that got another address are called by now, for whatever carries their old one."""

from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel


def slugs_today(asked):
    """{(noun, slug that a page had): its slug of today} of those `asked`, as (noun, slug) pairs.

    Nothing of one that some page has now, nor of a page that readers do not know. One query where all are of today.
    """
    labels = {noun._meta.label_lower: noun for noun, _ in asked}
    kept = OldSlug.objects.filter(model__in=labels, slug__in={slug for _, slug in asked})
    rows = [(labels[label], slug, key) for label, slug, key in kept.values_list("model", "slug", "page_pk")]
    rows = [(noun, slug, key) for noun, slug, key in rows if (noun, slug) in asked]
    found = {}
    for noun in {noun for noun, _, _ in rows}:
        olds = {slug: key for one, slug, key in rows if one is noun}
        taken = set(noun._base_manager.filter(slug__in=olds).values_list("slug", flat=True))
        pages = noun._base_manager.filter(pk__in=olds.values(), status__in=GuideModel.KNOWN)
        today = dict(pages.values_list("pk", "slug"))
        found |= {(noun, old): today[key] for old, key in olds.items() if key in today and old not in taken}
    return found


def slug_today(noun, slug):
    """None where it is no page's old slug."""
    return slugs_today({(noun, slug)}).get((noun, slug))
