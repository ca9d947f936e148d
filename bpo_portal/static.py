"""How Whitenoise serves a static file beside its own ways."""

import os

from django.http import HttpResponseNotFound
from whitenoise.middleware import WhiteNoiseMiddleware


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
