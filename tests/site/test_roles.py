"""The list of roles, a role, and roles side by side."""

from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.guide.models.choices import Degree, Level, Track, WorkType
from careers.guide.models.roles import Role
from careers.search.models.misses import SearchMiss
from tests.factories import make_certification, make_industry, make_metric, make_role, make_skill

PARAMETERS = [
    "q",
    "level",
    "track",
    "work_type",
    "nights",
    "days",
    "degree",
    "industry",
    "skill",
    "certification",
    "sort",
    "page",
]


def names(response):
    return [role.title for role in response.context["page"]]


@pytest.mark.django_db
class TestList:
    def test_filters_combine(self, client):
        make_role(title="Day voice", work_type=WorkType.VOICE)
        make_role(title="Night voice", work_type=WorkType.VOICE, nights="always", days="never")
        make_role(title="Night data", work_type=WorkType.NON_VOICE, nights="usual", days="possible")
        assert names(client.get("/roles/?work_type=voice&nights=always&nights=usual")) == ["Night voice"]
        assert names(client.get("/roles/?nights=usual&nights=always")) == ["Night data", "Night voice"]
        assert names(client.get("/roles/?work_type=voice&work_type=non_voice&days=possible&days=always")) == [
            "Day voice",
            "Night data",
        ]

    def test_no_nights_is_what_is_sure_and_what_to_ask_stands_apart(self, client):
        make_role(title="By day")
        make_role(title="To ask", nights="possible", days="possible")
        make_role(title="No source", nights="not_known", days="usual")
        make_role(title="By night", nights="usual", days="possible")
        response = client.get("/roles/?nights=never")
        assert names(response) == ["By day"]
        sure, _, apart = response.text.partition("Ask about nights first: 2 roles")
        assert "of which a source says that nights never come" in sure
        assert "To ask" not in sure
        assert [name for name in ("To ask", "No source", "By night") if name in apart] == ["To ask", "No source"]
        assert names(client.get("/roles/?nights=not_known&nights=possible")) == ["No source", "To ask"]
        assert names(client.get("/roles/?days=never")) == []
        none = client.get("/roles/?days=never").text
        assert "None is sure." in none
        assert "We know of no such role where days never come. In these roles, ask the employer first." in none
        assert "Domestic work" not in none
        Role.objects.filter(nights="never").update(nights="possible", days="possible")
        none = client.get("/roles/?nights=never").text
        assert "Domestic work, for customers in your own country, may be by day." in none
        assert "No role fits all of that" not in none, "there are roles to ask about"
        assert names(client.get("/roles/?days=usual")) == ["No source"]

    def test_the_filter_of_before_is_told_to_be_unknown(self, client):
        make_role()
        response = client.get("/roles/?shift=night")
        assert "We do not know: Shift “night”." in " ".join(response.text.split())

    def test_filters_by_what_hangs_on_a_role(self, client):
        telecom, excel = make_industry(slug="telecom"), make_skill(slug="excel")
        belt = make_certification(slug="belt")
        make_role(title="Plain")
        wanted = make_role(title="Wanted", industries=[telecom], skills={excel: 2})
        wanted.role_certifications.create(certification=belt)
        for query in ("industry=telecom", "skill=excel", "certification=belt", "industry=telecom&skill=excel"):
            assert names(client.get(f"/roles/?{query}")) == ["Wanted"]

    def test_every_option_shows_how_many_roles_it_would_leave(self, client):
        make_role(level=Level.ENTRY, degree=Degree.NOT_NEEDED)
        make_role(level=Level.LEAD, degree=Degree.PREFERRED)
        groups = {group["name"]: group for group in client.get("/roles/?level=entry").context["browser"].groups}
        levels = {option["value"]: option["count"] for option in groups["level"]["options"]}
        degrees = {option["value"]: option["count"] for option in groups["degree"]["options"]}
        assert levels == {"entry": 1, "lead": 1}
        assert degrees == {"not_needed": 1, "preferred": 0}

    def test_an_unknown_value_is_ignored_with_a_word(self, client):
        make_role(title="Agent")
        response = client.get("/roles/?level=emperor&sort=luck&page=nine&level=entry")
        assert names(response) == ["Agent"]
        for word in ("emperor", "luck", "nine"):
            assert word in response.text

    def test_sorts(self, client):
        make_role(title="B", level=Level.ENTRY)
        make_role(title="A", level=Level.LEAD)
        assert names(client.get("/roles/?sort=name")) == ["A", "B"]
        assert names(client.get("/roles/?sort=level")) == ["B", "A"]

    def test_words_and_filters_together(self, client):
        make_role(title="Data clerk", alternates=["Keyer"])
        make_role(title="Data chief", level=Level.LEAD)
        assert names(client.get("/roles/?q=data&level=lead")) == ["Data chief"]
        assert names(client.get("/roles/?q=keyer")) == ["Data clerk"]

    def test_an_empty_result_says_so_offers_ways_out_and_is_counted(self, client):
        make_role(title="Data clerk")
        make_role(title="Chief", level=Level.LEAD)
        response = client.get("/roles/?q=data&level=lead")
        assert "No role fits all of that" in response.text
        ways = {way["label"]: way["count"] for way in response.context["browser"].ways_out}
        assert ways == {"Without the words": 1, "Without “Lead”": 1}
        assert response.context["nearest"][0].title == "Data clerk"
        client.get("/roles/?q=data&level=lead")
        client.head("/roles/?q=data&level=lead")
        assert SearchMiss.objects.get().count == 2

    def test_the_nearest_fit_most_of_the_filters(self, client):
        make_role(title="Entry by day")
        make_role(title="Lead by night", level=Level.LEAD, nights="always", days="never")
        make_role(title="Entry by night with degree", degree=Degree.NEEDED, nights="always", days="never")
        response = client.get("/roles/?level=entry&nights=always&degree=not_needed")
        assert [role.title for role in response.context["nearest"]][-1] == "Lead by night"

    def test_nonsense_still_leads_somewhere(self, client):
        make_role(title="Agent")
        assert [role.title for role in client.get("/roles/?q=qqqzzzx").context["nearest"]] == ["Agent"]

    def test_an_empty_guide_is_no_error(self, client):
        assert client.get("/roles/").status_code == 200
        assert client.get("/roles/?q=x&level=lead").status_code == 200

    def test_htmx_gets_the_part_that_changes(self, client):
        make_role(title="Agent")
        part = client.get("/roles/", headers={"HX-Request": "true"}).text
        whole = client.get("/roles/").text
        back = client.get("/roles/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}).text
        assert "Agent" in part
        assert "<html" not in part
        assert "<html" in whole
        assert "<html" in back

    def test_long_lists_have_pages(self, client):
        for number in range(30):
            make_role(title=f"Role number {number:02}")
        assert len(names(client.get("/roles/"))) == 24
        second = client.get("/roles/?page=2&level=entry")
        assert len(names(second)) == 6
        assert "level=entry" in second.text
        assert names(client.get("/roles/?page=999")) == names(client.get("/roles/?page=2"))


values = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["entry", "lead", "day", "voice", "not_needed", "data entry", "\x00", "'; DROP TABLE", "%ff", "💥"]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(st.sampled_from(PARAMETERS), values), max_size=8))
def test_no_address_makes_the_list_fail(guide, client, pairs):
    query = urlencode([(name, value.encode("utf-8", "replace")) for name, value in pairs])
    response = client.get(f"/roles/?{query}")
    assert response.status_code == 200


