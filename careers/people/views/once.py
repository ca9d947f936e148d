"""A form that is sent twice is done once, and the second answer is the first one's.

Two taps, a page that is sent again, the back button: the browser sends the same form with the same nonce. Its nonce is
the token against foreign forms, which Django writes anew into every page (a random mask over the browser's secret, 64
letters): no form can lack it, and only the same browser can send it. What was typed belongs to the key as well, so a
form that was corrected, or changed after going back, is a new one.

The answer is written in the transaction of the write (`careers.people.views.writing`), which ends when the view has
answered. So whoever comes second finds a whole answer or none: then the first one wrote nothing, and it is their turn.
Only a redirect is remembered. A form that was refused is judged again, and a page that shows the outcome is made again.

How long an answer stands, `careers.people.services.submissions` says: as long as what was made is there, else for a
moment.
"""

import hashlib
import re
from contextlib import ExitStack
from functools import wraps

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.core.signing import get_cookie_signer
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property

from careers.accounts.models.sessions import GUEST
from careers.people.models.submissions import Submission, name_of
from careers.people.services.submissions import claim, first_answer, forget, forget_claim, note_answer, sent_before

NONCE = "csrfmiddlewaretoken"
MASKED = re.compile(r"[A-Za-z0-9]{64}")  # the bare secret, 32 letters, is the same on every page
REDIRECTS = (302, 303)
NOBODY = ""


class SentBefore(Exception):
    """The very form was sent before. Nothing was written; `submission` has what was answered then."""

    def __init__(self, submission):
        self.submission = submission


class OwnCookie(CookieStorage):
    """Signed for the person to whom it speaks; for anybody else it is as if it were not there."""

    def _decode(self, data):
        for person in dict.fromkeys((person_of(self.request), NOBODY)):
            self.used, self.signer = False, self.signer_for(person)
            if (messages := super()._decode(data)) is not None:
                return messages
        return None

    def _store(self, messages, response, *args, **kwargs):
        if messages:
            self.signer = self.signer_for(person_of(self.request))
        return super()._store(messages, response, *args, **kwargs)

    def signer_for(self, person):
        return get_cookie_signer(salt=f"{self.key_salt} {person}")


class Messages(FallbackStorage):
    """`MESSAGE_STORAGE`: knows what was said in this request, and says nothing again that waits to be shown.

    What was said to a person waits for that person only: after they signed out it greets nobody. What was said to
    nobody waits for whoever is next on this browser, as who signs in is.
    """

    storage_classes = (OwnCookie, SessionStorage)

    def _get(self, *args, **kwargs):
        messages, is_whole = super()._get(*args, **kwargs)
        if OwnCookie.cookie_name in self.request.COOKIES:
            self.read_by = person_of(self.request)
            if not messages:  # nobody will ever read it
                self.used = True
                self._used_storages.add(self.storages[0])
        return messages, is_whole

    def update(self, response):
        read_by = getattr(self, "read_by", NOBODY)
        if read_by != NOBODY and read_by != person_of(self.request):
            self._loaded_data, self.used = [], True
        return super().update(response)

    def said(self):
        return list(self._queued_messages)

    def say_instead(self, before, said):
        """`said` after those `before`, in place of what was said since."""
        waiting = {str(message) for message in self._loaded_messages}
        self._queued_messages = before
        for message in said:
            if str(message) not in waiting:
                self.add(message.level, message.message, message.extra_tags or "")


def person_of(request):
    """Return a name for the account or the guest; NOBODY if there is neither."""
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"guest {request.session[GUEST]}" if GUEST in request.session else NOBODY


def once(view, *, is_shared=False):
    """`is_shared`: its form may stand on a page that is the same for everybody, without a nonce."""
    if getattr(view, "is_once", False):
        return view

    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with ExitStack() as open_writes:
            request.sending = Sending(request, open_writes, is_shared=is_shared)
            return request.sending.answer(lambda: view(request, *args, **kwargs))

    page.is_once = True
    return page


def made(request, row):
    """The answer to this form stands as long as `row` is as it was made, whatever else the person writes meanwhile."""
    if hasattr(request, "sending"):
        request.sending.made = name_of(row)


def stop_if_answered(request):
    """Raises `SentBefore`; for a view that has waited, before it does something that takes long."""
    if hasattr(request, "sending"):
        request.sending.refuse_second(request.profile)


