"""Two profiles of one person become one: nothing lost, nothing doubled.

Only `careers.personal_data.services.claiming` calls it, within its transactions and with both profiles locked.
"""

from careers.cv.services import merge_cvs
from careers.evidence.models.evidence import Evidence
from careers.lib.names import folded
from careers.lib.texts import both_texts
from careers.people.models.profiles import Language, Profile
from careers.people.models.removals import Removal
from careers.personal_data.services.merging_plans import known_as, merge_feeds, merge_plans, merge_settings
from careers.personal_data.services.merging_steps import Changes, move_reminders
from careers.practice.calls.services import merge_scores
from careers.practice.cards.services import merge_cards
from careers.practice.messages.services import merge_answers_written
from careers.practice.timed.services import merge_results
from careers.readiness.services import merge_papers
from careers.reminders.models import Reminder
from careers.routes.services import merge_goals
from careers.saved.models import SavedRole
from careers.saved.services import ROLES


def merge(guest, profile):
    """Move all that hangs on `guest` to `profile`. What both have stays once, with the newer answer."""
    merge_answers(guest, profile)
    merge_languages(guest, profile)
    groups = merge_saved_roles(guest, profile)
    merge_evidence(guest, profile, merge_certificates(guest, profile))
    merge_results(guest=guest, profile=profile)
    merge_removals(guest, profile, groups=groups, plans=merge_plans(guest, profile))
    merge_goals(guest=guest, profile=profile)
    merge_settings(guest, profile)
    merge_feeds(guest, profile)
    merge_cvs(guest=guest, profile=profile)
    merge_papers(guest=guest, profile=profile)
    for merge_rehearsals in (merge_cards, merge_answers_written, merge_scores):
        merge_rehearsals(guest=guest, profile=profile)


def merge_answers(guest, profile):
    """Of each single answer the newer one stays. They are here since the earlier day."""
    for name, fields in Profile.ANSWERS.items():
        theirs, own = guest.answered(name), profile.answered(name)
        if theirs and (own is None or theirs > own):
            for field in fields:
                setattr(profile, field, getattr(guest, field))
            profile.answered_at[name] = guest.answered_at[name]
    profile.active_on = max(profile.active_on, guest.active_on)
    profile.created_at = min(profile.created_at, guest.created_at)
    profile.save()


def merge_languages(guest, profile):
    own = {folded(language.name): language for language in profile.languages.all()}
    for language in guest.languages.all():
        present = own.get(folded(language.name))
        if present is None:
            Language.objects.filter(pk=language.pk).update(profile=profile)
        elif language.answered_at > present.answered_at:
            Language.objects.filter(pk=present.pk).update(level=language.level, answered_at=language.answered_at)


def merge_saved_roles(guest, profile):
    """Returns the guest's groups, as `merge_groups`."""
    groups = merge_groups(guest, profile)
    own = {saved.role_id: saved for saved in profile.saved_roles.all()}
    for saved in guest.saved_roles.all():
        saved.group = groups.get(saved.group_id)
        present = own.get(saved.role_id)
        if present is None:
            SavedRole.objects.filter(pk=saved.pk).update(profile=profile, group=saved.group)
        else:
            merge_saved_role(saved, present)
    return groups


def merge_saved_role(saved, present):
    newer, older = sorted((saved, present), key=lambda one: one.answered_at, reverse=True)
    seen = max(saved, present, key=lambda one: one.seen_at)
    present.note = both_texts(newer.note, older.note)
    present.group = newer.group or older.group
    present.answered_at = newer.answered_at
    present.saved_at = min(saved.saved_at, present.saved_at)
    present.seen, present.seen_at = seen.seen, seen.seen_at
    present.save()


def merge_groups(guest, profile):
    """The guest's groups as {pk: group of the account}; a name that both have is one group, as old as the older."""
    own = {folded(group.name): group for group in profile.saved_groups.all()}
    groups = {}
    for group in list(guest.saved_groups.all()):
        present = own.get(folded(group.name))
        if present is None:
            group.profile = profile
            group.save(update_fields=["profile"])
        elif group.created_at < present.created_at:
            present.created_at = group.created_at
            present.save(update_fields=["created_at"])
        groups[group.pk] = present or group
    return groups


