"""Objects of the guide that pages show of a network which knows only their keys."""

MOST_KEPT = 500  # of a few kilobytes each


class ReadObjects:
    """By key, read where they are first asked for: `read` takes many at once, and `[key]` one that was not read yet.

    Many threads ask at once. What another one makes room for meanwhile is read again.
    """

    def __init__(self, find):
        """`find(keys)` gives {key: object} of those that there are."""
        self.find, self.known = find, {}

    def read(self, keys):
        missing = [key for key in keys if key not in self.known]
        if missing:
            self.add(self.find(missing))

    def add(self, found):
        room = MOST_KEPT - len(self.known)
        self.known = {**(self.known if room >= len(found) else {}), **found}

    def take(self, other, *, but):
        """Take over the objects that another one has read, without the keys `but`."""
        self.known = {key: one for key, one in other.known.items() if key not in but}

    def get(self, key):
        """None where there is none."""
        found = self.known.get(key)
        if found is None:
            self.read([key])
            found = self.known.get(key)
        return found

    def __getitem__(self, key):
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found
