"""What Whitenoise says of a static file beside its own."""

import os


def weak_etag(headers, path, url):
    """One tag for a file and its compressed forms. They differ byte by byte, so a strong one would be wrong."""
    facts = os.stat(path)
    headers["ETag"] = f'W/"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
