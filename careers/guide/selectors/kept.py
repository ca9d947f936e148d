"""What this process keeps of the database because building it takes longer than a reader wants to wait."""

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Thread
from time import monotonic

from django.db import DatabaseError, connection

from careers.guide.models.revisions import Change, Revision
from careers.guide.models.roles import Role
from careers.lib.asking import AskAgain
from careers.runtime.due import whoever_comes_by
from careers.runtime.lock_timeout import brief_lock_timeout
from careers.runtime.outages import is_outage

LONGEST = 3600  # seconds without the database in which its last known revision is gone by
AGAIN = 1  # seconds until it is asked again
SOON = 0.1  # seconds that a page waits for it while something is known
MOST_PAGES = 200  # of some 80 kilobytes each, with what is drawn of them
MOST_ROLES = 400  # of some 20 kilobytes each, with what is drawn of them
LONGEST_TURN = 5  # seconds that a reader waits for what another one builds; who builds it too makes both slower
everything_kept = []
keeps_nothing = ContextVar("keeps_nothing", default=False)


@contextmanager
def keeping_nothing():
    """For work on rows that nobody else sees (`careers.guide.services.overlay`): what is built of them is not kept."""
    token = keeps_nothing.set(True)
    try:
        yield
    finally:
        keeps_nothing.reset(token)


class KnownRevision:
    """`known_revision()`: the guide's, or while the database is away or busy the one before, for an hour at most.

    So a page that is kept is served meanwhile. Costs one query; in an outage one a second, whoever asks, and nobody
    waits for that one, nor for one that hangs. Raises the database's error where nothing is known.

    Where something is due (`careers.runtime.due`) it is done before; not by who `only_looks`, who gets None then.
    """

    number: int | None
    known_at: float | None
    asked_at: float | None

    def __init__(self):
        self.forget()
        everything_kept.append(self)

    def __call__(self, *, only_looks=False):
        if keeps_nothing.get():
            return Revision.current()
        if not self.is_known():
            return self.ask(only_looks=only_looks)
        if self.is_hanging() or not self.again.lets():
            return self.number
        if self.again.has_failed:
            self.ask_beside()
            return self.number
        try:
            return self.ask(only_looks=only_looks)
        except DatabaseError as error:
            if not is_outage(error):
                raise
            return self.number

    def ask(self, *, only_looks=False):
        number, is_due = self.glance()
        if is_due and whoever_comes_by.is_wanted and not connection.in_atomic_block:
            if only_looks:
                return None
            if whoever_comes_by():
                number, _ = self.glance()
        return number

    def glance(self):
        """(number, whether something is due), asked of the database and known from then on."""
        self.asked_at = self.asked_at or monotonic()
        try:
            with brief_lock_timeout():
                number, is_due = Revision.at_a_glance()
        except DatabaseError as error:
            if is_outage(error):
                self.again.failed()
            raise
        finally:
            self.asked_at = None
        self.number, self.known_at = number, monotonic()
        self.again.answered()
        return number, is_due

    def ask_beside(self):
        asking = Thread(target=self.ask_alone, daemon=True)
        asking.start()
        asking.join(SOON)

    def ask_alone(self):
        connection.is_for_page = True  # type: ignore[attr-defined]  # of `careers.runtime.outages`
        with suppress(DatabaseError):
            self.glance()
        connection.close()

    def is_hanging(self):
        """Whether somebody has asked for longer than a page should wait."""
        asked_at = self.asked_at
        return asked_at is not None and monotonic() - asked_at > SOON

    def is_known(self):
        return self.known_at is not None and monotonic() - self.known_at < LONGEST

    def forget(self):
        self.number = self.known_at = self.asked_at = None
        self.again = AskAgain(AGAIN)


known_revision = KnownRevision()


