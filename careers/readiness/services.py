"""Ticking papers. The profile's row is locked by whoever calls; each may be said twice and is done once."""

from careers.fields.models.rows import insert_unless_there
from careers.lib.names import folded
from careers.people.services.refusing import refuse_over
from careers.readiness.models import ReadyPaper

MOST_PAPERS = 100  # the guide names a few; its words may change many times
TOO_MANY = "You have ticked {most} papers, which is as many as there can be. Take one tick back first."


def tick_paper(*, profile, paper, now):
    """Raises `Refused` where there are as many as there can be."""
    refuse_over(profile.ready_papers.exclude(paper=paper), MOST_PAPERS, TOO_MANY)
    insert_unless_there(ReadyPaper(profile=profile, paper=paper, ticked_at=now))


def untick_paper(*, profile, paper):
    profile.ready_papers.filter(paper__iexact=paper).delete()


def merge_papers(*, guest, profile):
    """A paper that either has ticked is ticked, since the earlier of both days."""
    own = {folded(row.paper): row for row in profile.ready_papers.all()}
    new = []
    for row in guest.ready_papers.all():
        present = own.get(folded(row.paper))
        if present is None:
            new.append(row.pk)
        elif row.ticked_at < present.ticked_at:
            profile.ready_papers.filter(pk=present.pk).update(ticked_at=row.ticked_at)
    guest.ready_papers.filter(pk__in=new).update(profile=profile)