def until_answered(request, context):
    """Enters `context` and leaves it when the answer is written: whoever waits for it then finds that answer."""
    request.sending.open_writes.enter_context(context)


class Sending:
    """One POST, from its view's first line to its answer."""

    def __init__(self, request, open_writes, *, is_shared):
        self.request, self.open_writes, self.is_shared = request, open_writes, is_shared
        self.said_before = get_messages(request).said()
        nonce = request.POST.get(NONCE, "")
        self.nonce = nonce if MASKED.fullmatch(nonce) else ""
        self.digest = digest_of(request) if self.nonce or is_shared else ""
        self.has_written, self.submission, self.made = False, None, ""

    @cached_property
    def known(self):
        """Their profile as it is before anything is written; None for whom nothing is kept."""
        return self.request.profile or None

    def answer(self, view):
        before_a_guest_is_begun = self.nonce and self.known is None
        if before_a_guest_is_begun and (submission := self.first_answer(None)):
            return self.answer_again(submission)
        try:
            response = view()
        except SentBefore as before:
            return self.answer_again(before.submission)
        except Http404:  # what it names may be gone because the first one has just removed it
            submission = None if self.has_written else self.first_answer(self.known)
            if submission is None:
                raise
            return self.answer_again(submission)
        if self.has_written:
            self.remember(response)
            return response
        submission = self.first_answer(self.known)  # written while this one looked, so there was nothing left to do
        return self.answer_again(submission) if submission else response

    def first_answer(self, profile):
        key = self.key_for(profile)
        return key and first_answer(key=key, profile=self.known, now=timezone.now())

    def key_for(self, profile):
        """None where nothing tells one such form from the other: no nonce, or nobody who could have sent both."""
        if self.nonce:
            return hashed(self.nonce, str(self.request.user.pk), self.digest)
        return hashed("profile", str(profile.pk), self.digest) if self.is_shared and profile else None

    def begin(self, profile):
        """In the transaction of the write, with the profile locked. Raises `SentBefore`."""
        if self.has_written:  # the second write of one answer
            return
        self.__dict__.setdefault("known", None if profile.is_new else profile)  # where nobody had to ask yet
        key, now = self.key_for(profile), timezone.now()
        submission, gone = sent_before(key=key, profile=profile, now=now)
        if submission:
            raise SentBefore(submission)
        # The key of a shared form is this person's alone. So it can have the row of one that goes: one query, not two.
        row = gone.pop() if gone and self.is_shared and not self.nonce else None
        forget(profile, gone)
        if self.nonce and self.known is None:
            # Two first forms at once begin two guests. The second waits here, and finds the first one's answer.
            self.refuse_second(profile)
            self.submission = claim(key=key, profile=profile, now=now)
            if self.submission is None:
                self.refuse_second(profile)
        elif key:
            self.submission = Submission(pk=row, key=key, profile=profile, sent_at=now)
        self.has_written = True

    def end(self):
        """The transaction is over: at the very end, or because the view refuses what was asked."""
        self.has_written, self.submission = False, None

    def forget(self):
        """Nobody is left to be told again."""
        self.submission = None

    def refuse_second(self, profile):
        if submission := self.first_answer(profile):
            raise SentBefore(submission)

    def remember(self, response):
        """Still in that transaction."""
        if self.submission is None:
            return
        if response.status_code not in REDIRECTS:
            forget_claim(self.submission)
            return
        said = get_messages(self.request).said()[len(self.said_before) :]
        note_answer(self.submission, made=self.made, response=response, messages=said)

    def answer_again(self, submission):
        if self.known is None:
            self.come_back_as(submission.profile)
        get_messages(self.request).say_instead(self.said_before, submission.messages)
        response = HttpResponseRedirect(submission.location, status=submission.status)
        response["Cache-Control"] = "private, no-store"
        return response

    def come_back_as(self, guest):
        """The guest that the first of two forms began, in another session: this browser had none when it sent them."""
        self.request.session[GUEST] = guest.pk


def digest_of(request):
    """Of where the form goes and all that it says, its nonce apart."""
    said = [(name, values) for name, values in sorted(request.POST.lists()) if name != NONCE]
    files = [(name, file.name, digest_of_file(file)) for name, every in request.FILES.lists() for file in every]
    return hashed(request.get_full_path(), repr(said), repr(files))


def digest_of_file(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def hashed(*parts):
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()
