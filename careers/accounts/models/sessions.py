"""Sessions that know whose they are, so that deleting an account deletes them too.

Django keeps the user inside the session's packed data, where no query finds it.

A session of somebody who may enter the HR desk ends once it was not used for `STAFF_SESSION_HOURS`. That is asked when
it is loaded, so it holds from the moment on that somebody becomes staff, and where they asked to stay signed in. When
it was used last follows from when it runs out, so it costs no column, and a write only every few minutes.
"""

import re
from datetime import timedelta
from secrets import token_hex

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY  # private: a sign-in that is not complete
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import timezone

from careers.accounts.models.users import User
from careers.runtime.lock_timeout import short_lock_timeout
from careers.runtime.outages import is_busy

KEY = re.compile(r"[a-z0-9]{8,40}")
USE_IS_NOTED = timedelta(minutes=10)  # at most as often
GUEST = "guest_profile"  # in a session: the key of the guest's profile


class Session(AbstractBaseSession):
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(DatabaseSessionStore):
    """`SESSION_ENGINE = "careers.accounts.models.sessions"`."""

    stored = None  # what its row says, where this request has written it

    @classmethod
    def get_model_class(cls):
        return Session

    def _validate_session_key(self, key):
        """True if it looks like a key. PostgreSQL refuses to look for some characters."""
        return bool(key and KEY.fullmatch(key))

    def _get_session_from_db(self):
        """As Django's, in one query, too; None also where it is of staff and was not used for long."""
        now, rows = timezone.now(), Session.objects.annotate(is_of_staff=models.F("user__is_staff"))
        stored = rows.filter(session_key=self.session_key, expire_date__gt=now).first()
        if stored and stored.is_of_staff:
            unused = now - (stored.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE))
            if unused >= timedelta(hours=settings.STAFF_SESSION_HOURS):
                stored = None
            elif unused > USE_IS_NOTED:
                note_use(stored, now)
        if stored is None:
            self._session_key = None
        return stored

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.user_id = user_in(data)
        return session

    def _get_new_session_key(self):
        """Nobody has the same 160 bits. Django would ask; the row's insert says so as well."""
        return token_hex(20)

    def save_with_write(self):
        """In the transaction that is open. Once that has come to its end, the request's own end writes nothing more,
        unless the session says something else by then.
        """
        if self.session_key is None:
            self._session_key = self._get_new_session_key()
            self.create_model_instance(self._get_session(no_load=True)).save(force_insert=True)
        else:
            self.save()
        stored = self.as_text()
        transaction.on_commit(lambda: setattr(self, "stored", stored))

    def take_back(self, name, session_key):
        """The write that saved it has failed: it says nothing of `name`, and has the row of `session_key`, if any."""
        self.pop(name, None)
        self._session_key = session_key

    def as_text(self):
        return f"{self.session_key} {self.serializer().dumps(self._get_session())!r}"

    def save(self, must_create=False):
        """Raises `UpdateError` if the account was deleted meanwhile: Django would try key after key, for ever."""
        if self.stored is not None and not must_create and self.stored == self.as_text():
            return
        try:
            super().save(must_create)
        except (IntegrityError, CreateError) as error:
            user_id = user_in(self._get_session(no_load=True))
            if user_id and not User.objects.filter(pk=user_id).exists():
                raise UpdateError from error
            raise


def note_use(session, now):
    """Of staff: theirs lasts on. No page waits for it long."""
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    try:
        with short_lock_timeout():
            Session.objects.filter(pk=session.pk).update(expire_date=now + lasts)
    except OperationalError as error:
        if not is_busy(error):
            raise


def user_in(data):
    """The key of who is signed in, or about to be: a second step or the confirming of the address may still wait."""
    if SESSION_KEY in data:
        return int(data[SESSION_KEY])
    half_way = data.get(LOGIN_SESSION_KEY) or {}
    if half_way.get("user_pk"):
        return url_str_to_user_pk(half_way["user_pk"])
    # Who signs up with an address that has an account is told so by mail only; the session knows no more than it.
    email = half_way.get("email")
    return User.objects.with_email(email).values_list("pk", flat=True).first() if email else None