@pytest.mark.django_db
class TestDetail:
    def test_shows_what_the_editors_wrote(self, client):
        skill = make_skill(name="Listening")
        role = make_role(
            slug="agent", title="Agent", duties="Answer calls.", tools="A headset", team_size="15–20 agents",
            skills={skill: 3}, alternates=["CSR"], onet_code="43-4051.00", onet_title="Representatives",
        )  # fmt: skip
        role.role_metrics.create(metric=make_metric(name="Average handling time", abbreviation="AHT"))
        role.role_certifications.create(certification=make_certification(title="Yellow Belt"), reason="It helps.")
        page = client.get("/roles/agent/").text
        for text in ("Agent", "Answer calls.", "A headset", "15–20 agents", "Listening", "CSR", "43-4051.00", "AHT",
                     "Yellow Belt", "It helps.", "A test&#x27;s own source", "22 November 2026"):  # fmt: skip
            assert text in page, text

    def test_it_says_beside_the_bars_who_judged_them(self, client):
        page = client.get(make_role(skills={make_skill(): 3}).get_absolute_url()).text
        assert "5 (expert), as judged by the editors." in page.partition('id="skills"')[2].partition("</section>")[0]
        assert "The editors judged" in render_to_string("careers/site/roles/_skill_rows.html", {"fit": {"rows": []}})
        credit = make_certification(skills={make_skill(): 3}).get_absolute_url()
        assert "judged by the editors" in client.get(credit).text.partition("skill-bar")[0]

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_unpublished_role_is_not_found(self, client, status):
        role = make_role(status=status)
        assert client.get(role.get_absolute_url()).status_code == 404

    def test_unpublished_things_do_not_show_on_a_published_role(self, client):
        draft = make_skill(name="Secret skill", status="draft")
        role = make_role(skills={draft: 3}, industries=[make_industry(name="Secret industry", status="draft")])
        role.role_certifications.create(certification=make_certification(title="Secret belt", status="draft"))
        assert "Secret" not in client.get(role.get_absolute_url()).text

    def test_markup_in_a_text_is_shown_as_text(self, client):
        role = make_role(title="<script>alert(1)</script>", duties="<img src=x onerror=alert(1)>")
        page = client.get(role.get_absolute_url()).text
        assert "&lt;script&gt;alert" in page
        assert "&lt;img src=x" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.django_db
