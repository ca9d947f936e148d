"""What readers looked for in vain, brought together."""

from typing import Any

from django.db.models import F, Max, Sum

from careers.search.models.misses import SearchMiss
from careers.search.rules.misses import Asked, MissGroup, grouped

MOST_READ = 1000  # different searches, the most asked


def open_misses() -> list[MissGroup]:
    """Those that nobody has dealt with since they were last asked, the most asked first."""
    return groups_of(SearchMiss.objects.filter(answered__lt=F("count")), F("count") - F("answered"))


def answered_misses() -> list[MissGroup]:
    return groups_of(SearchMiss.objects.filter(answered__gt=0), F("answered"))


def groups_of(rows: Any, times: Any) -> list[MissGroup]:
    """One query, and at most MOST_READ rows whatever a flood of nonsense left."""
    asked = rows.order_by().values("words", "filters").annotate(times=Sum(times), last=Max("day"))
    return grouped(Asked(**row) for row in asked.order_by("-times", "-last", "words", "filters")[:MOST_READ])


def most_missed(most: int = 5) -> tuple[list[MissGroup], int]:
    """For the desk's first page: the most asked, and how many there are in all."""
    groups = open_misses()
    return groups[:most], len(groups)
