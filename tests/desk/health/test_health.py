"""The page that says what the guide needs: which pages, why, for whom it opens; it tells nothing of a person."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from careers.desk.selectors.checks import CHECKS
from careers.desk.selectors.completeness import WANTED
from careers.desk.selectors.figures import STALLED_AFTER, all_figures
from careers.desk.selectors.health import paths_to_pages
from careers.desk.selectors.links import LISTS
from careers.guide.models.choices import Level
from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.plans.models import CertificationPlan
from tests.desk.forms import save, url_of
from tests.factories import (
    make_book,
    make_certification,
    make_company,
    make_hiring,
    make_industry,
    make_metric,
    make_move,
    make_plan,
    make_profile,
    make_role,
    make_section,
    make_skill,
    make_user,
)
from tests.fixture_pages import fields_in_fixtures
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Status = GuideModel.Status
HEALTH = "/admin/guide-health/"
TODAY = date(2026, 11, 29)
FULL_ROLE = {"tools": "A headset", "team_size": "Ten", "experience": "A year", "outlook": "It grows."}


def nouns():
    found, left = [], [GuideModel]
    while left:
        for model in left.pop().__subclasses__():
            (left if model._meta.abstract else found).append(model)
    return found


def found(slug, today=TODAY):
    """{name: why} of all that a check finds."""
    check = CHECKS[slug]
    return {one.name: one.why for one in check.findings(list(check.found(nouns(), today)), today)}


def test_a_fee_of_an_earlier_year_an_unknown_validity_and_an_old_check_are_due():
    fee = {"fee_amount": 10, "fee_currency": "USD", "validity_months": 12}
    make_certification(title="Old fee", **fee, fee_as_of="May 2025")
    make_certification(title="New fee", **fee, fee_as_of="about 2026")
    make_certification(title="Unknown", validity_known=False)
    make_certification(title="Draft", validity_known=False, status=Status.DRAFT)
    make_role(title="Old page", checked_on=TODAY - timedelta(366))
    make_role(title="Fresh page", checked_on=TODAY - timedelta(365))
    assert found("due") == {
        "Old page": "Last checked on 28 November 2025.",
        "Old fee": "The fee is of 2025.",
        "Unknown": "How long it is valid is not known.",
    }


def booked(certification, people):
    soon = timezone.now() + timedelta(days=3)
    for _ in range(people):
        make_plan(certification=certification, status="booked", exam_at=soon, exam_zone="Asia/Manila")


def test_what_people_are_about_to_sit_comes_first_and_a_few_are_not_counted():
    names = ["A nobody", "B few", "C many", "D over"]
    _, few, many, over = (make_certification(title=name, validity_known=False) for name in names)
    booked(few, 4)
    booked(many, 5)
    make_plan(certification=over, status="booked", exam_at=timezone.now() - timedelta(1), exam_zone="Asia/Manila")
    listed = found("due")
    assert list(listed) == ["C many", "B few", "A nobody", "D over"]
    assert listed["C many"].endswith("an exam is booked by 5 people.")
    assert listed["B few"].endswith("an exam is booked by fewer than 5 people.")
    assert "booked" not in listed["D over"]


def test_a_published_page_says_what_readers_miss_of_it_the_emptiest_first():
    skill, metric, industry = make_skill(), make_metric(), make_industry()
    full = make_role(title="Full", skills={skill: 3}, industries=[industry], **FULL_ROLE)
    full.role_metrics.create(metric=metric)
    full.role_certifications.create(certification=make_certification())
    make_role(title="Bare")
    make_role(title="Draft", status=Status.DRAFT)
    listed = {name: why for name, why in found("incomplete").items() if name in ("Full", "Bare", "Draft")}
    missing = "tools, team size, typical experience, outlook, skills, measures, certifications and industries"
    assert listed == {"Bare": f"2 of 10 complete. Missing: {missing}."}


def test_what_does_not_apply_is_not_missed():
    completion = make_certification(title="Course", kind="completion", validity_months=None)
    exam = make_certification(title="Exam", validity_months=24)
    make_move(make_role(), destination="Retail")
    listed = found("incomplete")
    assert listed[str(completion)].startswith("0 of 6 ")
    assert listed[str(exam)].startswith("0 of 9 ")
    assert listed[str(Move.objects.get())] == (
        "0 of 4 complete. Missing: how one gets there, what it is gained by, months and carried skills."
    )


def test_every_part_that_a_page_should_have_is_one_that_may_be_empty():
    for noun, parts in WANTED.items():
        model = next(model for model in nouns() if model._meta.model_name == noun)
        for part in parts:
            field = model._meta.get_field(part.name)
            assert field.is_relation or field.blank or field.null, (noun, part.name)


def test_a_page_without_a_source_is_found_until_it_is_offline():
    make_book(title="New", source_name="", status=Status.DRAFT)
    make_book(title="Gone", source_name="", status=Status.ARCHIVED)
    assert found("sources") == {"New": "No source is named."}


def test_roles_with_no_way_in_or_on_are_found_but_for_the_ends_of_the_ladder():
    entry = make_role(title="Entry")
    lead = make_role(title="Lead", level=Level.LEAD)
    make_role(title="Alone", level=Level.LEAD)
    top = make_role(title="Top", level=Level.SENIOR_MANAGER)
    make_move(entry, lead)
    hidden = make_move(lead, top, status=Status.DRAFT)
    assert found("ways") == {"Lead": "No way on.", "Alone": "No way in and no way on.", "Top": "No way in."}
    hidden.publish()
    assert found("ways") == {"Alone": "No way in and no way on."}


def test_a_skill_is_taught_by_a_certification_that_readers_see():
    taught, hidden = make_skill(name="Taught"), make_skill(name="Hidden")
    make_certification(skills={taught: 3})
    make_certification(skills={hidden: 3}, status=Status.DRAFT)
    assert found("skills") == {"Hidden": "No published certification shows it."}


def test_a_company_without_a_sourced_job_or_with_an_old_one_is_found():
    for name, checked_on in {"New": TODAY, "Old": date(2025, 1, 1)}.items():
        make_hiring(make_company(name=name), checked_on=checked_on)
    make_company(name="None")
    make_company(name="Draft", status=Status.DRAFT)
    assert found("jobs") == {
        "Old": "A job was compared with its source over a year ago.",
        "None": "No job with a source.",
    }


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED])
def test_a_published_page_that_names_a_hidden_one_is_found_whatever_relation_names_it(status):
    """Through each relation of each noun by which it can name another."""
    tried = 0
    hidden = {
        "role": make_role(title="Hidden", status=status),
        "skill": make_skill(name="Hidden", status=status),
        "certification": make_certification(title="Hidden", status=status),
        "metric": make_metric(name="Hidden", status=status),
        "industry": make_industry(name="Hidden", status=status),
    }
    makers = {
        "company": make_company,
        "role": make_role,
        "certification": make_certification,
        "move": lambda: make_move(make_role(), make_role()),
    }
    for model in nouns():
        for path, related in paths_to_pages(model).items():
            page, other = makers[model._meta.model_name](), hidden[related._meta.model_name]
            first, _, last = path.partition("__")
            if last:
                values = {"proficiency": 2} if last == "skill" else {}
                if first == "hirings":
                    make_hiring(page, **{last: other})
                else:
                    getattr(page, first).create(**{last: other}, **values)
            elif model._meta.get_field(first).many_to_many:
                getattr(page, first).add(other)
            else:
                model.objects.filter(pk=page.pk).update(**{first: other})
            assert f"Hidden ({status.label.lower()})" in found("hidden")[str(type(page).objects.get(pk=page.pk))], path
            tried += 1
    assert tried >= 9


def test_few_people_are_in_no_figure_and_five_are_told(client):
    """Neither on the page nor in the sheet. The aim is the goal, where there is one, else the wish."""
    role, other = make_role(title="=Liked()"), make_role(title="Hardly")
    for number in range(5):
        profile = make_profile(target_role=other if number else role)
        profile.saved_roles.create(role=role)
        profile.goals.create(role=role, criterion="fastest")
    for _ in range(4):
        make_profile(target_role=other).saved_roles.create(role=other)
    saved, aims, stalls = all_figures()
    assert [(bar.name, bar.people, bar.percent) for bar in saved.bars] == [("=Liked()", 5, 100)]
    assert [(bar.name, bar.people) for bar in aims.bars] == [("=Liked()", 5)]
    assert stalls.bars == []
    client.force_login(make_user(is_staff=True, is_superuser=True))
    sheet = client.get(f"{HEALTH}figures.csv")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    assert sheet.content.decode("utf-8-sig").splitlines() == [
        "Figure,Page,People",
        "Most saved roles,'=Liked(),5",
        "Roles most aimed at,'=Liked(),5",
    ]
    page = client.get(HEALTH).text
    assert '<rect width="100%"' in page
    assert "Hardly" not in page.partition("What people do with the guide")[2]


def test_offline_pages_that_people_keep_are_listed_from_five_people_on():
    """However they keep it; the same person twice is one."""
    kept, hardly, shown = (
        make_role(title=title, status=status)
        for title, status in (("Kept", Status.ARCHIVED), ("Hardly", Status.ARCHIVED), ("Shown", Status.PUBLISHED))
    )
    certification = make_certification(title="Ended", status=Status.ARCHIVED)
    for number in range(5):
        profile = make_profile(target_role=kept)
        profile.saved_roles.create(role=shown)
        make_plan(profile, certification)
        if number < 4:
            profile.saved_roles.create(role=kept)
            profile.saved_roles.create(role=hardly)
    assert found("kept") == {
        "Kept": "5 people said that they want to reach it.",
        "Ended": "5 people track it.",
    }
    profile.delete()
    assert found("kept") == {}


def test_plans_stall_at_a_step_of_the_guide_and_nobodys_own_words_are_told():
    steps = [("Read the book", 2), ("Book the exam", 1)]
    certification, now = make_certification(title="Slow", steps=steps), timezone.now()
    long_ago = now - timedelta(days=STALLED_AFTER + 1)

    def stands(own_title="Book the exam", lately=False):
        plan = make_plan(
            certification=certification,
            steps=[("Read the book", 2, long_ago.date()), (own_title, 1, None)],
            created_at=long_ago,
            changed_at=long_ago,
        )
        if lately:
            plan.entries.create(minutes=5, studied_on=now.date())

    for _ in range(4):
        stands()
    for _ in range(5):
        stands(own_title="Ask Maria for money")
        stands(lately=True)
    assert all_figures(now)[2].bars == []
    stands()
    assert [(bar.name, bar.people) for bar in all_figures(now)[2].bars] == [("Slow: Book the exam", 5)]
    CertificationPlan.objects.update(status="dropped")
    assert all_figures(now)[2].bars == []


def test_a_page_of_the_desk_says_once_where_one_is(editor):
    role = Role.objects.first()
    for page in (HEALTH, f"{HEALTH}ways/", f"{HEALTH}links/moved/", url_of(role, "history"), url_of(role)):
        assert editor.get(page).text.count('aria-label="Breadcrumbs"') == 1, page


PAGES = [HEALTH, f"{HEALTH}figures.csv", *(f"{HEALTH}{slug}/" for slug in CHECKS)]
PAGES += [f"{HEALTH}links/{slug}/" for slug in LISTS]


@pytest.mark.parametrize("group", ["editor", "publisher"])
def test_it_opens_for_editors_and_publishers(group, request):
    client = request.getfixturevalue(group)
    for page in PAGES:
        assert client.get(page).status_code == 200, page
        assert client.post(page).status_code in (403, 405), page
    for nothing in (f"{HEALTH}nothing/", f"{HEALTH}links/nothing/"):
        assert client.get(nothing).status_code == 404
    pages = [client.get(f"{HEALTH}incomplete/?page={number}").text for number in range(1, 5)]
    assert any(f'href="{url_of(Role.objects.filter(team_size="").first())}"' in page for page in pages)


def test_readers_are_refused_visitors_sign_in_and_staff_without_the_guide_see_nothing_of_it():
    reader, staff = Client(), Client()
    reader.force_login(make_user())
    staff.force_login(make_user(is_staff=True))
    for page in PAGES:
        assert reader.get(page, follow=True).status_code == 403
        assert staff.get(page).status_code == 403
        assert Client().get(page, follow=True).redirect_chain[-1][0].startswith(reverse("account_login"))


LONG_SENTENCE = f"You ask {'and you wait ' * 10}until it is done."


def test_a_page_that_is_hard_to_read_says_which_words_in_the_list_and_in_its_form(editor):
    role = make_role(title="Hard", outlook=f"It is easy. {LONG_SENTENCE}")
    make_role(title="Easy", outlook="It is easy.")
    make_role(title="Draft", outlook=LONG_SENTENCE, status=Status.DRAFT)
    said = "1 long sentence (over 25 words): “You ask and you wait and …” in outlook (36 words)."
    assert found("reading") == {"Hard": said}
    assert said in html.unescape(editor.get(url_of(role)).text)
    save(editor, role, outlook="It is easy. It stays so.")
    assert said not in html.unescape(editor.get(url_of(role)).text), "the draft is what is read there"
    assert found("reading") == {"Hard": said}, "readers still have the long one"
    Role.objects.filter(pk=role.pk).update(outlook="Short.")
    assert found("reading") == {}


def test_a_page_of_hard_words_says_its_grade():
    hard = "International organisational considerations necessitate administrative specialisation. " * 9
    make_company(name="Hard", notes=hard)
    assert found("reading")["Hard"].startswith("Reading level: grade ")


def test_each_list_leads_to_all_and_its_last_page_has_an_end(editor):
    for number in range(60):
        make_skill(name=f"Untaught {number:02}")
    shown = {row["skill"][0] for row in fields_in_fixtures("certificationskill")}
    untaught = 60 + sum(row["slug"] not in shown for row in fields_in_fixtures("skill"))
    assert re.search(rf'href="/admin/guide-health/skills/">See all {untaught} pages', editor.get(HEALTH).text)
    first, last = editor.get(f"{HEALTH}skills/").text, editor.get(f"{HEALTH}skills/?page=99").text
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in last
    assert first.count('class="finding"') + last.count('class="finding"') == untaught
    assert ">Next<" in first
    assert ">Next<" not in last


def test_no_page_of_it_costs_more_with_more_of_everything(editor):
    def more():
        for _ in range(3):
            skill, industry = make_skill(), make_industry(status=Status.DRAFT)
            role = make_role(skills={skill: 2}, industries=[industry], level=Level.LEAD, checked_on=date(2020, 1, 1))
            make_move(role, make_role(), source_name="", status=Status.DRAFT)
            booked(make_certification(validity_known=False), 1)
            make_company(checked_on=date(2020, 1, 1))
            make_book(checked_on=date(2020, 1, 1), source_name="", status=Status.DRAFT)

    more()
    for _ in range(5):
        make_profile(target_role=Role.objects.first()).saved_roles.create(role=Role.objects.first())
    editor.get(HEALTH)  # how hard pages are to read is kept until they change
    before = {page: queries_of_page(editor, page) for page in PAGES}
    more()
    more()
    editor.get(HEALTH)
    dearer = [page for page in PAGES if queries_of_page(editor, page) > before[page]]
    assert dearer == []
    assert before[HEALTH] < 60


def test_the_form_of_a_page_says_how_complete_its_draft_is(editor):
    role = Role.objects.get(slug="team-leader")
    Role.objects.filter(pk=role.pk).update(**FULL_ROLE)
    assert "10 of 10 complete." in editor.get(url_of(role)).text
    save(editor, role, outlook="")
    assert "9 of 10 complete. Missing: outlook." in editor.get(url_of(role)).text


def test_a_list_says_how_complete_each_page_is_and_that_costs_one_query(editor):
    role = Role.objects.get(slug="team-leader")
    Role.objects.filter(pk=role.pk).update(**{**FULL_ROLE, "outlook": ""})
    roles, questions = (reverse(f"admin:careers_{noun}_changelist") for noun in ("role", "question"))
    assert '<meter max="10" value="9" aria-hidden="true"></meter> 9 of 10<' in editor.get(roles).text
    assert "field-complete" not in editor.get(questions).text, "a question has no parts"
    before = queries_of_page(editor, roles)
    for number in range(10):
        make_role(title=f"Another {number}")
    assert queries_of_page(editor, roles) == before


def test_a_form_says_how_much_there_is_to_read(editor):
    role = make_role(title="Short", duties="word " * 590)
    said = re.search(r"(\d+) words, about (\d) minutes to read\.", editor.get(url_of(role)).text)
    assert int(said[1]) > 590
    assert said[2] == "3"


def test_the_text_that_roles_take_papers_from_says_which_and_how_to_write_them(editor):
    section = Section.objects.get(slug="what-to-have-ready")
    save(editor, section, points="CV: One page.\nPhotos: Two.\nMark sheets: Originals.")
    page = html.unescape(editor.get(url_of(section)).text)
    assert "Roles list these papers from the points: Photos and Mark sheets." in page
    save(editor, section, points="CV: One page.")
    assert "and find none in them" in html.unescape(editor.get(url_of(section)).text), "of the draft"
    assert "Roles list" not in editor.get(url_of(make_section())).text
