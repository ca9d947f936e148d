"""What readers voted on pages, for those who write them."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from careers.guide.models.publishing import GuideModel
from careers.lib.days import day_in_words
from careers.site.models import PageVote
from careers.site.selectors import public_match, things_at
from careers.web.renamed import paths_of_today

MOST_COMMENTS = 5  # of one page, the newest
IS_TELLING = Q(no__gt=0) | Q(comments__gt=0)  # a page of which everybody only says yes needs nothing


@dataclass(frozen=True)
class VotedPage:
    """A page with its votes. `newest` is the key of the last one that is counted; `edit_url` is empty for a list."""

    path: str
    name: str
    edit_url: str
    yes: int
    no: int
    newest: int
    line: str
    comments: list[PageVote] = field(default_factory=list)


def voted_paths(*, is_done=False):
    """Pages that somebody found not useful or wrote about, the worst first, as rows with their counts."""
    return (
        PageVote.objects.filter(is_done=is_done)
        .order_by()
        .values("path")
        .annotate(
            yes=Count("pk", filter=Q(is_useful=True)),
            no=Count("pk", filter=Q(is_useful=False)),
            comments=Count("pk", filter=~Q(comment="")),
            newest=Max("pk"),
            last=Max("day"),
        )
        .filter(IS_TELLING)
        .order_by("-no", "-last", "path")
    )


def voted_pages(rows, *, is_done=False):
    """[VotedPage] of some `voted_paths`. As many queries for fifty as for one."""
    rows = list(rows)
    paths = [row["path"] for row in rows]
    comments, names = newest_comments(paths, is_done=is_done), names_of(paths)
    return [
        VotedPage(
            path=row["path"],
            name=names.get(row["path"], (row["path"], ""))[0],
            edit_url=names.get(row["path"], ("", ""))[1],
            yes=row["yes"],
            no=row["no"],
            newest=row["newest"],
            line=f"{row['no']} no · {row['yes']} yes · last on {day_in_words(row['last'])}",
            comments=comments.get(row["path"], []),
        )
        for row in rows
    ]


def least_useful(most=5):
    """For the desk's first page: the worst `most` pages that nobody has dealt with, and how many there are in all."""
    rows = voted_paths()
    return voted_pages(rows[:most]), rows.count()


def newest_comments(paths, *, is_done):
    found: dict[str, list[PageVote]] = {}
    rows = (
        PageVote.objects.filter(is_done=is_done, path__in=paths)
        .exclude(comment="")
        .annotate(place=Window(RowNumber(), partition_by="path", order_by=F("pk").desc()))
        .filter(place__lte=MOST_COMMENTS)
        .order_by("-pk")
    )
    for vote in rows:
        found.setdefault(vote.path, []).append(vote)
    return found


def names_of(paths):
    """{path: (what the page is called, where it is edited)} of pages about one thing that is still there."""
    renamed = paths_of_today(paths)
    today = {path: renamed.get(path, path) for path in paths}
    matches = {path: match for path, now in today.items() if (match := public_match(now)) and match.kwargs}
    return {path: (str(thing), edit_url(thing)) for path, thing in things_at(matches).items()}


def edit_url(thing):
    if not isinstance(thing, GuideModel):
        return ""
    return reverse(f"admin:careers_{thing._meta.model_name}_change", args=[thing.pk])
