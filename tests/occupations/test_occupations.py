"""The pages of the other catalogue: shown while it is published, found by any title, planned through."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.guide.models.roles import Role
from careers.occupations.models import Collection, Occupation, OccupationTitle
from careers.occupations.onet.services.importing import import_onet
from careers.occupations.selectors.routes import atlas
from careers.occupations.selectors.search import find_occupations, vocabulary
from careers.search.services.searching import find
from tests.desk.forms import do_to_many
from tests.factories import make_collection, make_occupation, make_role, make_skill, relate
from tests.occupations.test_importing import DAY, ONET
from tests.queries import queries_of_pages
from tests.search.test_search import HOSTILE
from tests.web.test_public import LISTS

pytestmark = pytest.mark.django_db
AGENT = "/occupations/43-4051.00/"
PLAN = "/occupations/plan/"
PAGES = ["/occupations/", AGENT, PLAN]
# What the process keeps of routes, the search index, and what roles are narrowed by.
SETTLE = [f"{PLAN}?from=x", "/search/?q=settle", "/roles/"]


def load():
    list(import_onet(folder=ONET, today=DAY))
    return Collection.objects.get()


@pytest.fixture
def onet(db):
    """The slice, published."""
    collection = load()
    collection.publish()
    return collection


def titles(text):
    found = find_occupations(text, collection=Collection.objects.get())
    return [occupation.title for occupation in found.occupations]


class TestSwitch:
    @pytest.mark.parametrize("address", PAGES)
    def test_a_catalogue_that_is_not_published_is_not_there(self, client, address):
        load()
        assert client.get(address).status_code == 404

    def test_nothing_leads_to_it_then(self, client):
        load()
        make_role(slug="agent", title="Agent", onet_code="43-4051.00")
        for address in ("/roles/agent/", "/search/?q=agent", "/sitemap.xml"):
            page = client.get(address).text
            assert "/roles/agent/" in page
            assert "/occupations/" not in page

    @pytest.mark.parametrize("address", PAGES)
    def test_publishing_shows_it_with_what_the_licence_wants_said(self, onet, client, address):
        page = client.get(address)
        assert page.status_code == 200
        assert onet.attribution in page.text
        assert page["Cache-Control"] == "public, no-cache"
        assert len(page.content) < 60_000

    @pytest.mark.parametrize("address", [AGENT, PLAN])
    def test_what_the_portal_derives_is_said_to_be_its_own(self, onet, client, address):
        assert onet.modification in client.get(address).text

    def test_hr_publishes_it_at_the_desk(self, publisher, client):
        collection = load()
        do_to_many(publisher, "publish_selected", collection)
        collection.refresh_from_db()
        assert collection.is_published
        assert "/occupations/43-4051.00/" in client.get("/sitemap.xml").text

    def test_it_cannot_be_published_without_its_attribution(self):
        collection = load()
        collection.attribution = ""
        with pytest.raises(ValidationError):
            collection.publish()

    def test_nobody_adds_or_deletes_one_by_hand(self, publisher):
        for what in ("add", f"{load().pk}/delete"):
            assert publisher.get(f"/admin/careers/collection/{what}/").status_code == 403


class TestAnotherCollection:
    """A second catalogue with the same codes: it is published, and readers of O*NET never meet it."""

    @pytest.fixture
    def other(self, onet):
        # With 0 as its key and a title with A it comes first wherever only the first one is taken.
        other = make_collection(pk=0, slug="another", title="Another catalogue")
        agent = make_occupation(
            collection=other, pk=0, code="43-4051.00", title="Foreign Agents", alternates=["Teller"]
        )
        relate(agent, make_occupation(collection=other, code="43-3071.00", title="Foreign Tellers"))
        return other

    @pytest.mark.parametrize(
        "address",
        [*PAGES, "/occupations/?q=foreign+agents", "/occupations/?q=tellr", "/roles/agent/", "/sitemap.xml"],
    )
    def test_no_page_shows_it(self, onet, client, address, request):
        make_role(slug="agent", onet_code="43-4051.00")
        before = client.get(address).text
        request.getfixturevalue("other")
        assert client.get(address).text == before

    def test_no_route_leads_through_it(self, other, client):
        ends = {"from": "43-9021.00", "to": "43-3071.00"}
        places = {step.end.title for route in client.get(PLAN, ends).context["routes"] for step in route.steps}
        assert "Tellers" in places
        assert not {title for title in places if title.startswith("Foreign")}
        assert atlas().places["43-4051.00"].title == "Customer Service Representatives"

    def test_the_search_leads_on_to_the_one_that_is_shown(self, other, client):
        assert "search O*NET occupations" in client.get("/search/?q=lion+tamer").text

    def test_it_is_not_shown_where_that_is_not_published(self, other, onet, client):
        onet.status = Collection.Status.DRAFT
        onet.save()
        make_role(slug="agent", title="Agent", onet_code="43-4051.00")
        assert client.get(AGENT).status_code == 404
        for address in ("/roles/agent/", "/search/?q=agent", "/sitemap.xml"):
            page = client.get(address).text
            assert "/roles/agent/" in page
            assert "/occupations/" not in page


class TestRoles:
    def test_a_role_and_its_occupation_lead_to_each_other(self, onet, client):
        make_role(slug="agent", title="Agent", onet_code="43-4051.00")
        role, occupation = client.get("/roles/agent/").text, client.get(AGENT).text
        assert f'O*NET counts this as <a href="{AGENT}">Customer Service Representatives</a>' in role
        assert onet.attribution in role
        assert '<a href="/roles/agent/">Agent</a>' in occupation

    def test_a_role_that_is_not_published_is_not_named(self, onet, client):
        make_role(title="Secret Agent", onet_code="43-4051.00", status="draft")
        assert "Secret Agent" not in client.get(AGENT).text

    def test_the_search_of_the_guide_leads_on(self, onet, client):
        assert "/occupations/?q=lion%20tamer" in client.get("/search/?q=lion+tamer").text


class TestDetail:
    def test_what_it_shows(self, onet, client):
        page = client.get(AGENT).text
        assert "Job zone 2: some preparation needed" in page
        assert page.index("Core tasks") < page.index("Further tasks")
        assert "Account Adjuster" in page

    def test_a_neighbour_stands_once_on_the_side_to_which_the_move_goes_up(self, client):
        here = make_occupation(code="43-4051.00", job_zone=3)
        lower, equal, higher = (make_occupation(title=f"Zone {zone}", job_zone=zone) for zone in (2, 3, 4))
        for index, other in enumerate((lower, equal, higher), start=1):
            relate(here, other, index=index)
            relate(other, here, index=index)
        around = client.get(AGENT).context["neighbours"]
        assert [(near.place.title, near.move) for near in around.leads_here.drawn] == [
            ("Zone 2", "Promotion, very close")
        ]
        assert [(near.place.title, near.move) for near in around.comes_next.drawn] == [
            ("Zone 3", "Sideways, very close"),
            ("Zone 4", "Promotion, very close"),
        ]

    def test_the_picture_has_the_eight_closest_and_the_rest_folds_away(self, client):
        here = make_occupation(code="43-4051.00")
        for index in range(1, 21):
            relate(here, make_occupation(title=f"Next {index}"), tier=1 + (index > 8), index=index)
        page = client.get(AGENT)
        drawn = page.context["neighbours"].comes_next.drawn
        assert [near.place.title for near in drawn] == [f"Next {index}" for index in range(1, 9)]
        assert "12 more come next" in page.text
        assert "No other occupation is published that leads here." in page.text

    def test_one_without_data_says_so(self, onet, client):
        page = client.get("/occupations/43-4199.00/").text
        assert "Job zone not known" in page
        assert "No tasks are published" in page
        assert "No related occupations are published" in page

    @pytest.mark.parametrize("code", ["99-9999.00", "43-4051", "x", "%00", "43-4051.00%00", "٤٣-4051.00"])
    def test_other_codes_are_not_found(self, onet, client, code):
        assert client.get(f"/occupations/{code}/").status_code == 404

    def test_a_neighbourhood_is_never_more_than_forty(self, client):
        here = make_occupation(code="43-4051.00")
        for number in range(60):
            relate(make_occupation(), here)
            if number < 20:
                relate(here, make_occupation(), index=number + 1)
        page = client.get(AGENT).text
        assert page.count("very close") == 40
        assert "40 more are not shown" in page

    def test_quotes_and_angles_of_the_data_are_text(self, client):
        make_occupation(code="43-4051.00", alternates=['<b>Clerk</b> "A"'])
        assert "&lt;b&gt;Clerk&lt;/b&gt; &quot;A&quot;" in client.get(AGENT).text


class TestList:
    def test_by_job_zone_with_those_that_have_none_at_the_end(self, onet, client):
        page = client.get("/occupations/").text
        places = [page.index(f'id="zone-{zone}"') for zone in ("2", "3", "4", "unknown")]
        assert places == sorted(places)

    def test_one_zone(self, onet, client):
        page = client.get("/occupations/?zone=4")
        assert [one.code for one in page.context["page"]] == ["11-1021.00", "13-1111.00"]
        assert client.get("/occupations/?zone=unknown").context["page"].paginator.count == 1

    @pytest.mark.parametrize("query", ["zone=9", "zone=%00", "page=0", "page=99999999999", "page=x", "q=%00", "zone=٢"])
    def test_nonsense_in_the_address_does_no_harm(self, onet, client, query):
        assert client.get(f"/occupations/?{query}").status_code == 200

    def test_many_come_in_pages(self, client):
        for _ in range(45):
            make_occupation(title=f"Clerk {_}")
        first = client.get("/occupations/?q=clerk")
        assert "?q=clerk&amp;page=2" in first.text
        assert len(client.get("/occupations/?q=clerk&page=2").context["page"]) == 5

    def test_what_was_mended_is_said(self, onet, client):
        assert "We looked for “teller”" in client.get("/occupations/?q=tellr").text
        assert "No title answers that" in client.get("/occupations/?q=xqzxqy").text

    def test_the_occupations_of_the_guides_roles_come_first(self, onet, client):
        make_role(title="Chat agent", onet_code="43-4051.00")
        make_role(title="Voice agent", onet_code="43-4051.00")
        make_role(title="Secret agent", onet_code="43-3071.00", status="draft")
        page = client.get("/occupations/")
        rows = [(one.code, [role.title for role in roles]) for one, roles in page.context["of_guide"]]
        assert rows == [("43-4051.00", ["Chat agent", "Voice agent"])]
        assert page.text.index("roles in this guide") < page.text.index("Search all titles")
        assert page.text.index("Search all titles") < page.text.index("by job zone")
        assert "Secret agent" not in page.text

    @pytest.mark.parametrize("query", ["q=clerk", "zone=2", "page=2"])
    def test_an_answer_comes_without_them(self, onet, client, query):
        make_role(onet_code="43-4051.00")
        assert "roles in this guide" not in client.get(f"/occupations/?{query}").text


class TestSearch:
    @pytest.mark.parametrize(
        ("text", "title"),
        [
            ("Tellers", "Tellers"),
            ("teller", "Tellers"),
            ("customer service representative", "Customer Service Representatives"),
            ("CSR", "Customer Service Representatives"),
            ("account adjuster", "Customer Service Representatives"),
            ("data ent", "Data Entry Keyers"),
            ("dataentry", "Data Entry Keyers"),
            ("tellr", "Tellers"),
            ("custmer servise", "Customer Service Representatives"),
            ("ofice clerk", "Office Clerks, General"),
        ],
    )
    def test_people_find_what_they_mean(self, onet, text, title):
        assert titles(text)[0] == title

    def test_its_own_title_comes_before_anothers_name_and_that_before_a_beginning(self):
        make_occupation(title="Team managers")
        make_occupation(title="Leaders", alternates=["Team"])
        make_occupation(title="Team")
        assert titles("team") == ["Team", "Leaders", "Team managers"]

    def test_the_title_that_answers_is_said(self, onet):
        found = find_occupations("account adjuster", collection=onet).occupations[0]
        assert found.found_by == "Account Adjuster"
        assert find_occupations("tellers", collection=onet).occupations[0].found_by == ""

    def test_one_and_many_of_a_title_find_the_same_among_the_first_three(self, onet):
        missed = []
        for row in OccupationTitle.objects.filter(title__regex=r"^[A-Za-z -]+$").select_related("occupation"):
            one = row.title.removesuffix("s") if not row.title.endswith("ss") else row.title
            for asked in (one, f"{one}s", row.title.upper()):
                if row.occupation.title not in titles(asked)[:3]:
                    missed.append((asked, titles(asked)[:3]))
        assert missed == []

    @pytest.mark.parametrize(
        ("asked", "title"), [("cash iers", "Cashier"), ("non-voice agents", "Nonvoice agent"), ("cash-iers", "Cashier")]
    )
    def test_it_hears_what_the_guides_search_hears(self, asked, title):
        for name in ("Cashier", "Nonvoice agent", "Voice agent"):
            make_occupation(title=name)
        assert titles(asked) == [title]

    def test_a_word_that_english_has_is_not_mended(self):
        make_occupation(title="Promotion manager")
        assert titles("promotoin manager") == ["Promotion manager"]
        found = find_occupations("probation manager", collection=Collection.objects.get())
        assert (found.instead, found.is_near) == ("", True)

    def test_titles_that_were_read_otherwise_are_read_anew(self, onet):
        written = set(OccupationTitle.objects.values_list("pk", "title_text", "short_text"))
        migration = import_module("careers.migrations.0018_search_titles")
        editor = SimpleNamespace(
            connection=connection, execute=lambda statement: connection.cursor().execute(statement)
        )
        migration.as_normalised(apps, editor)
        assert "tellers" in OccupationTitle.objects.values_list("title_text", flat=True)
        migration.as_searched(apps, editor)
        assert set(OccupationTitle.objects.values_list("pk", "title_text", "short_text")) == written
        assert titles("tellers")[0] == "Tellers"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_text_gets_an_answer(self, onet, client, text):
        assert client.get("/occupations/", {"q": text}).status_code == 200
        assert client.get(PLAN, {"from": text, "to": text, "by": text}).status_code == 200

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
    @given(text=st.text(max_size=300))
    def test_any_text_gets_an_answer(self, onet, text):
        assert find_occupations(text, collection=onet).occupations is not None

    def test_a_change_shows_in_the_next_search(self, onet):
        assert titles("tellr")
        Occupation.objects.get(title="Tellers").delete()
        assert "Tellers" not in titles("tellr")


class TestPlan:
    def answer(self, client, **query):
        return client.get(PLAN, {name.rstrip("_"): value for name, value in query.items()})

    def test_the_best_way_and_others(self, onet, client):
        page = self.answer(client, from_="43-9021.00", to="13-1111.00")
        best, *others = page.context["routes"]
        assert [step.end.title for step in best.steps] == ["Office Clerks, General", "Management Analysts"]
        assert len(others) == 2
        assert page.text.count("time not known") == sum(len(route.steps) for route in page.context["routes"])
        assert "Promotion" in page.text

    def test_other_ways_are_named_by_the_stops_that_the_best_one_lacks(self, onet, client):
        page = self.answer(client, from_="43-9021.00", to="13-1111.00")
        best, *others = page.context["routes"]
        assert best.by == ()
        assert len({route.by for route in others}) == 2
        assert all(set(route.by) - {step.end.title for step in best.steps} == set(route.by) for route in others)

    def test_closest_relations_may_take_more_moves(self, client):
        start, middle, end = (make_occupation() for _ in range(3))
        relate(start, end, tier=3, index=11)
        relate(start, middle)
        relate(middle, end)
        for aim, moves in (("fewest", 1), ("closest", 2)):
            page = self.answer(client, from_=start.code, to=end.code, by=aim)
            assert len(page.context["routes"][0].steps) == moves

    def test_kinds_come_from_job_zones(self, client):
        low, high, unknown = (make_occupation(job_zone=zone) for zone in (2, 4, None))
        for start, end, words in (
            (low, high, "Promotion"),
            (high, low, "Sideways, to a lower job zone"),
            (low, unknown, "Sideways"),
            (unknown, high, "Sideways"),
        ):
            relate(start, end)
            page = self.answer(client, from_=start.code, to=end.code)
            assert page.context["routes"][0].steps[0].direction.label == words

    def test_titles_do_as_well_as_codes(self, onet, client):
        page = self.answer(client, from_="teller", to="Management Analysts")
        assert page.context["routes"]
        assert 'value="Tellers"' in page.text

    def test_more_than_one_meaning_is_asked_back(self, onet, client):
        page = self.answer(client, from_="clerk", to="43-4051.00").text
        assert "Which one do you mean" in page
        assert "?from=43-9061.00&amp;to=43-4051.00&amp;by=fewest" in page

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ({}, "Find routes"),
            ({"from_": "43-4051.00"}, "Now say where to."),
            ({"to": "43-4051.00"}, "Now say where from."),
            ({"from_": "43-4051.00", "to": "43-4051.00"}, "You start where you want to go."),
            ({"from_": "43-4199.00", "to": "43-4051.00"}, "No route leads there."),
            ({"from_": "99-9999.00", "to": "43-4051.00"}, "No occupation is called that, or has that code."),
            ({"from_": "43-4051", "to": "43-4051.00"}, "No occupation is called that, or has that code."),
        ],
    )
    def test_every_other_case_has_its_words(self, onet, client, query, words):
        page = self.answer(client, **query)
        assert page.status_code == 200
        assert words in page.text

    def test_closeness_is_said_in_words(self, client):
        start, middle, end = (make_occupation() for _ in range(3))
        relate(start, middle)
        relate(middle, end, tier=3, index=11)
        page = self.answer(client, from_=start.code, to=end.code)
        assert page.context["routes"][0].closeness == "1 very close, 1 less close"
        assert "1 very close, 1 less close" in page.text

    def test_after_an_error_nothing_else_is_asked(self, onet, client):
        page = self.answer(client, to="xqzxqy").text
        assert "No occupation is called that" in page
        assert "Now say" not in page

    def test_where_no_route_leads_the_nearest_ends_are_offered(self, client):
        start, end = make_occupation(code="43-4051.00"), make_occupation(code="13-1111.00")
        for code in ("43-1011.00", "13-1151.00"):
            relate(start, make_occupation(code=code))
        relate(make_occupation(code="43-4171.00"), end)
        page = self.answer(client, from_=start.code, to=end.code)
        detours = page.context["detours"]
        assert [place.code for place in detours.reach] == ["13-1151.00", "43-1011.00"]
        assert [place.code for place in detours.starts] == ["43-4171.00"]
        assert "?from=43-4051.00&amp;to=13-1151.00&amp;by=fewest#best" in page.text
        for place in detours.reach:
            assert self.answer(client, from_=start.code, to=place.code).context["routes"]

    def test_where_neither_end_has_a_relation_it_leads_to_the_list(self, client):
        page = self.answer(client, from_=make_occupation().code, to=make_occupation().code).text
        assert "Look through all occupations" in page

    def test_words_of_which_one_is_known_find_something_near(self, onet, client):
        page = self.answer(client, from_="lion teller", to="43-4051.00")
        assert "No occupation is called “lion teller”. Those below come near it." in page.text
        assert "Tellers" in [place.title for place in page.context["choices"][0][2]]

    def test_examples_are_routes_between_the_occupations_of_the_guides_roles(self, onet, client):
        for code in ("43-4051.00", "13-1111.00", "43-3071.00", "99-9999.00"):
            make_role(onet_code=code)
        examples = self.answer(client).context["examples"]
        assert [(start.code, target.code) for start, target in examples] == [("43-3071.00", "13-1111.00")]
        for start, target in examples:
            assert self.answer(client, from_=start.code, to=target.code).context["routes"]
        assert "For example" not in self.answer(client, from_="43-9021.00", to="13-1111.00").text

    def test_it_offers_to_start_from_ones_own_role(self, onet, guest):
        guest.profile.current_role = make_role(onet_code="43-3071.00")
        guest.profile.situation = "in_role"
        guest.profile.save()
        page = guest.get(PLAN).text
        assert "From my role’s occupation, Tellers" in page
        assert "?from=43-3071.00" in page

    def test_a_change_of_relations_shows_in_the_next_plan(self, client):
        start, end = make_occupation(), make_occupation()
        assert not self.answer(client, from_=start.code, to=end.code).context["routes"]
        relate(start, end)
        assert self.answer(client, from_=start.code, to=end.code).context["routes"]


def test_queries_do_not_grow_with_the_occupations(client):
    make_role(onet_code="43-4051.00")
    here = make_occupation(code="43-4051.00", title="Clerk", alternates=["Agent"])
    relate(here, make_occupation(code="43-3071.00", title="Clerk too"))
    addresses = [*PAGES, "/occupations/?q=clerk", f"{PLAN}?from=43-4051.00&to=43-3071.00"]
    few = queries_of_pages(client, addresses, settle=SETTLE)
    for number in range(2, 21):
        other = make_occupation(title=f"Clerk {number}")
        relate(here, other, index=number)
        relate(other, here)
        here.titles.create(title=f"Agent {number}", title_text=f"agent {number}")
        here.tasks.create(task_id=number, text="Do it.", kind="core")
        make_role(onet_code="43-4051.00")
    assert queries_of_pages(client, addresses, settle=SETTLE) == few


@pytest.mark.any_database
def test_the_guide_is_the_same_and_costs_the_same_with_the_catalogue_beside_it(guide, client):
    addresses = [*LISTS, "/roles/customer-service-executive/", "/search/?q=team+leader", "/roles/?q=data"]
    words = ["customer service representative", "teller", "data entri", "clerk", "manager"]

    def measured():
        costs = queries_of_pages(client, addresses, settle=SETTLE)
        return costs, [[entry.title for entry in find(text).entries] for text in words]

    find("settle")
    client.get("/paths/plan/")  # the network is kept now
    before = measured()
    load().publish()
    assert measured() == before


@pytest.mark.parametrize("kept", [vocabulary, atlas], ids=["words", "routes"])
def test_what_is_kept_of_the_occupations_is_built_anew_after_a_change_of_theirs_only(kept):
    role, occupation = make_role(title="Quality analyst"), make_occupation(title="Order clerk")
    first = kept()
    Role.objects.filter(pk=role.pk).update(title="Quality lead")
    make_skill()
    assert kept() is first, "an edit of the guide"
    changes = [
        lambda: Occupation.objects.filter(pk=occupation.pk).update(title="Clerk"),
        lambda: OccupationTitle.objects.filter(occupation=occupation).update(short_text="clerk"),
        lambda: make_occupation(title="Teller", collection=occupation.collection),
        lambda: OccupationTitle.objects.filter(title="Teller").delete(),
        lambda: Collection.objects.update(status=Collection.Status.DRAFT),
    ]
    for change in changes:
        before = kept()
        change()
        assert kept() is not before