def merge_removals(guest, profile, *, groups, plans):
    """Let come back what either took away; of one role that both did, as the later had it.

    `groups` and `plans` are {key of the guest's: the one that took its place}.
    """
    own, moved, gone = {(one.kind, one.key): one for one in profile.removals.all()}, [], []
    for one in guest.removals.all():
        present = own.get((one.kind, one.key))
        if present and present.removed_at >= one.removed_at:
            continue
        gone += [present.pk] if present else []
        if one.kind == ROLES:
            group = groups.get(one.was["group"])
            one.was["group"] = group and group.pk
        if one.taken_from in plans:
            one.taken_from = plans[one.taken_from].pk
        one.profile = profile
        moved.append(one)
    profile.removals.filter(pk__in=gone).delete()
    Removal.objects.bulk_update(moved, ["profile", "taken_from", "was"])


def merge_certificates(guest, profile):
    """Moves what is new. Of what both hold: {key of the guest's: (the account's, whether the guest's is newer)}."""
    own = {known_as(held): held for held in profile.certificates.all()}
    both, changes = {}, Changes(Reminder.objects.filter(profile__in=(guest, profile), held_certificate__isnull=False))
    for held in guest.certificates.all():
        present = own.get(known_as(held))
        if present is None:
            held.profile = profile
            held.save(update_fields=["profile"])
            continue
        both[held.pk] = (present, held.answered_at > present.answered_at)
        merge_certificate(held, present, changes)
    changes.write()
    return both


def merge_certificate(held, present, changes):
    """Its days are one answer. Number and link of the other side stay where the newer has none."""
    newer, older = (held, present) if held.answered_at > present.answered_at else (present, held)
    number, link = newer.credential_number or older.credential_number, newer.credential_url or older.credential_url
    for name in ("earned", "renewed", "expires"):
        for field in (f"{name}_on", f"{name}_precision"):
            setattr(present, field, getattr(newer, field))
    present.credential_number, present.credential_url = number, link
    present.answered_at = newer.answered_at
    present.bump_version(now=max(held.changed_at, present.changed_at))
    present.save()
    present.evidence.update(shown_on=present.earned_on)
    move_reminders("held_certificate", held, present, changes)


def merge_evidence(guest, profile, held_by_both):
    """All claims stay on the record; `evidence.rules.levels` says which counts. What both say is said once."""
    own = {claim_key(row): row for row in profile.evidence.all()}
    for row in guest.evidence.all():
        if row.certificate_id in held_by_both:
            merge_certified(row, *held_by_both[row.certificate_id])
        elif claim_key(row) not in own:
            Evidence.objects.filter(pk=row.pk).update(profile=profile)
        elif row.proficiency != own[claim_key(row)].proficiency:
            keep_both(row, own[claim_key(row)], profile)


def keep_both(theirs, own, profile):
    """Two own ratings of one day: the later stands, the earlier stays on the record as withdrawn then."""
    older, newer = sorted((theirs, own), key=lambda row: row.recorded_at)
    Evidence.objects.filter(pk=older.pk).update(withdrawn_at=newer.recorded_at)
    Evidence.objects.filter(pk=theirs.pk).update(profile=profile)


def claim_key(row):
    """Return the same for two claims that are one. For an own rating that stands the day decides, else every word.

    Each practice test is one of its own: its result points to it.
    """
    if row.kind == Evidence.Kind.PRACTICE:
        return row.kind, row.pk
    if row.kind == Evidence.Kind.OWN_RATING and row.withdrawn_at is None:
        return row.kind, row.skill_id, row.shown_on
    return row.kind, row.skill_id, row.shown_on, row.source, row.proficiency, row.withdrawn_at, row.certificate_id


def merge_certified(row, held, is_newer):
    """A claim of a certificate that both hold: the account's own stays, withdrawn or not as the newer answer says."""
    present = held.evidence.filter(skill=row.skill_id)
    if not present.exists():
        Evidence.objects.filter(pk=row.pk).update(profile=held.profile, certificate=held, shown_on=held.earned_on)
    elif is_newer:
        present.update(withdrawn_at=row.withdrawn_at)
