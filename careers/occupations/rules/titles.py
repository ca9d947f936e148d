"""Finding a title among very many when its words are run together or spelled so that no word can be told."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile

from careers.search.rules.texts import joined


def parted(text: str, names: Sequence[str], titles: Mapping[str, str]) -> str:
    """`text` as the words that stand in a title at its beginning; itself where no title begins so.

    `titles` are normalised, by how each reads as one word; `names` are those words, sorted.

    >>> parted("dataentry", ["dataentryclerk"], {"dataentryclerk": "data entry clerk"})
    'data entry'
    """
    wanted = joined(text)
    for name in takewhile(lambda name: name.startswith(wanted), islice(names, bisect_left(names, wanted), None)):
        words = titles[name].split()
        for count in range(1, len(words) + 1):
            if "".join(words[:count]) == wanted:
                return " ".join(words[:count])
    return text
