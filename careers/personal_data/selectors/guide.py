"""How the file about a person names roles, skills and certifications of the guide."""

from careers.guide.models.roles import Role
from careers.personal_data.selectors.parts import TEXT, Part, Property, maybe

SLUG = "The last part of its address. null: HR has not published it."


def page(description, *, name, named):
    """A page of the guide: its slug and its name."""
    said = {
        "slug": Property(SLUG, maybe(TEXT), known_slug),
        name: Property(named, TEXT, lambda row: getattr(row, name)),
    }
    return Part(description, said)


def known_slug(page):
    """None while the page is a draft: its address is HR's own until people may see it."""
    return page.slug if page.status in Role.KNOWN else None


ROLE = page("A role of the guide.", name="title", named="Its title.")
SKILL = page("A skill of the guide.", name="name", named="Its name.")
CERTIFICATION = page("A certification of the guide.", name="title", named="Its title.")
A_ROLE, A_SKILL, A_CERTIFICATION = ({"$ref": f"#/$defs/{name}"} for name in ("role", "skill", "certification"))
A_ROLE_OR_NONE = {"$ref": "#/$defs/role_or_none"}
OF_THE_GUIDE_OR_NONE = maybe(A_CERTIFICATION)
DEFINITIONS = {
    "role": ROLE.schema,
    "role_or_none": {"description": "A role of the guide, or none.", **maybe(A_ROLE)},
    "skill": SKILL.schema,
    "certification": CERTIFICATION.schema,
}


def role(row, *, seen=""):
    """`seen`: under which name the person knows it, should HR have made a draft of it again."""
    if row is None:
        return None
    return {"slug": known_slug(row), "title": row.title if row.is_known else seen or row.public_name}


def of_the_guide(row):
    """The certification behind a plan or a certificate."""
    return row.certification and {"slug": row.known and row.known.slug, "title": row.name}
