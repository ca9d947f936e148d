"""Saved roles: the button, the list with groups and notes, what changed since, and the way back."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.accounts.models.sessions import Session, SessionStore
from careers.guide.models.roles import Role
from careers.people.models.profiles import Profile
from careers.people.models.submissions import Submission
from careers.people.views import writing
from careers.people.views.requests import GUEST
from careers.saved.forms import MOST_GROUPS
from careers.saved.models import LONGEST_NOTE, SavedGroup, SavedRole
from careers.saved.services import save_role
from tests.factories import make_profile, make_role, make_skill, make_user
from tests.house.test_concurrency import at_once
from tests.queries import queries_of_page
from tests.sending import send

OURS = {"Sec-Fetch-Site": "same-origin"}
HTMX = {**OURS, "HX-Request": "true"}
LIST = "/me/saved/"


def save(client, role, *, headers=OURS):
    return send(client, f"/roles/{role.slug}/save/", headers=headers)


def unsave(client, role, *, headers=OURS):
    return send(client, f"/roles/{role.slug}/unsave/", headers=headers)


def keep(profile, role=None, *, group="", note=""):
    role = role or make_role()
    save_role(profile=profile, role=role, now=timezone.now())
    saved = profile.saved_roles.get(role=role)
    saved.group = profile.saved_groups.get_or_create(name=group)[0] if group else None
    saved.note = note
    saved.save()
    return saved


def without_address(response):
    """The page without what differs between any two addresses and any two answers."""
    return re.sub(r'value="[^"]+"|nonce="[^"]+"', "", response.text).replace(response.request["PATH_INFO"], "")


@pytest.mark.django_db
class TestButton:
    def test_a_visitor_becomes_a_guest_whose_browser_keeps_the_role(self, client):
        role = make_role()
        response = save(client, role)
        assert (response.status_code, response["Location"]) == (303, f"/roles/{role.slug}/#save-{role.slug}")
        assert SavedRole.objects.get().profile == Profile.objects.guests().get()
        assert f'aria-label="Save {role.title} to your saved roles" aria-pressed="true"' in client.get("/roles/").text

    def test_reading_before_sets_no_cookie(self, client):
        make_role()
        assert not client.get("/roles/").cookies

    @pytest.mark.parametrize("who", ["guest", "person"])
    def test_saving_and_taking_back_may_be_said_twice(self, request, who):
        client, role = request.getfixturevalue(who), make_role()
        assert [save(client, role).status_code for _ in range(2)] == [303, 303]
        assert client.profile.saved_roles.count() == 1
        assert [unsave(client, role).status_code for _ in range(2)] == [303, 303]
        assert client.profile.saved_roles.count() == 0

    def test_taking_back_what_nobody_saved_makes_no_guest(self, client):
        assert unsave(client, make_role()).status_code == 303
        assert not Profile.objects.exists()

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_only_what_is_published_can_be_saved_but_anything_taken_back(self, guest, status):
        role = make_role()
        save(guest, role)
        Role.objects.filter(pk=role.pk).update(status=status)
        Submission.objects.all().delete()  # a minute later: until then it is the same press
        assert save(guest, role).status_code == (410 if status == "archived" else 404)
        assert unsave(guest, role).status_code == 303
        assert not guest.profile.saved_roles.exists()

    @pytest.mark.parametrize("who", ["client", "guest", "person"])
    @pytest.mark.parametrize("headers", [{}, OURS, HTMX])
    def test_what_is_not_published_is_not_found_whether_it_is_there_or_not(self, request, who, headers):
        client = request.getfixturevalue(who)
        for status in ("draft", "archived"):
            make_role(slug=status, title=f"Secret {status}", status=status)
        for verb in ("save", "unsave"):
            missing, *answers = [
                send(client, f"/roles/{slug}/{verb}/", headers=headers) for slug in ("missing", "draft", "archived")
            ]
            assert {missing.status_code, *(answer.status_code for answer in answers)} == {404}
            assert {without_address(answer) for answer in answers} == {without_address(missing)}
            assert not missing.cookies

    @pytest.mark.parametrize("status", ["draft", "archived"])
    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_what_somebody_saved_goes_by_the_title_they_know(self, guest, status, headers):
        role = keep(guest.profile, make_role(title="Agent")).role
        Role.objects.filter(pk=role.pk).update(status=status, title="Not out yet")
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = guest.cookies
        page = unsave(strict, role, headers=headers)
        assert page.status_code == 200
        assert "Agent" in page.text
        assert "Not out yet" not in page.text

    @pytest.mark.parametrize("verb", ["save", "unsave"])
    def test_reloading_its_address_asks_and_changes_nothing(self, client, verb):
        role = make_role()
        page = client.get(f"/roles/{role.slug}/{verb}/")
        assert f'href="{role.get_absolute_url()}"' in page.text
        assert not SavedRole.objects.exists()
        assert client.put(f"/roles/{role.slug}/{verb}/").status_code == 405

    @pytest.mark.parametrize(
        ("referer", "target"),
        [
            ("http://testserver/roles/?q=lead&page=2", "http://testserver/roles/?q=lead&page=2#save-agent"),
            ("http://testserver/search/?q=a#x", "http://testserver/search/?q=a#save-agent"),
            ("https://evil.example/roles/", "/roles/agent/#save-agent"),
            ("http://testserver.evil.example/", "/roles/agent/#save-agent"),
            ("//evil.example/", "/roles/agent/#save-agent"),
            ("http://testserver//evil.example/", "http://testserver//evil.example/#save-agent"),
            ("javascript:alert(1)", "/roles/agent/#save-agent"),
            ("http://[", "/roles/agent/#save-agent"),
            ("http://testserver/roles/?q=" + "x" * 3000, "/roles/agent/#save-agent"),
            ("http://testserver/roles/agent/save/", "/roles/agent/#save-agent"),
            ("", "/roles/agent/#save-agent"),
        ],
    )
    def test_it_leads_back_to_the_page_of_ours_it_stood_on(self, client, referer, target):
        response = save(client, make_role(slug="agent"), headers={**OURS, "Referer": referer})
        assert response["Location"] == target

    def test_without_htmx_the_page_says_what_happened(self, client):
        role = make_role()
        save(client, role)
        assert "Saved. Kept on this browser only: an account keeps it safe." in client.get(f"/roles/{role.slug}/").text

    def test_to_htmx_it_answers_the_button_the_words_and_the_count(self, guest):
        role = make_role(title="Agent")
        page = save(guest, role, headers=HTMX)
        assert page["Cache-Control"] == "private, no-store"
        assert f'action="/roles/{role.slug}/unsave/"' in page.text
        assert 'aria-pressed="true"' in page.text
        assert 'an account keeps it safe. <a href="/account/signup/">' in page.text
        assert re.search(r'innerHTML:#saved-count">.*>1<', page.text)
        page = unsave(guest, role, headers=HTMX)
        assert "Removed from your saved roles." in page.text
        assert f'action="/roles/{role.slug}/save/"' in page.text
        assert 'class="count"' not in page.text

    def test_an_account_is_not_told_to_make_one(self, person):
        page = save(person, make_role(), headers=HTMX).text
        assert "Saved." in page
        assert "account" not in page.replace("account-", "")

    def test_pressing_again_brings_note_and_group_back(self, guest):
        saved = keep(guest.profile, group="Near", note="Ask Priya.")
        unsave(guest, saved.role)
        save(guest, saved.role)
        back = guest.profile.saved_roles.get()
        assert (back.note, back.group.name, back.saved_at) == ("Ask Priya.", "Near", saved.saved_at)

    def test_pages_for_everybody_carry_no_token_and_those_of_a_session_do(self, client):
        role = make_role()
        assert "csrfmiddlewaretoken" not in client.get("/roles/").text
        save(client, role)
        assert "csrfmiddlewaretoken" in client.get("/roles/").text

    def test_a_form_from_before_the_session_still_works(self):
        client, role, other = Client(enforce_csrf_checks=True), make_role(), make_role()
        save(client, role)
        client.get("/roles/")  # has a token by now; the other tab has none
        assert save(client, other).status_code == 303
        assert SavedRole.objects.count() == 2

    @pytest.mark.parametrize("address", ["/", "/roles/", "/roles/?q=agent", "/search/?q=agent", "/roles/agent/"])
    def test_it_stands_on_every_page_that_shows_roles(self, client, address):
        make_role(title="Agent", slug="agent")
        page = client.get(address).text
        assert 'action="/roles/agent/save/"' in page
        assert 'aria-label="Save Agent to your saved roles" aria-pressed="false"' in page
        assert "js/saved" in page

    def test_it_stands_beside_roles_on_other_pages(self, client):
        skill = make_skill()
        roles = [make_role(skills={skill: 2}) for _ in range(2)]
        compared = "/roles/compare/?" + "&".join(f"role={role.slug}" for role in roles)
        for address in (skill.get_absolute_url(), compared):
            assert client.get(address).text.count('class="save-form"') == 2, address

    @pytest.mark.any_database
    def test_no_page_has_a_form_in_a_form(self, guide, client):
        for address in ("/", "/roles/", "/search/?q=team", "/roles/team-leader/", LIST):
            depth = 0
            for tag in re.findall(r"<(/?)form\b", client.get(address).text):
                depth += -1 if tag else 1
                assert depth in (0, 1), address

    def test_the_101st_guest_of_a_network_address_is_told_to_wait(self, monkeypatch):
        monkeypatch.setattr(writing, "MOST_GUESTS", 3)
        role = make_role()
        assert [save(Client(), role).status_code for _ in range(3)] == [303] * 3
        profiles, client = Profile.objects.count(), Client()
        response = save(client, role)
        assert response.status_code == 429
        assert "very many people" in response.text
        assert not response.cookies
        assert Profile.objects.count() == profiles
        client.force_login(make_user())
        assert save(client, role).status_code == 303


@pytest.mark.django_db
class TestList:
    def test_a_visitor_reads_that_nothing_is_saved_and_leaves_no_trace(self, client):
        response = client.get(LIST)
        assert "Nothing saved yet" in response.text
        assert "You need no account." in response.text
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies
        assert not Profile.objects.exists()

    def test_a_long_one_has_pages_and_a_form_leads_back_to_the_page_of_its_role(self, guest, monkeypatch):
        monkeypatch.setattr("careers.saved.views.roles.SAVED_A_PAGE", 3)
        for number in range(1, 6):
            keep(guest.profile, make_role(title=f"Agent {number}", slug=f"agent-{number}"))
        keep(guest.profile, make_role(title="Coach", slug="coach"), group="Near home")
        address = reverse("saved-list")

        def titles(query):
            page = guest.get(f"{address}?sort=name&{query}").context
            return [row.title for rows in [page["ungrouped"], *(some for _, some in page["sections"])] for row in rows]

        assert [titles(f"page={number}") for number in (1, 2)] == [
            ["Agent 1", "Agent 2", "Agent 3"],
            ["Agent 4", "Agent 5", "Coach"],
        ]
        assert titles("page=99") == titles("at=coach") == titles("page=2")
        assert titles("at=nobody") == titles("page=nonsense") == titles("")
        sent = guest.post(f"{reverse('saved-edit', args=['coach'])}?sort=name", {"note": "Ask Priya."})
        assert titles(sent.url.partition("?")[2].partition("#")[0]) == titles("page=2")

    def test_it_shows_roles_in_their_groups_with_notes(self, guest):
        keep(guest.profile, make_role(title="Agent"), group="Near home", note="Ask <Priya>.\nTwice.")
        keep(guest.profile, make_role(title="Lead"))
        page = guest.get(LIST).text
        assert page.index("Lead") < page.index("Near home") < page.index("Agent")
        assert "Ask &lt;Priya&gt;.<br>Twice." in page
        assert "Kept on this browser only." in page

    def test_an_account_is_not_warned(self, person):
        keep(person.profile)
        assert "Kept on this browser" not in person.get(LIST).text

    @pytest.mark.parametrize("group", ["", "Near home"])
    def test_no_level_of_headings_is_left_out(self, guest, group):
        keep(guest.profile, group=group)
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", guest.get(LIST).text)]
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))

    @pytest.mark.parametrize("path", [LIST, f"{LIST}agent/edit/", "/me/groups/add/"])
    def test_own_pages_have_no_address_for_everybody(self, guest, path):
        keep(guest.profile, make_role(slug="agent"))
        assert "canonical" not in guest.get(path).text

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("newest", ["Beta", "alpha", "Gamma"]),
            ("name", ["alpha", "Beta", "Gamma"]),
            ("level", ["Gamma", "alpha", "Beta"]),
            ("nonsense", ["Beta", "alpha", "Gamma"]),
        ],
    )
    def test_order(self, guest, sort, order):
        for title, level in (("Gamma", 1), ("alpha", 2), ("Beta", 3)):
            keep(guest.profile, make_role(title=title, level=level))
        page = guest.get(LIST, {"sort": sort}).text
        assert sorted(order, key=page.index) == order

    @pytest.mark.parametrize("status", ["draft", "archived"])
    def test_what_is_no_longer_published_stays_as_it_was_last_seen(self, guest, status):
        role = keep(guest.profile, make_role(title="Agent")).role
        Role.objects.filter(pk=role.pk).update(status=status, title="Not out yet", level=5)
        page = guest.get(LIST).text
        assert "No longer published" in page
        assert "Agent" in page
        assert "Not out yet" not in page
        assert "Entry" in page
        assert f'href="{role.get_absolute_url()}"' not in page

    def test_an_empty_snapshot_breaks_nothing(self, guest):
        for status in ("published", "archived"):
            guest.profile.saved_roles.create(role=make_role(status=status))
        assert guest.get(LIST).status_code == 200

    def test_queries_do_not_grow_with_the_roles(self, guest):
        def count(number):
            for _ in range(number):
                saved = keep(guest.profile, make_role(skills={make_skill(): 3}, alternates=["One"]), group="Near")
                SavedRole.objects.filter(pk=saved.pk).update(seen={**saved.seen, "title": "Before"})
            return queries_of_page(guest, LIST)

        few = count(1)
        assert count(49) == few
        assert guest.get(LIST).text.count("What changed") == 50


@pytest.mark.django_db
class TestCompare:
    @pytest.mark.parametrize("number", [2, 4])
    def test_chosen_roles_stand_side_by_side(self, guest, number):
        slugs = sorted(keep(guest.profile).role.slug for _ in range(number))
        response = guest.get(f"{LIST}compare/", {"role": slugs})
        assert response.status_code == 302
        assert all(f"role={slug}" in response["Location"] for slug in slugs)

    @pytest.mark.parametrize(("number", "says"), [(0, "Choose two roles"), (1, "Choose two roles"), (5, "chosen 5")])
    def test_too_few_or_too_many_lose_nothing(self, guest, number, says):
        slugs = [keep(guest.profile).role.slug for _ in range(6)][:number]
        response = guest.get(f"{LIST}compare/", {"role": slugs, "sort": "name"})
        assert says in response.text
        assert response.text.count(" checked>") == number
        assert 'name="sort" value="name"' in response.text

    def test_what_is_not_saved_is_left_out(self, guest):
        keep(guest.profile)
        junk = [make_role().slug, "\x00", "x" * 10_000, keep(make_profile()).role.slug]
        assert "Choose two roles" in guest.get(f"{LIST}compare/", {"role": junk}).text


@pytest.mark.django_db
class TestChanges:
    @pytest.fixture
    def role(self, guest):
        self.skill = make_skill(name="Excel")
        role = make_role(title="Agent", skills={self.skill: 2})
        keep(guest.profile, role)
        return role

    def got_it(self, guest):
        address = re.search(r'formaction="([^"]+/seen/[^"]+)"', guest.get(LIST).text)[1]
        return address.replace("&amp;", "&")

    def test_what_hr_changed_is_told_until_it_is_seen(self, guest, role):
        assert "What changed" not in guest.get(LIST).text
        role.role_skills.update(proficiency=3)
        Role.objects.filter(pk=role.pk).update(title="Associate", nights="usual", days="possible")
        page = guest.get(LIST).text
        assert "What changed since you saved it: 4" in page
        assert "from 2 to 3" in page
        assert "Usual" in page
        guest.post(self.got_it(guest))
        assert "What changed" not in guest.get(LIST).text

    def test_a_change_made_meanwhile_is_not_taken_for_seen(self, guest, role):
        Role.objects.filter(pk=role.pk).update(title="Associate")
        address = self.got_it(guest)
        Role.objects.filter(pk=role.pk).update(title="Senior Associate")
        guest.post(address)
        assert "Senior Associate" in guest.get(LIST).text
        assert "What changed" in guest.get(LIST).text


@pytest.mark.django_db
class TestNotesAndGroups:
    def edit(self, client, saved, **data):
        return client.post(f"{LIST}{saved.role.slug}/edit/?sort=name", data)

    def test_a_note_and_a_group(self, guest):
        saved, group = keep(guest.profile), guest.profile.saved_groups.create(name="Near")
        response = self.edit(guest, saved, note="  One\r\ntwo 🙂 ", group=group.pk)
        assert response["Location"] == f"{LIST}?sort=name#saved-{saved.role.slug}"
        saved.refresh_from_db()
        assert (saved.note, saved.group) == ("One\ntwo 🙂", group)
        self.edit(guest, saved)
        saved.refresh_from_db()
        assert (saved.note, saved.group) == ("", None)

    def test_line_breaks_count_once_as_browsers_count_them(self, guest):
        saved = keep(guest.profile)
        assert self.edit(guest, saved, note="a\r\n" * (LONGEST_NOTE // 2 - 1) + "bb").status_code == 302

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ({"note": "x" * 10_000}, "You wrote 10000."),
            ({"note": "a\x00b"}, "Null characters"),
            ({"group": "nonsense"}, "Choose one of your groups."),
            ({"group": str(10**30)}, "Choose one of your groups."),
            ({"group": "\x00"}, "Null characters"),
        ],
    )
    def test_a_fault_is_named_and_what_was_typed_stays(self, guest, data, says):
        saved = keep(guest.profile)
        response = self.edit(guest, saved, **data)
        assert response.status_code == 200
        assert says in response.text
        assert "One thing to fix" in response.text
        assert data.get("note", "").replace("\x00", "") in response.text.replace("\x00", "")

    def test_htmx_opens_the_form_in_its_row(self, guest):
        saved = keep(guest.profile, note="Mine")
        page = guest.get(f"{LIST}{saved.role.slug}/edit/", headers={"HX-Request": "true"}).text
        assert "<html" not in page
        assert f'id="{saved.role.slug}-note"' in page

    def add(self, client, name):
        return client.post("/me/groups/add/", {"name": name})

    def test_groups_are_made_renamed_and_deleted_without_losing_a_role(self, guest):
        assert self.add(guest, " Near   home ").status_code == 302
        group = guest.profile.saved_groups.get()
        assert group.name == "Near home"
        saved = keep(guest.profile, group="Near home", note="Mine")
        guest.post(f"/me/groups/{group.pk}/rename/", {"name": "NEAR HOME"})
        group.refresh_from_db()
        assert group.name == "NEAR HOME"
        assert guest.get(f"/me/groups/{group.pk}/delete/").status_code == 302
        guest.post(f"/me/groups/{group.pk}/delete/")
        saved.refresh_from_db()
        assert (saved.group, saved.note) == (None, "Mine")

    @pytest.mark.parametrize(
        ("first", "second"), [("Near", "NEAR"), ("ÉCOLE", "école"), ("İ", "i̇"), ("Straße", "STRASSE")]
    )
    def test_a_name_is_there_once_whatever_the_case(self, guest, first, second):
        self.add(guest, first)
        assert "You have a group with this name already" in self.add(guest, second).text
        assert guest.profile.saved_groups.count() == 1

    @pytest.mark.parametrize("name", ["İ", "ſ", "K", "ǅ"])
    def test_letters_that_the_database_folds_its_own_way_are_no_error(self, guest, name):
        for variant in (name, name.lower(), name.upper(), name.casefold(), "i", "s", "k"):
            assert self.add(guest, variant).status_code in (200, 302)

    def test_two_people_may_have_the_same_name(self, guest):
        make_profile().saved_groups.create(name="Near")
        assert self.add(guest, "Near").status_code == 302

    @pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 61, "x" * 10_000, "\u200b" * 61])
    def test_a_name_that_is_none_says_so(self, guest, name):
        response = self.add(guest, name)
        assert response.status_code == 200
        assert 'class="field-error"' in response.text
        assert not SavedGroup.objects.exists()

    def test_fifty_groups_are_the_most(self, guest):
        for number in range(MOST_GROUPS):
            guest.profile.saved_groups.create(name=f"Group {number}")
        assert "as many as there can be" in self.add(guest, "One more").text
        assert guest.profile.saved_groups.count() == MOST_GROUPS
        group = guest.profile.saved_groups.first()
        assert guest.post(f"/me/groups/{group.pk}/rename/", {"name": "Renamed"}).status_code == 302

    def test_an_empty_form_of_a_visitor_makes_no_guest(self, client):
        assert self.add(client, "").status_code == 200
        assert not Profile.objects.exists()
        assert self.add(client, "Near").status_code == 302
        assert Profile.objects.guests().get().saved_groups.get().name == "Near"


@pytest.mark.django_db
class TestNewGroupBesideTheNote:
    def save(self, guest, saved, **data):
        return guest.post(f"{LIST}{saved.role.slug}/edit/", {"note": "Ask.", **data})

    def test_is_made_with_the_note(self, guest):
        saved = keep(guest.profile)
        assert self.save(guest, saved, new_group="Near home").status_code == 302
        saved.refresh_from_db()
        assert (saved.group.name, saved.group.profile, saved.note) == ("Near home", guest.profile, "Ask.")

    def test_that_is_there_already_is_that_group(self, guest):
        saved = keep(guest.profile, group="Near home")
        for name in ("near HOME", "Near home"):
            self.save(guest, saved, new_group=name)
        assert guest.profile.saved_groups.count() == 1

    def test_is_refused_in_words_where_there_are_too_many_and_the_note_stays(self, guest):
        saved = keep(guest.profile)
        for number in range(50):
            guest.profile.saved_groups.create(name=f"Group {number}")
        page = self.save(guest, saved, new_group="One more").text
        assert "as many as there can be" in page
        assert "Ask." in page


@pytest.mark.django_db
class TestRemoving:
    def test_a_removed_role_comes_back_with_all_that_was_beside_it(self, guest):
        saved = keep(guest.profile, make_role(title="Agent"), group="Near", note="Ask.")
        SavedRole.objects.update(seen={"title": "Before"})
        response = guest.post(f"{LIST}{saved.role.slug}/remove/?sort=name", follow=True)
        assert "Agent is removed." in response.text
        assert not SavedRole.objects.exists()
        guest.post(f"{LIST}{saved.role.slug}/restore/")
        back = guest.profile.saved_roles.get()
        assert (back.note, back.group.name, back.saved_at, back.seen) == (
            "Ask.", "Near", saved.saved_at, {"title": "Before"})  # fmt: skip

    def test_twice_is_as_once(self, guest):
        saved = keep(guest.profile)
        for verb in ("remove", "remove", "restore", "restore"):
            assert guest.post(f"{LIST}{saved.role.slug}/{verb}/").status_code == 302
        assert guest.profile.saved_roles.count() == 1

    def test_it_comes_back_without_a_group_that_is_gone(self, guest):
        saved = keep(guest.profile, group="Near", note="Ask.")
        guest.post(f"{LIST}{saved.role.slug}/remove/")
        guest.profile.saved_groups.all().delete()
        guest.post(f"{LIST}{saved.role.slug}/restore/")
        assert (guest.profile.saved_roles.get().note, guest.profile.saved_roles.get().group) == ("Ask.", None)

    def test_an_archived_role_comes_back_too(self, guest):
        saved = keep(guest.profile)
        Role.objects.update(status="archived")
        guest.post(f"{LIST}{saved.role.slug}/remove/")
        guest.post(f"{LIST}{saved.role.slug}/restore/")
        assert guest.profile.saved_roles.count() == 1

    def test_only_the_list_that_follows_a_removal_or_its_undoing_tells_other_tabs(self, guest):
        saved = keep(guest.profile)
        for verb in ("remove", "restore"):
            assert "data-changed" in guest.post(f"{LIST}{saved.role.slug}/{verb}/", follow=True).text
            assert "data-changed" not in guest.get(LIST).text

    @pytest.mark.parametrize(
        ("beside", "says"),
        [
            ({"note": "Ask.", "group": "Near"}, "It can come back with its note and group."),
            ({"note": "Ask."}, "It can come back with its note."),
            ({"group": "Near"}, "It can come back with its group."),
            ({}, "It can come back."),
        ],
    )
    def test_the_page_says_what_would_come_back(self, guest, beside, says):
        saved = keep(guest.profile, **beside)
        assert says in guest.post(f"{LIST}{saved.role.slug}/remove/", follow=True).text

    def test_the_page_names_it_as_the_person_knew_it(self, guest):
        saved = keep(guest.profile, make_role(title="Agent"))
        Role.objects.update(status="draft", title="Not out yet")
        page = guest.post(f"{LIST}{saved.role.slug}/remove/", follow=True).text
        assert "Agent is removed." in page
        assert "Not out yet" not in page

    def test_nobody_restores_what_they_never_removed(self, guest, client):
        saved = keep(make_profile(), note="Private")
        assert guest.post(f"{LIST}{saved.role.slug}/restore/").status_code == 403
        assert not guest.profile.saved_roles.exists()
        assert "Undo" not in guest.get(LIST, {"removed": saved.role.slug}).text

    def test_asking_for_the_way_back_with_nonsense_is_answered(self, guest):
        for removed in ("\x00", "x" * 10_000, "nobody"):
            assert guest.get(LIST, {"removed": removed}).status_code == 200


OWN = ["{slug}/edit/", "{slug}/seen/", "{slug}/remove/", "{slug}/restore/"]
GROUPS = ["{pk}/rename/", "{pk}/delete/"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["client", "guest", "person"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_belongs_to_somebody_else_is_nobody_elses(request, who, method):
    client, theirs = request.getfixturevalue(who), keep(make_profile(), group="Theirs", note="Private")
    saved = [f"{LIST}{path}".format(slug=theirs.role.slug) for path in OWN]
    groups = [f"/me/groups/{path}".format(pk=pk) for path in GROUPS for pk in (theirs.group_id, 10**30)]
    for address in [*saved, *groups]:
        answer = getattr(client, method)(address, {"name": "Mine", "note": "Mine"})
        # Who is not signed in may be the owner, and is asked to sign in.
        assert answer.status_code == (404 if who == "person" else 403), address
    theirs.refresh_from_db()
    assert (theirs.note, theirs.group.name) == ("Private", "Theirs")
    if who == "client":
        assert Profile.objects.count() == 1


@pytest.mark.django_db
def test_own_forms_need_djangos_token():
    client = Client(enforce_csrf_checks=True)
    for path in ("saved/agent/edit/", "saved/agent/remove/", "saved/agent/restore/", "groups/add/"):
        assert client.post(f"/me/{path}", headers=OURS).status_code == 403, path


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Fifty presses of one person, with real threads and transactions, leave one row and no error."""

    @pytest.fixture(params=["account without a profile", "guest", "session without a profile"])
    def key(self, request):
        client = Client()
        if request.param == "account without a profile":
            client.force_login(make_user())
            return client.cookies[settings.SESSION_COOKIE_NAME].value
        store = SessionStore()
        if request.param == "guest":
            store[GUEST] = make_profile().pk
        store.create()
        return store.session_key

    def press(self, key, address):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        return client.post(address, headers=HTMX).status_code

    def test_saving_one_role(self, key):
        role = make_role()
        assert at_once(50, lambda _: self.press(key, f"/roles/{role.slug}/save/")) == [200] * 50
        assert SavedRole.objects.get().role == role
        assert Profile.objects.count() == 1
        assert Session.objects.count() == 1

    def test_saving_and_taking_back_at_once_never_fails(self, key):
        role = make_role()
        verbs = ["save", "unsave"]
        answers = at_once(20, lambda number: self.press(key, f"/roles/{role.slug}/{verbs[number % 2]}/"))
        assert answers == [200] * 20
        assert SavedRole.objects.count() <= 1

    def test_saving_different_roles_loses_none(self, key):
        roles = [make_role() for _ in range(10)]
        at_once(10, lambda number: self.press(key, f"/roles/{roles[number].slug}/save/"))
        assert SavedRole.objects.count() == 10
        assert Profile.objects.count() == 1
