"""The parts of the file about a person that are about their account and the devices that know them."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry

from careers.accounts.models.users import User
from careers.guide.models.desk.drafts import DeskAction, Remark
from careers.people.services.deleting import desk_log_of
from careers.personal_data.selectors.parts import (
    COUNT,
    MOMENT,
    TEXT,
    YES_NO,
    Column,
    Part,
    Property,
    list_of,
    maybe,
    one_of,
    part,
    several,
)

CONFIRMATION = part(
    EmailConfirmation,
    "One mail.",
    {"made_at": Column("created", "When it was made."), "sent_at": Column("sent", "When it was sent.")},
)
ADDRESS = part(
    EmailAddress,
    "One address.",
    {
        "email": "The address.",
        "is_confirmed": Column("verified", "Whether it was confirmed."),
        "is_login": Column("primary", "Whether you sign in with it."),
        "confirmation_mails": several(
            CONFIRMATION,
            "Mails that asked you to confirm it. Their keys are secrets and stay out.",
            lambda row: row.emailconfirmation_set.all(),
        ),
    },
)
SECOND_FACTOR = part(
    Authenticator,
    "One second step.",
    {
        "type": "totp: an app that shows codes. webauthn: a passkey or security key. recovery_codes: codes to keep.",
        "name": Property("Its name.", TEXT, str),
        "added_at": Column("created_at", "When you added it."),
        "last_used_at": "When it was last used.",
    },
)
YOU, SOMEBODY_ELSE = "you", "somebody else"
DESK_ENTRY = part(
    LogEntry,
    "One entry.",
    {
        "at": Column("action_time", "When."),
        "done_by": Property("Who did it.", one_of([YOU, SOMEBODY_ELSE]), lambda row: row.done_by),
        "action": Property(
            "What was done: Addition, Change or Deletion.", TEXT, lambda row: row.get_action_flag_display()
        ),
        "object": Column("object_repr", "With what."),
        "object_kind": Property(
            "Its kind.", TEXT, lambda row: str(row.content_type.name) if row.content_type_id else ""
        ),
        "object_key": Property("Its key in the database.", TEXT, lambda row: row.object_id or ""),
        "change": Property("What changed.", TEXT, lambda row: row.get_change_message()),
    },
)
DESK_ACTION = part(
    DeskAction,
    "One thing that you did with a page of the guide.",
    {
        "at": "When.",
        "what": Property("What was done.", TEXT, lambda row: row.get_what_display()),
        "page": Column("page_name", "With which page."),
        "page_kind": Column("model", "Its kind."),
        "page_key": Column("page_pk", "Its key in the database."),
        "version": Property(
            "The number of the version of the page that it was about.",
            maybe(COUNT),
            lambda row: row.version.number if row.version else None,
        ),
        "note": "What you wrote with it.",
    },
)
REMARK = part(
    Remark,
    "One remark.",
    {
        "at": "When.",
        "page_kind": Column("model", "The kind of page that it is about."),
        "page_key": Column("page_pk", "Its key in the database."),
        "place": "Which part of the page.",
        "place_name": "What that part is called.",
        "quote": "The words that it is about.",
        "text": "What you wrote.",
        "resolved_at": "When it was settled.",
    },
)


def emails_of(user):
    return EmailAddress.objects.filter(user=user).prefetch_related("emailconfirmation_set").order_by("pk")


def log_of(user):
    for row in desk_log_of([user]).order_by("action_time", "pk"):
        row.done_by = YOU if row.user_id == user.pk else SOMEBODY_ELSE
        yield row


ACCOUNT = part(
    User,
    "Your account.",
    {
        "email": "The address you sign in with.",
        "addresses": several(
            ADDRESS, "Addresses you gave: the one you sign in with and, until it is confirmed, a new one.", emails_of
        ),
        "joined_at": "When the account was made.",
        "last_sign_in_at": Column("last_login", "When you last signed in."),
        "is_active": "Whether it can be used.",
        "has_password": Property(
            "Whether there is a password. Only a hash of it is kept; it stays out.",
            YES_NO,
            lambda user: user.has_usable_password(),
        ),
        "password_is_one_time": "Whether the password has to be changed at the next use.",
        "may_enter_the_hr_desk": Column("is_staff", "Whether it belongs to somebody who edits the guide."),
        "may_do_everything": Column("is_superuser", "Whether it belongs to somebody who runs the portal."),
        "groups": Property(
            "Groups of editors it is in.",
            list_of(TEXT, "The name of a group."),
            lambda user: [group.name for group in user.groups.all()],
        ),
        "permissions": Property(
            "What it may do on the HR desk beyond its groups.",
            list_of(TEXT, "One permission."),
            lambda user: [str(row) for row in user.user_permissions.select_related("content_type")],
        ),
        "second_factors": several(
            SECOND_FACTOR,
            "Second steps at sign-in. Their secrets stay out.",
            lambda user: Authenticator.objects.filter(user=user).order_by("pk"),
        ),
        "desk_log": several(
            DESK_ENTRY, "What was done with this account on the HR desk, and what it did there.", log_of
        ),
        "desk_actions": several(
            DESK_ACTION,
            "What it did with pages of the guide. The words of a page are the guide's.",
            lambda user: DeskAction.objects.filter(by=user).select_related("version").order_by("at", "pk"),
        ),
        "remarks": several(
            REMARK,
            "What it said about pages of the guide to those who write them.",
            lambda user: Remark.objects.filter(by=user).order_by("at", "pk"),
        ),
    },
)
SESSIONS = Part(
    "Browsers on which you are signed in, half way through signing in or, as a guest, known. Their keys are secrets "
    "and stay out.",
    {
        "count": Property("How many.", COUNT, len),
        "end_at": Property(
            "When each of them ends unless you come back.",
            list_of(MOMENT, "The end of one session."),
            lambda sessions: [session.expire_date for session in sessions],
        ),
    },
)
