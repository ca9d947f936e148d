"""Parts of pages that are drawn once, for everybody: nothing of one reader gets into what others read."""

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.test import Client
from django.urls import reverse

from careers.guide.models.roles import Role
from careers.guide.selectors.kept import everything_kept, role_cards
from careers.web.public_pages import forget_pages
from tests.factories import make_role, make_skill

PAGES = [
    "/",
    "/roles/",
    "/roles/?level=lead",
    "/roles/team-leader/",
    "/skills/",
    "/skills/communication/",
    "/certifications/",
    "/certifications/six-sigma-yellow-belt/",
    "/industries/",
    "/guide/",
    "/paths/ways-out/",
    "/search/?q=team+leader",
]


def render(text, context):
    return engines["django"].engine.from_string(text).render(Context(context))


def forget_all():
    forget_pages()
    for kept in everything_kept:
        kept.forget()


class Kept:
    def __init__(self, name):
        self.name, self.drawn = name, {}


def test_it_sees_nothing_but_what_is_given():
    text = "{% drawn_once name=name %}{{ name }}{{ reader }}{{ request }}{{ form_token }}{% enddrawn_once %}"
    assert render(text, {"name": "A", "reader": "Asha", "request": "hers", "form_token": "secret"}) == "A"


def test_it_is_drawn_once_for_the_same_values():
    text = "{% drawn_once name=name %}{{ name|make_list|random }}{% enddrawn_once %}"
    template = engines["django"].engine.from_string(text)
    name = "".join(chr(number) for number in range(0x4E00, 0x4E00 + 5000))
    first = template.render(Context({"name": name}))
    assert [template.render(Context({"name": name})) for _ in range(3)] == [first] * 3
    assert template.render(Context({"name": "B"})) == "B"


def test_what_is_drawn_of_an_object_goes_with_it_and_of_one_that_is_not_kept_it_is_drawn_anew():
    template = engines["django"].engine.from_string("{% drawn_once one=one %}{{ one.name }}{% enddrawn_once %}")
    one = Kept("before")
    assert template.render(Context({"one": one})) == "before"
    one.name = "after"
    assert template.render(Context({"one": one})) == "before"
    assert template.render(Context({"one": Kept("after")})) == "after"
    role = Role(title="before")
    assert "before" in render("{% drawn_once one=one %}{{ one.title }}{% enddrawn_once %}", {"one": role})
    role.title = "after"
    assert "after" in render("{% drawn_once one=one %}{{ one.title }}{% enddrawn_once %}", {"one": role})


def test_a_text_is_escaped_and_as_long_as_others_bring_new_ones_no_more_than_some_are_kept():
    template = engines["django"].engine.from_string("{% drawn_once name=name %}{{ name }}{% enddrawn_once %}")
    assert template.render(Context({"name": "<b>"})) == "&lt;b&gt;"
    for number in range(5000):
        template.render(Context({"name": str(number)}))
    assert len(template.nodelist[0].drawn) <= 2000


@pytest.mark.parametrize("wrong", ["{% drawn_once role %}{% enddrawn_once %}", "{% drawn_once name=name %}"])
def test_what_is_written_wrong_is_said_when_the_template_is_read(wrong):
    with pytest.raises(TemplateSyntaxError):
        engines["django"].engine.from_string(wrong)


def test_it_is_drawn_of_one_object_at_most():
    with pytest.raises(TypeError, match="of one object"):
        render("{% drawn_once one=one other=other %}{% enddrawn_once %}", {"one": Kept("a"), "other": Kept("b")})


def test_pages_that_a_person_asked_for_first_say_to_others_what_they_would_say_anyway(guide):
    visitor, person = Client(), Client()
    person.post(reverse("role-save", args=["team-leader"]), headers={"sec-fetch-site": "same-origin"})
    person.post(reverse("plan-track", args=["six-sigma-yellow-belt"]), headers={"sec-fetch-site": "same-origin"})
    person.post(reverse("profile-about"), {"display_name": "Asha Rao"}, headers={"sec-fetch-site": "same-origin"})
    person.get("/me/")  # says what was done, once
    alone = {path: asked_alone(visitor, path) for path in PAGES}
    theirs = {path: asked_alone(person, path) for path in PAGES}
    forget_all()
    assert {path: text_of(person, path) for path in PAGES} == theirs
    assert {path: text_of(visitor, path) for path in PAGES} == alone
    assert {path: text_of(person, path) for path in PAGES} == theirs
    assert all(theirs[path] != alone[path] for path in PAGES)


def asked_alone(client, path):
    forget_all()
    return text_of(client, path)


def text_of(client, path):
    forget_pages()
    page = client.get(path)
    assert page.status_code == 200, path
    token = page.context.get("form_token")
    return page.text.replace(str(token), "token") if token else page.text


@pytest.mark.django_db
def test_an_edit_shows_to_people_with_a_session_at_once(guest):
    role, skill = make_role(title="Agent"), make_skill(name="Typing")
    role.role_skills.create(skill=skill, proficiency=3, is_essential=True)
    pages = ["/", "/roles/", role.get_absolute_url()]
    for path in pages * 2:
        assert "Agent" in guest.get(path).text
    Role.objects.filter(pk=role.pk).update(title="Night porter")
    for path in pages:
        assert "Night porter" in guest.get(path).text, path
        assert ">Agent<" not in guest.get(path).text, path
    skill.name = "Touch typing"
    skill.save()
    assert "Asks for <strong>Touch typing" in guest.get("/roles/").text
    skill.status = skill.Status.ARCHIVED
    skill.save()
    assert "Touch typing" not in guest.get("/roles/").text


@pytest.mark.django_db
def test_cards_are_read_once_and_in_the_order_that_was_asked(django_assert_num_queries):
    roles = [make_role() for _ in range(3)]
    keys = [role.pk for role in roles]
    role_cards(keys[:2])
    with django_assert_num_queries(1):  # which revision it is
        assert [role.pk for role in role_cards(keys[1::-1])] == keys[1::-1]
    assert [role.pk for role in role_cards([*keys, 10**9])] == keys
