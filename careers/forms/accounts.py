"""Signing in to the HR desk, and leaving a one-time password behind."""

import hashlib
from ipaddress import ip_network

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils.connection import ConnectionProxy
from django.utils.ipv6 import is_valid_ipv6_address

MOST_TRIES = 8
MOST_TRIES_FROM_ONE_ADDRESS = 40
WAIT = 15 * 60  # seconds
tries = ConnectionProxy(caches, "tries")  # of their own, so that no flood of pages pushes them out
TOO_MANY = "Too many wrong passwords. Wait a quarter of an hour, then try again."


class DeskSignInForm(AdminAuthenticationForm):
    """Counts wrong passwords for an e-mail from a network address, and for the address as a whole.

    Refuses before the password is hashed, which is what makes guessing, and a flood of guesses, expensive for us.
    """

    def clean(self):
        address = address_of(self.request)
        email = self.cleaned_data.get("username", "").casefold()
        limits = {tries_key(address, email): MOST_TRIES, tries_key(address): MOST_TRIES_FROM_ONE_ADDRESS}
        if any(tries.get(key, 0) >= most for key, most in limits.items()):
            raise ValidationError(TOO_MANY, code="too_many_tries")
        try:
            cleaned = super().clean()
        except ValidationError:
            for key in limits:
                count_try(key)
            raise
        if self.get_user() is not None:  # a blank password raises nothing, but is no success either
            tries.delete(tries_key(address, email))
        return cleaned


def address_of(request):
    """The visitor's network address: what the proxy in front added last, or whoever is at the other end."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    address = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    address, _, _ = address.partition("%")  # a zone names the interface, not the visitor
    # One visitor has a whole /64 of IPv6 addresses.
    return str(ip_network(f"{address}/64", strict=False)) if is_valid_ipv6_address(address) else address


def count_try(key):
    tries.add(key, 0, WAIT)
    try:
        tries.incr(key)
    except ValueError:  # it ran out between the two
        tries.set(key, 1, WAIT)


def tries_key(*parts):
    return "tries:" + hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


class OwnPasswordForm(AdminPasswordChangeForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_password1") and cleaned["new_password1"] == cleaned.get("old_password"):
            self.add_error("new_password1", "That is the old one. Choose another.")
        return cleaned
