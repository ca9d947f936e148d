"""The roles that a person has saved, with what is compared with what they saw."""

from careers.guide.selectors.kept import facts_of, roles_in_detail


def saved_list(profile):
    """Their saved roles with the groups, the newest first. Costs two queries, whatever they have saved."""
    rows = list(profile.saved_roles.select_related("group"))
    roles = roles_in_detail([row.role_id for row in rows])
    for row in rows:
        row.role = roles[row.role_id]
        if row.role.is_published:
            row.facts = facts_of(row.role)
    return rows
