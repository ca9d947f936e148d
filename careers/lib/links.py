"""Links that lead where they seem to lead, whatever a browser makes of their signs."""

import re
import unicodedata

# Browsers read a backslash as a slash: what Python takes for a name before the host of
# “https://other.example\@tcs.com/” is the host to which they go.
PLAIN = re.compile(
    r"https?://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE
)
UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
NOT_PLAIN = (
    "Write a link without a name before its host, with a host in plain letters, and without signs that nobody sees."
)


def host_of(url: str) -> str:
    r"""The host to which a link leads, in small letters; empty where it is no link, or does not lead as it reads.

    >>> host_of("https://www.TCS.com/careers?x=1"), host_of("http://localhost:8000")
    ('www.tcs.com', 'localhost')
    >>> host_of("https://other.example\\@tcs.com/"), host_of("https://tcs.com@other.example/"), host_of("ftp://tcs.com/")
    ('', '', '')
    """
    found = PLAIN.fullmatch(url)
    if found is None or any(unicodedata.category(sign) in UNSEEN for sign in url):
        return ""
    return found[1].lower()
