"""All that the portal keeps about one person, as plain data. `careers/profile.schema.json` documents it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Prefetch

from careers.guide.models.roles import Role
from careers.people.services.deleting import desk_log_of
from careers.personal_data.selectors.plans import certificate, plan_data
from careers.plans.undo.services import exported_removed
from careers.routes.models import GoalStep
from careers.saved.services import removed_in

STEPS = Prefetch("steps", GoalStep.objects.for_list())


def own_data(profile, *, sessions, now):
    """`sessions` are the rows of the devices on which this person is known."""
    groups = {group.pk: group.name for group in profile.saved_groups.all()}
    return {
        "$schema": "profile.schema.json",
        "exported_at": now,
        "account": account_data(profile.user) if profile.user else None,
        "sessions": {"count": len(sessions), "end_at": [session.expire_date for session in sessions]},
        "profile": answers(profile),
        "languages": [
            {"name": row.name, "level": row.level, "answered_at": row.answered_at} for row in profile.languages.all()
        ],
        "certificates": [certificate(row) for row in profile.certificates.with_names()],
        "evidence": [
            proof(row) for row in profile.evidence.select_related("skill", "certificate__certification").order_by("pk")
        ],
        "saved_groups": [{"name": row.name, "created_at": row.created_at} for row in profile.saved_groups.all()],
        "saved_roles": [saved_role(row) for row in profile.saved_roles.select_related("role", "group")],
        "removed_roles": [
            removed_role(slug, removed, groups) for slug, removed in removed_in(sessions, user=profile.user)
        ],
        "goals": [goal(row) for row in profile.goals.select_related("start", "role").prefetch_related(STEPS)],
        **plan_data(profile),
        **exported_removed(profile, sessions=sessions),
        "shares": [share(row) for row in profile.shares.all()],
        "sent_forms": [sent_form(row) for row in profile.submissions.all()],
    }


def account_data(user):
    addresses = EmailAddress.objects.filter(user=user).prefetch_related("emailconfirmation_set").order_by("pk")
    return {
        "email": user.email,
        "addresses": [address(row) for row in addresses],
        "joined_at": user.joined_at,
        "last_sign_in_at": user.last_login,
        "is_active": user.is_active,
        "has_password": user.has_usable_password(),
        "password_is_one_time": user.password_is_one_time,
        "may_enter_the_hr_desk": user.is_staff,
        "may_do_everything": user.is_superuser,
        "groups": [group.name for group in user.groups.all()],
        "permissions": [str(permission) for permission in user.user_permissions.select_related("content_type")],
        "second_factors": [second_factor(row) for row in Authenticator.objects.filter(user=user).order_by("pk")],
        "desk_log": [desk_entry(row, user) for row in desk_log_of([user]).order_by("action_time", "pk")],
    }


def address(row):
    return {
        "email": row.email,
        "is_confirmed": row.verified,
        "is_login": row.primary,
        "confirmation_mails": [
            {"made_at": mail.created, "sent_at": mail.sent} for mail in row.emailconfirmation_set.all()
        ],
    }


def second_factor(row):
    return {
        "type": row.type,
        "name": str(row),
        "added_at": row.created_at,
        "last_used_at": row.last_used_at,
    }


def desk_entry(row, user):
    return {
        "at": row.action_time,
        "done_by": "you" if row.user_id == user.pk else "somebody else",
        "action": row.get_action_flag_display(),
        "object": row.object_repr,
        "object_kind": str(row.content_type.name) if row.content_type_id else "",
        "object_key": row.object_id or "",
        "change": row.get_change_message(),
    }


def answers(profile):
    return {
        "first_here_at": profile.created_at,
        "last_here_on": profile.active_on,
        "display_name": profile.display_name,
        "situation": profile.situation,
        "current_role": role(profile.current_role),
        "years_of_experience": profile.years_of_experience,
        "education": profile.education,
        "shifts": profile.shifts,
        "work_types": profile.work_types,
        "places": profile.places,
        "target_role": role(profile.target_role),
        "time_zone": profile.time_zone,
        "shows_streak": profile.shows_streak,
        "answered_at": profile.answered_at,
    }


def role(role, *, seen=""):
    """`seen`: under which name the person knows it, should HR have made a draft of it again."""
    if role is None:
        return None
    return {"slug": known_slug(role), "title": role.title if role.is_known else seen or role.name_to_people}


def known_slug(page):
    """None while the page is a draft: its address is HR's own until people may see it."""
    return page.slug if page.status in Role.KNOWN else None


def proof(row):
    return {
        "skill": {"slug": row.skill.slug, "name": row.skill.name},
        "kind": row.kind,
        "proficiency": row.proficiency,
        "shown_on": row.shown_on,
        "certificate": row.certificate.name if row.certificate else None,
        "source": row.source,
        "recorded_at": row.recorded_at,
        "withdrawn_at": row.withdrawn_at,
    }


def saved_role(row):
    return {
        "role": role(row.role),
        "group": row.group.name if row.group else None,
        "note": row.note,
        "saved_at": row.saved_at,
        "changed_at": row.answered_at,
        "facts_seen": facts(row.seen),
        "facts_seen_at": row.seen_at,
    }


def removed_role(slug, removed, groups):
    return {
        "role": {"slug": slug, "title": removed.seen.get("title") or slug},
        "group": groups.get(removed.group),
        "note": removed.note,
        "saved_at": removed.saved_at,
        "facts_seen": facts(removed.seen),
        "facts_seen_at": removed.seen_at,
    }


def facts(seen):
    return [{"fact": fact, "value": value} for fact, value in seen.items()]


def goal(row):
    return {
        "from": role(row.start, seen=start_seen(row)),
        "to": role(row.role, seen=next((one.title for one in row.steps.all() if one.role_id == row.role_id), "")),
        "criterion": row.criterion,
        "adopted_at": row.adopted_at,
        "changed_at": row.answered_at,
        "steps": [step(one) for one in row.steps.all()],
        "facts_seen": [facts(seen) for seen in row.facts_seen],
        "facts_seen_at": row.seen_at,
    }


def start_seen(row):
    return str(row.facts_seen[0].get("start", "")) if row.facts_seen else ""


def step(row):
    skill, certification = row.skill, row.certification
    return {
        "kind": row.kind,
        "title": row.title,
        "move_of_the_route": row.leg,
        "position": row.position,
        "start": role(row.start),
        "role": role(row.role, seen=row.title),
        "skill": skill and {"slug": known_slug(skill), "name": row.title},
        "proficiency": row.proficiency,
        "certification": certification and {"slug": known_slug(certification), "title": row.title},
        "months_from": row.months_from,
        "months_to": row.months_to,
        "done_at": row.done_at,
    }


def share(row):
    return {
        "label": row.label,
        "token": row.token,
        "sections": row.sections,
        "expires_on": row.expires_on,
        "created_at": row.created_at,
        "revoked_at": row.revoked_at,
        "opened_at": row.opened_at,
    }


def sent_form(row):
    return {
        "key": row.key,
        "made": row.made,
        "status": row.status,
        "location": row.location,
        "messages": [str(message) for message in row.messages],
        "sent_at": row.sent_at,
    }