class KeptByRevision:
    """`KeptByRevision(build)()` is what `build()` gives, built anew by the first who asks after the guide has changed.

    Whoever wants the same meanwhile waits for that one, some seconds at most, and then builds it alone. Nobody waits
    for what is there. Costs one query. What is built must not be changed by who gets it. What is built from something
    else than the guide says what that is now, by `current`.
    """

    def __init__(self, build, *, current=Revision.current):
        self.build, self.current, self.lock = build, current, Lock()
        self.forget()
        everything_kept.append(self)

    def __call__(self):
        if keeps_nothing.get():
            return self.make(*self.kept)
        # The number is read first: a change that comes in between is made again, never missed.
        now = self.current()
        revision, value = self.kept
        return value if revision == now else self.made(now)

    def made(self, now):
        is_mine = self.lock.acquire(timeout=LONGEST_TURN)
        try:
            revision, value = former = self.kept
            if revision != now:
                value = self.make(*former)
                self.kept = now, value
            return value
        finally:
            if is_mine:
                self.lock.release()

    def make(self, revision, value):
        """Return what is to be kept. `value` is what was, of `revision`; that is None where there was nothing."""
        return self.build()

    def forget(self):
        self.kept = None, None


class KeptOf(KeptByRevision):
    """`KeptOf(build, "occupation")()` is built anew only after something of these nouns has changed. Costs one query,
    two after a change of anything.
    """

    def __init__(self, build, *nouns):
        super().__init__(build)
        self.nouns = set(nouns)

    def make(self, revision, value):
        changed = None if revision is None else Change.since(revision)
        return self.build() if changed is None or self.nouns & changed.keys() else value


class KeptInStep(KeptByRevision):
    """`KeptInStep(build, update)()` is what `build()` gives, brought up to date by what has changed since.

    `update(value, changed)` gives another one: `changed` is {model name: keys}, as `Change.since` says. Costs one
    query, two after a change. What is kept must not be changed by who gets it, nor by `update`.
    """

    def __init__(self, build, update):
        super().__init__(build)
        self.update = update

    def make(self, revision, value):
        changed = None if revision is None else Change.since(revision)
        return self.build() if changed is None else self.update(value, changed)


def roles_touched(changed, *sides):
    """Keys of the roles that changed themselves, or by what one of their `sides` ("skills") leads to."""
    keys = set(changed.get("role", ()))
    for side in sides:
        # A relation has a model; the stubs say that a field may have none.
        noun = Role._meta.get_field(side).related_model._meta.model_name  # type: ignore[union-attr]
        if noun in changed:
            keys |= set(Role.objects.filter(**{f"{side}__in": changed[noun]}).values_list("pk", flat=True))
    return keys


kept_pages = KeptByRevision(dict)
kept_cards = KeptByRevision(dict)
kept_details = KeptByRevision(dict)


def published_page(noun, slug):
    """The object of a published page, `for_page`, which must not be changed; None where there is none.

    One query where somebody has asked for it at this revision of the guide.
    """
    pages = kept_pages()
    if page := pages.get((noun, slug)):
        return page
    page = noun.objects.published().for_page().filter(slug=slug).first()
    if page and len(pages) < MOST_PAGES:
        pages[noun, slug] = keeping_what_is_drawn(page)
    return page


def role_cards(keys):
    """The roles of `keys` as cards show them, in that order, which must not be changed; one that went is left out.

    One query where somebody has asked for them at this revision of the guide.
    """
    found = kept_or_read(kept_cards(), keys, Role.objects.published().for_cards())
    return [found[key] for key in keys if key in found]


def roles_in_detail(keys):
    """{key: role} of `keys`, `for_detail`, published or not, which must not be changed.

    One query where somebody has asked for them at this revision of the guide.
    """
    return kept_or_read(kept_details(), keys, Role.objects.for_detail())


def facts_of(role):
    """`role.facts`, put together once for one of `roles_in_detail`."""
    drawn = getattr(role, "drawn", None)
    if drawn is None:
        return role.facts
    if "facts" not in drawn:
        drawn["facts"] = role.facts
    return drawn["facts"]


def kept_or_read(kept, keys, rows):
    """{key: row}, with what is read kept for the next who asks."""
    found = {key: kept[key] for key in keys if key in kept}
    if missing := [key for key in keys if key not in found]:
        read = rows.in_bulk(missing)
        found |= read
        if len(kept) + len(read) <= MOST_ROLES:
            kept |= {key: keeping_what_is_drawn(row) for key, row in read.items()}
    return found


def keeping_what_is_drawn(one):
    """The same object, as one that this process keeps: templates keep what they draw of it (`{% drawn_once %}`)."""
    one.drawn = {}
    return one
