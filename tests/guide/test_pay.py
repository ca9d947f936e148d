"""Pay as rows of a role: what is drawn of it, what is said, what may be kept."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.guide.models.pay import RolePay
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.models.triggers import GUIDE_ROWS, OCCUPATIONS
from careers.guide.rules.pay import Spread, bar_of, scale_end
from careers.guide.selectors.pay import pay_lines, pay_of
from tests import factories as make
from tests.desk.forms import save, url_of
from tests.queries import queries_of_pages

amounts = st.decimals(min_value="0.5", max_value=9_999_999, places=2)
spreads = st.lists(amounts, min_size=5, max_size=5).map(lambda five: Spread(*sorted(five)))
BLS = {"low": 31750, "lower": 36870, "median": 44770, "upper": 51780, "high": 63590}


def words_of(page):
    return " ".join(re.sub("<[^>]*>", "", page).split())


@given(st.lists(spreads, min_size=1, max_size=6))
def test_all_that_shares_a_scale_stands_on_it_in_order(every):
    end = scale_end(every)
    most = max(max(one.known) for one in every)
    assert most <= end <= max(Decimal(1), most * Decimal("2.5"))
    for one in every:
        bar = bar_of(one, end)
        assert 0 <= bar.ends[0] <= bar.quarters[0] <= bar.median <= 100
        assert bar.ends[0] + bar.ends[1] <= 100.1
        assert abs(bar.median - float(one.median * 100 / end)) <= 0.051


@given(st.lists(spreads, min_size=2, max_size=2))
def test_more_pay_never_stands_further_left(two):
    end = scale_end(two)
    (one, other) = sorted(two, key=lambda spread: spread.median)
    assert bar_of(one, end).median <= bar_of(other, end).median


def test_a_median_alone_has_no_ends_and_an_average_no_picture():
    assert bar_of(Spread(median=Decimal(50)), Decimal(100)).median == 50
    assert bar_of(Spread(median=Decimal(50)), Decimal(100)).ends is None
    assert bar_of(Spread(), Decimal(100)) is None
    assert scale_end([]) == 1


@pytest.mark.django_db
class TestOfARole:
    def test_each_country_is_for_itself_and_those_without_a_figure_are_named(self):
        role = make.make_role()
        make.make_pay(role, occupation="Clerks", **BLS)
        make.make_pay(role, country="PH", currency="PHP", period="month", median=None, average=21544, occupation="All")
        pay = pay_of(role)
        assert [country.name for country in pay.countries] == ["Philippines", "United States"]
        assert [line.sentence for country in pay.countries for line in country.lines] == [
            "₱21,544 a month on average, May 2025.",
            "Half earned more than US$44,770 a year, half less, in May 2025. "
            "Eight in ten earned US$31,750 to US$63,590.",
        ]
        assert pay.silent == "For India we found no official figure for this job."

    def test_roles_side_by_side_share_a_scale_within_one_country_money_and_period_only(self):
        one, other = make.make_role(), make.make_role()
        make.make_pay(one, median=40_000)
        make.make_pay(other, median=80_000)
        make.make_pay(other, median=20, period="hour")
        lines = pay_lines([one, other])
        assert [line.bar.median for line in [*lines[one.pk], *lines[other.pk]]] == [50, 100, 100]

    def test_readers_find_it_on_the_page_and_in_the_comparison(self, client):
        one, other = make.make_role(title="Agent"), make.make_role(title="Clerk")
        make.make_pay(one, occupation="Customer Service Representatives", note="In all industries", **BLS)
        page = client.get(one.get_absolute_url()).content.decode()
        assert "Half earned more than US$44,770 a year" in page
        assert "In all industries: Customer Service Representatives" in page
        assert "For India and the Philippines we found no official figure" in page
        assert "we found no official figure" in client.get(other.get_absolute_url()).content.decode()
        compared = client.get(reverse("role-compare"), {"role": [one.slug, other.slug]}).content.decode()
        assert "US$44,770 a year" in compared
        assert "No official figure found" in compared

    def test_nothing_of_it_stands_between_roles_that_have_none(self, client):
        roles = [make.make_role() for _ in range(2)]
        compared = client.get(reverse("role-compare"), {"role": [role.slug for role in roles]}).content.decode()
        assert "No official figure" not in compared

    def test_the_picture_has_its_table_on_the_page_and_in_the_comparison(self, client):
        one, other = make.make_role(), make.make_role()
        for role in (one, other):
            make.make_pay(role, occupation="Clerks", occupation_code="43-9061", **BLS)
        bar = pay_of(one).countries[0].lines[0].bar
        shapes = [
            f'<rect class="pay-ends" x="{bar.ends[0]}%" y="11" width="{bar.ends[1]}%"',
            f'<rect class="pay-quarters" x="{bar.quarters[0]}%" y="6" width="{bar.quarters[1]}%"',
            f'<circle class="pay-middle" cx="{bar.median}%"',
        ]
        page = client.get(one.get_absolute_url()).text.partition('<section aria-labelledby="pay">')[2]
        compared = client.get(reverse("role-compare"), {"role": [one.slug, other.slug]}).text
        for shape in shapes:
            assert page.count(shape) == 1, shape
            assert compared.count(shape) == 2, shape
        table = page.partition("<caption>Clerks (43-9061), a year, May 2025</caption>")[2].partition("</table>")[0]
        assert re.findall("<th scope=.row.>(.*?)</th><td>(.*?)</td>", table) == pay_of(one).countries[0].lines[0].steps
        assert compared.count("US$44,770 a year") == 2, "in words, where there is no picture"

    def test_it_says_with_what_it_was_compared_and_so_must_who_writes_it(self, client):
        role, question = make.make_role(), make.make_question(slug="pay")
        row = make.make_pay(role, checked_on=date(2026, 11, 21), checked_against="file", **BLS)
        general = make.make_country_pay(question, checked_on=date(2026, 11, 20), checked_against="copy")
        page = client.get(role.get_absolute_url()).text
        assert "Bureau of Labor Statistics · compared with a file of the release on 21 November 2026" in words_of(page)
        answer = client.get(reverse("question-list")).text
        for text in (page, answer):
            assert "Statistics Authority · compared with a stored copy on 20 November 2026" in words_of(text)
        for pay in (row, general):
            pay.checked_against, pay.checked_on = "", None
            with pytest.raises(ValidationError) as refused:
                pay.full_clean()
            assert set(refused.value.message_dict) == {"checked_on", "checked_against"}
            pay.checked_on, pay.checked_against = date(2999, 1, 1), "copy"
            with pytest.raises(ValidationError, match="still to come"):
                pay.full_clean()

    def test_an_editor_writes_it_in_the_form_of_the_role(self, publisher, client):
        role = Role.objects.get(slug="customer-service-executive")
        row = role.pay_figures.get(country="US")
        assert "Pay, as official sources say it" in publisher.get(url_of(role)).text
        place = list(role.pay_figures.all()).index(row)
        save(publisher, role, _publish="1", **{f"pay_figures-{place}-median": "45001"})
        assert "US$45,001 a year" in client.get(role.get_absolute_url()).text

    @pytest.mark.parametrize("wrong", [{"low": 50_000, "high": 70_000}, {"lower": 40_000}, {"median": None}])
    def test_figures_that_cannot_be_are_refused_in_words(self, wrong):
        row = RolePay(role=make.make_role(), country="US", occupation="Clerks", currency="USD", as_of="2025")
        row.source_name = "BLS"
        for name, value in {"median": 44_770, **wrong}.items():
            setattr(row, name, value)
        with pytest.raises(ValidationError, match=r"go together|rise from|median or the average"):
            row.full_clean()


@pytest.mark.django_db
class TestOfACountry:
    def test_each_is_said_as_what_it_is(self):
        question = make.make_question()
        rows = [
            make.make_country_pay(question),
            make.make_country_pay(question, measure="median", amount="1500.50", currency="INR", period="day"),
            make.make_country_pay(question, measure="floor", amount=755, period="day"),
            make.make_country_pay(question, measure="premium", amount=None, currency="", period="", percent="12.50"),
            make.make_country_pay(
                question, measure="premium", amount=None, currency="", period="", in_words="twice the normal rate"
            ),
        ]
        for row in rows:
            row.refresh_from_db()
        assert [row.said for row in rows] == [
            "₱21,544 a month on average",
            "half earned more than ₹1,500.50 a day, half less",
            "at least ₱755 a day",
            "at least 12.5% more",
            "twice the normal rate",
        ]

    def test_readers_find_it_under_its_answer_and_as_context_on_roles(self, client):
        question, role = make.make_question(slug="pay"), make.make_role()
        make.make_country_pay(question, about="Everybody at work", source_url="https://psa.example/", licence="CC BY")
        make.make_country_pay(question, about="Elsewhere", country="SG", currency="SGD", amount=2000)
        answer = client.get(reverse("question-list")).text
        assert re.search(r"Everybody at work</th><td>₱21,544 a month on average", answer)
        assert "Elsewhere" in answer
        assert 'href="https://psa.example/"' in answer
        page = client.get(role.get_absolute_url()).text
        assert "This holds for all jobs there, not only BPO." in page
        assert "Everybody at work" in page
        assert "Elsewhere" not in page, "where most readers do not look for work"
        assert f"{reverse('question-list')}#pay" in page
        question.status = "draft"
        question.save()
        assert "Everybody at work" not in client.get(role.get_absolute_url()).text

    def test_it_costs_the_same_for_one_question_and_for_many(self, client):
        def more():
            question = make.make_question()
            for number in range(3):
                make.make_country_pay(question, about=f"Number {number}")

        more()
        few = queries_of_pages(client, [reverse("question-list"), make.make_role().get_absolute_url()])
        for _ in range(5):
            more()
        assert list(queries_of_pages(client, few).values()) <= list(few.values())

    def test_an_editor_writes_it_in_the_form_of_the_question_and_a_draft_is_nobody_elses(self, publisher, client):
        question = Question.objects.get(slug="pay")
        row = question.country_pay.get(about="Overtime", country="PH")
        assert "Pay in countries" in publisher.get(url_of(question)).text
        change = {f"country_pay-{place}-percent": "27" for place in [list(question.country_pay.all()).index(row)]}
        save(publisher, question, **change)
        assert "27% more" not in client.get(reverse("question-list")).text
        row.refresh_from_db()
        assert row.percent == 25


def test_whoever_edits_pages_edits_the_rows_that_hang_on_them():
    """Rows that a group has no right to are not in the forms of its members at all."""
    groups = json.loads((settings.BASE_DIR / "fixtures" / "groups.json").read_text())
    rows = {row for row, page in GUIDE_ROWS.items() if page != OCCUPATIONS}
    for group in groups:
        named = {tuple(permission) for permission in group["fields"]["permissions"]}
        needed = {(f"{act}_{row}", "careers", row) for act in ("add", "change", "delete", "view") for row in rows}
        assert needed - named == set(), group["fields"]["name"]
