"""What static files become when they are collected, and how Whitenoise serves them beside its own ways."""

import os
import re
from functools import cache
from pathlib import PurePosixPath
from posixpath import normpath

from django.core.files.base import ContentFile
from django.http import HttpResponseNotFound
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("([^":]+)"\);$', re.MULTILINE)


class WholeSheets(CompressedManifestStaticFilesStorage):
    """Collects style sheets whole: the text of what one imports stands in the place of the line that imports it.

    So the sheets of the sources are small and about one thing each, browsers show them as they are while one works on
    them, and a page of the portal asks for one or two. Rules stand in the same order either way.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.url = cache(super().url)  # of a few names, a hundred times a page, as long as the process lives

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run:
            sources = dict(paths)
            for name in sources:
                if name.endswith(".css"):
                    self.write_whole(name, sources)
                    paths[name] = (self, name)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def write_whole(self, name, sources):
        text = whole(name, sources)
        self.delete(name)
        self._save(name, ContentFile(text.encode()))


def whole(name, sources):
    """The text of the sheet `name` with all that it imports. `sources` is {name: (storage, path)}, as Django collects.

    Raises KeyError for a sheet that is not there. An address in an imported sheet would no longer be right: none may
    have any.
    """
    storage, path = sources[name]
    with storage.open(path) as file:
        text = file.read().decode()
    return IMPORT.sub(lambda line: inner(name, line[1], sources), text)


def inner(name, url, sources):
    imported = normpath(PurePosixPath(name).parent / url)
    text = whole(imported, sources)
    if "url(" in text:
        raise ValueError(f"{imported}, which {name} imports, names another file.")
    return text


class StaticFiles(WhiteNoiseMiddleware):
    """Whitenoise lists the files once, at the start. One that went away since is not found, which is no fault of ours.

    The next start collects it again.
    """

    def serve(self, static_file, request):
        try:
            return super().serve(static_file, request)
        except FileNotFoundError:
            return HttpResponseNotFound()


def weak_etag(headers, path, url):
    """One tag for a file and its compressed forms. They differ byte by byte, so a strong one would be wrong."""
    facts = os.stat(path)
    headers["ETag"] = f'W/"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
