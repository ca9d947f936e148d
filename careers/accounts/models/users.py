from functools import cache

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone


@cache
def rights_of_publishing():
    """Of every noun that has a right of its own for it."""
    return [
        f"{model._meta.app_label}.publish_{model._meta.model_name}"
        for model in apps.get_models()
        if "publish" in model._meta.default_permissions
    ]


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        user = self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})
        confirm_email(user)
        return user

    def with_email(self, email):
        """E-mail addresses are one whatever their case, at sign-in as in the constraint. Its index is asked: one row is
        looked at however many accounts there are.
        """
        return self.alias(folded=Lower("email")).filter(folded=Lower(models.Value(email)))

    def get_by_natural_key(self, email):
        return self.with_email(email).get()


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The e-mail address is the login; there is no user name."""

    email = models.EmailField("e-mail", max_length=254, unique=True)
    is_staff = models.BooleanField("may enter the HR desk", default=False)
    is_active = models.BooleanField("active", default=True)
    password_is_one_time = models.BooleanField(
        default=False, help_text="Has to be changed before anything else can be done with it."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once_in_any_case",
                violation_error_message="There is an account with this e-mail address already.",
            )
        ]

    def __str__(self):
        return self.email

    def save(self, *args, **kwargs):
        """A form that comes too late brings no deleted account back, which Django's save would."""
        if not self._state.adding and not kwargs.get("force_insert"):
            kwargs["force_update"] = True
        super().save(*args, **kwargs)

    @property
    def may_invite(self):
        """Colleagues, to the desk: whoever may publish all of the guide, as a portal's first account may."""
        return self.has_perms(rights_of_publishing())

    def may_all_that(self, group):
        """Whether nobody gains by it who lets somebody into the group: they may do it all themselves."""
        return self.has_perms([f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()])

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.password_is_one_time = False


def trust_email(user):
    """An account without a row for its address was made by who runs the portal: there is nothing to confirm."""
    if not EmailAddress.objects.filter(user=user).exists():
        confirmed = {"primary": True, "verified": True}
        # Two sign-ins at once come here together.
        EmailAddress.objects.get_or_create(user=user, email=user.email.lower(), defaults=confirmed)


@transaction.atomic
def confirm_email(user):
    """Take the user's address as confirmed, without a mail: whoever runs the portal says so."""
    email = user.email.lower()
    EmailAddress.objects.filter(models.Q(user=user) | models.Q(email=email)).delete()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