class TestCompare:
    def test_puts_roles_side_by_side_in_the_order_asked(self, client):
        make_role(slug="b", title="Bee", skills={make_skill(name="Typing"): 2}, track=Track.QUALITY)
        make_role(slug="a", title="Ant")
        response = client.get("/roles/compare/?role=b&role=a&role=b")
        assert [role.slug for role in response.context["roles"]] == ["b", "a"]
        assert "2, essential" in response.text
        assert response.text.index("2, essential") < response.text.index("Not asked")

    @pytest.mark.parametrize("query", ["", "role=", "role=nobody", "role=%00", "role=a", "role=" + "x" * 500])
    def test_always_answers(self, client, query):
        make_role(slug="a")
        assert client.get(f"/roles/compare/?{query}").status_code == 200

    def test_says_when_a_role_was_not_found_or_there_were_too_many(self, client):
        for slug in "abcde":
            make_role(slug=slug)
        assert client.get("/roles/compare/?role=a&role=zzz").context["missing"] == 1
        many = client.get("/roles/compare/?role=a&role=b&role=c&role=d&role=e")
        assert len(many.context["roles"]) == 4
        assert many.context["too_many"]

    def test_only_what_differs_leaves_out_what_is_the_same_in_all_and_leads_back(self, client):
        typing, calm = make_skill(name="Typing"), make_skill(name="Calm")
        make_role(slug="a", skills={typing: 2, calm: 3}, team_size="", degree="none", experience="A year")
        make_role(slug="b", skills={typing: 2, calm: 4}, degree="preferred", experience="A year")
        whole = client.get("/roles/compare/?role=a&role=b")
        assert "?role=a&amp;role=b&amp;only=differences#compared" in whole.text
        shown = client.get("/roles/compare/?role=a&role=b&only=differences").text
        assert 'rowheader">Degree' in shown
        assert ">Calm</a></th>" in shown
        assert 'rowheader">Experience' not in shown
        assert ">Typing</a></th>" not in shown
        assert f"{whole.context['same_count']} rows that are the same in all are left out" in shown
        assert "?role=a&amp;role=b#compared" in shown

    @pytest.mark.parametrize("name", ["nights", "days", "degree"])
    def test_a_fact_is_told_with_its_note_and_differs_where_the_note_does(self, client, name):
        first = make_role(slug="a", **{f"{name}_note": "Ask <first>."})
        make_role(slug="b")
        for page in (
            client.get("/roles/compare/?role=a&role=b"),
            client.get("/roles/compare/?role=a&role=b&only=differences"),
        ):
            [facts] = [facts for title, facts in page.context["noted_rows"] if title == name.capitalize()]
            assert [(role.slug, note) for role, _, note in facts] == [("a", "Ask <first>."), ("b", "")]
            assert page.text.count(f'rowheader">{name.capitalize()}<') == 1
            assert page.text.count('quiet d-block">Ask &lt;first&gt;.</span>') == 1
        first.delete()
        make_role(slug="a")
        shown = client.get("/roles/compare/?role=a&role=b&only=differences")
        assert f'rowheader">{name.capitalize()}<' not in shown.text

    def test_two_that_are_alike_say_so_and_one_alone_is_compared_with_nothing(self, client):
        alike = {"track": Track.QUALITY, "experience": "A year"}
        make_role(slug="a", **alike)
        make_role(slug="b", **alike)
        assert client.get("/roles/compare/?role=a&role=b&only=differences").context["skill_rows"] == []
        assert client.get("/roles/compare/?role=a&only=differences").context["left_out"] == set()

    def test_drafts_cannot_be_compared(self, client):
        make_role(slug="a", status=Role.Status.DRAFT)
        assert client.get("/roles/compare/?role=a").context["roles"] == []
