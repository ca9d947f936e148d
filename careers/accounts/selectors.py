"""How an account is protected."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes come with them


def has_second_factor(user):
    return is_mfa_enabled(user, STEPS)


def lacks_second_factor(user):
    """Whether the desk is shut for them until they have one. Asks the database of staff only, where it is asked for."""
    return settings.STAFF_SECOND_FACTOR and user.is_active and user.is_staff and not has_second_factor(user)
