"""A page that has left the guide says so to whoever still has its address; what was never published is not found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from careers.guide.models.certifications import Certification
from careers.guide.models.companies import Company
from careers.guide.models.industries import Industry
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from tests import factories as make

NOUNS = {
    Role: make.make_role,
    Skill: make.make_skill,
    Certification: make.make_certification,
    Industry: make.make_industry,
    Company: make.make_company,
}
BY_SLUG = [one.name for one in get_resolver("careers.urls").url_patterns if "slug" in one.pattern.converters]


def retire(row):
    """As the desk does with a page that readers have seen."""
    row.status = GuideModel.Status.ARCHIVED
    row.save()
    return row


def rename(row, name, **fields):
    field = "title" if hasattr(row, "title") else "name"
    for key, value in {field: name, **fields}.items():
        setattr(row, key, value)
    row.save()


def test_every_noun_with_a_page_of_its_own_is_looked_at():
    pages = {name.removesuffix("-detail") for name in BY_SLUG if name.endswith("-detail")}
    assert pages == {noun._meta.model_name for noun in NOUNS}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
class TestPage:
    def test_says_its_title_and_that_it_is_no_longer_published(self, client, noun):
        row, near = NOUNS[noun](), NOUNS[noun]()  # “Role 7” and “Role 8”
        retire(row)
        for _ in range(2):
            page = client.get(row.get_absolute_url())
            assert page.status_code == 410
            assert str(row) in page.text
            assert "no longer published" in page.text
            assert f'href="{near.get_absolute_url()}"' in page.text
            assert "public" not in page["Cache-Control"]
            assert not page.cookies
        noun.objects.filter(pk=row.pk).update(status=GuideModel.Status.PUBLISHED)
        assert client.get(row.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("between", ["archived", "draft"])
    def test_never_says_a_name_that_was_not_published(self, client, noun, between):
        """Whether it was renamed while archived, on the way, or in the very save that took it out."""
        row = NOUNS[noun]()
        for turn in range(2):
            rename(row, f"Seen {turn}", status="published")
            rename(row, f"Secret {turn}", status=between)
            rename(row, "Secret", status="archived")
            page = client.get(row.get_absolute_url())
            assert page.status_code == 410
            assert f"Seen {turn}" in page.text
            assert "Secret" not in page.text

    def test_whose_name_nobody_noted_says_none(self, client, noun):
        row = NOUNS[noun]()
        noun.objects.filter(pk=row.pk).update(status=GuideModel.Status.ARCHIVED)  # by no save of ours
        page = client.get(row.get_absolute_url())
        assert page.status_code == 410
        assert f"This {noun._meta.verbose_name}" in page.text
        assert str(row) not in page.text
        assert "search for" not in page.text

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_of_what_was_never_published_is_not_found(self, client, noun, status):
        row = NOUNS[noun](status=status)
        page = client.get(row.get_absolute_url())
        assert page.status_code == 404
        assert str(row) not in page.text


@pytest.mark.django_db
def test_every_public_address_with_its_slug_says_so(client):
    """Its buttons too, which stand on pages that were open before."""
    rows = {"role": retire(make.make_role()), "plan": retire(make.make_certification())}
    rows |= {"certificate": rows["plan"], "paper": rows["role"]}
    rows |= {
        "certification": rows["plan"],
        "skill": retire(make.make_skill()),
        "industry": retire(make.make_industry()),
        "company": retire(make.make_company()),
    }
    client.cookies["csrftoken"] = "a" * 32
    for name in (name for name in BY_SLUG if not name.startswith("saved-")):
        row = rows[name.partition("-")[0]]
        answers = [client.get(reverse(name, args=[row.slug]))]
        if not name.endswith(("-detail", "-moves", "-apply", "-ready")):
            answers.append(client.post(reverse(name, args=[row.slug]), headers={"Sec-Fetch-Site": "same-origin"}))
        for answer in answers:
            assert answer.status_code == 410, name
            assert str(row) in answer.text, name


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["certification", "skill", "industry"])
def test_nearest_are_filled_up_with_what_is_near_by_content(client, noun):
    """Where no name is like its own: by skills or roles in common, then its kind, then in the guide's order."""
    names = ["Zumba", "Quorn", "Vexil", "Fjord", "Hymnal"]
    if noun == "certification":
        skill, other = make.make_skill(), make.make_skill()
        of = [
            {"skills": {skill: 3, other: 2}, "kind": "completion"},
            {"skills": {skill: 1}, "position": 9},
            {"kind": "completion", "position": 8},
            {"kind": "exam", "position": 2},
            {"kind": "exam", "position": 3},
        ]
        rows = [make.make_certification(title=name, **one) for name, one in zip(names, of, strict=True)]
    else:
        make_one = {"skill": make.make_skill, "industry": make.make_industry}[noun]
        rows = [make_one(name=name, position=at) for name, at in zip(names, [1, 9, 8, 2, 3], strict=True)]
        for those in (rows[:3], rows[:2]):
            role = make.make_role(skills=dict.fromkeys(those, 3) if noun == "skill" else None)
            role.industries.set(those if noun == "industry" else [])
    retire(rows[0])
    with CaptureQueriesContext(connection) as few:
        shown = client.get(rows[0].get_absolute_url()).context["nearest"]
    assert [title for title, _, _ in shown] == names[1:]
    for _ in range(5):
        NOUNS[type(rows[0])](position=200)
    with CaptureQueriesContext(connection) as many:
        shown = client.get(rows[0].get_absolute_url()).context["nearest"]
    assert [title for title, _, _ in shown] == names[1:]
    assert len(many) <= len(few)


@pytest.mark.django_db
def test_of_a_role_the_nearest_are_of_its_track_and_level(client):
    agent = retire(make.make_role(track="quality", level=2))
    far, near = make.make_role(track="quality", level=5), make.make_role(track="quality", level=3)
    other = make.make_role(track="training", level=2)
    make.make_role(track="quality", level=2, status="draft")
    nearest = client.get(agent.get_absolute_url()).context["nearest"]
    assert [title for title, _, _ in nearest] == [near.title, far.title, other.title]
