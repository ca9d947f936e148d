import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from careers.occupations.onet.selectors.files import LAYOUTS, OnetError
from careers.occupations.onet.services.importing import import_onet
from careers.runtime.lock_timeout import DatabaseBusy

WIDTH = 30


class Command(BaseCommand):
    help = (
        "Import the text files of an O*NET release (https://www.onetcenter.org/database.html) as a collection of "
        "occupations. Safe to run again at any time. Readers see it once HR publishes the collection."
    )

    def add_arguments(self, parser):
        names = ", ".join(LAYOUTS)
        parser.add_argument("directory", type=Path, help="the folder with the release's text files")
        parser.add_argument(
            "--skip-bad",
            action="store_true",
            help="leave bad lines out instead of stopping; nothing of a file with such lines is removed",
        )
        parser.add_argument(
            "--allow-removals",
            action="store_true",
            help="import a file even if it lacks more than 20 %% of what an earlier import brought",
        )
        parser.add_argument("--release", default="", help="“30.1”; otherwise the folder's “Read Me.txt” says it")
        parser.add_argument(
            "--file", action="append", default=[], metavar="WHICH=NAME", help=f"another file name; which: {names}"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="WHICH.WORD=HEADING",
            help="another heading of a column, as in “titles.title=Job Title”; the words: "
            + "; ".join(f"{name}: {', '.join(layout.columns)}" for name, layout in LAYOUTS.items()),
        )

    def handle(self, *, directory, skip_bad, allow_removals, release, file, column, **options):
        try:
            layouts = chosen_layouts(file, column)
            reports = import_onet(
                folder=directory,
                today=timezone.localdate(),
                release=release,
                layouts=layouts,
                skip_bad=skip_bad,
                allow_removals=allow_removals,
                progress=ProgressBar(self.stderr),
            )
            for report in reports:
                self.tell(report)
        except (OnetError, DatabaseBusy) as error:
            raise CommandError(str(error)) from error

    def tell(self, report):
        for fault in report.skipped:
            self.stderr.write(f"Left out: {fault}")
        counts = report.counts
        left_out = f", {len(report.skipped):,} left out" if report.skipped else ""
        self.stdout.write(
            f"{report.file}: {counts.added:,} added, {counts.updated:,} updated, {counts.removed:,} removed, "
            f"{counts.unchanged:,} unchanged{left_out}."
        )
        if counts.kept:
            self.stdout.write(
                f"  {counts.kept:,} more stay as they were: this file does not have them, or a line left out does."
            )


class ProgressBar:
    """How much of a file has been read, on a terminal only: a log wants no bars."""

    def __init__(self, stream):
        self.stream, self.shown = stream, ""

    def __call__(self, name, done, total):
        if not sys.stderr.isatty():
            return
        part = done / total
        bar = f"{name:<12} [{'#' * int(part * WIDTH):<{WIDTH}}] {int(part * 100):>3} %"
        if bar != self.shown:
            self.shown = bar
            self.stream.write(f"\r{bar}", style_func=str, ending="\n" if done >= total else "")
            self.stream.flush()


def chosen_layouts(files, columns):
    """The layouts with what the command line renames."""
    layouts = dict(LAYOUTS)
    for option in files:
        which, _, name = option.partition("=")
        if which not in layouts or not name:
            raise OnetError(f"--file {option}: write it as WHICH=NAME, where which is {', '.join(layouts)}.")
        layouts[which] = layouts[which].renamed(file=name)
    for option in columns:
        place, _, heading = option.partition("=")
        which, _, word = place.partition(".")
        if which not in layouts or word not in layouts[which].columns or not heading:
            raise OnetError(f"--column {option}: write it as titles.title=Job Title. See --help for the words.")
        layouts[which] = layouts[which].renamed(**{word: heading})
    return layouts
