"""What readers say of the pages that everybody sees. Votes, never people."""

from datetime import timedelta

from django.db import models

from careers.fields.models.texts import LineField

KEPT_DAYS = 400
LONGEST_COMMENT = 500


class PageVoteQuerySet(models.QuerySet):
    def add(self, *, path, is_useful, comment, day, most_rows=2000):
        """Keep one vote; False where `most_rows` came on this day, so that a flood fills no disk.

        What is older than KEPT_DAYS goes with the first vote of a day.
        """
        today = self.filter(day=day).count()
        if today >= most_rows:
            return False
        if today == 0:
            self.filter(day__lt=day - timedelta(days=KEPT_DAYS)).delete()
        self.create(path=path, is_useful=is_useful, comment=comment, day=day)
        return True

    def open(self):
        """Those that nobody at the desk has dealt with."""
        return self.filter(is_done=False)


class PageVote(models.Model):
    """A reader's answer to “Was this page useful?”. Neither who it was nor from where."""

    path = LineField("page", max_length=300)
    is_useful = models.BooleanField("useful")
    comment = LineField(max_length=LONGEST_COMMENT, blank=True)
    day = models.DateField(db_index=True)
    is_done = models.BooleanField("done", default=False)

    objects = PageVoteQuerySet.as_manager()

    class Meta:
        verbose_name = "vote on a page"
        verbose_name_plural = "votes on pages"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["is_done", "path"], name="pagevote_open_by_page")]

    def __str__(self):
        return f"{self.path}: {'useful' if self.is_useful else 'not useful'}"
