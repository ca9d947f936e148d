"""What the guide promises of its content: the whole article is there, and every page carries what readers rely on."""

import re
from urllib.parse import urlsplit

import pytest

from careers.desk.selectors.completeness import incomplete
from careers.guide.models.books import Book
from careers.guide.models.certifications import Certification
from careers.guide.models.companies import Company
from careers.guide.models.hiring import Hiring
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import lines
from careers.guide.models.questions import Question
from careers.guide.models.roles import Role
from careers.guide.models.sections import Section
from careers.guide.models.skills import Proficiency, Skill
from careers.guide.rules.changes import LABELS

pytestmark = pytest.mark.usefixtures("guide")


def from_the_article(model):
    return model.objects.published().filter(is_addition=False)


def test_everything_that_the_article_lists_is_there():
    assert from_the_article(Role).entry().count() == 4
    growth = set(from_the_article(Role).above_entry().values_list("title", flat=True))
    assert growth == {
        "Team Leader",
        "Process Trainer",
        "Quality Analyst",
        "Operations Manager",
        "Transition / Migration Manager",
        "Client Relationship Manager",
    }
    counts = {Skill: 6, Certification: 5, Industry: 7, Company: 8, Book: 3, Question: 4}
    assert {model: from_the_article(model).count() for model in counts} == counts
    listed = set(from_the_article(Section).values_list("listing", flat=True))
    assert set(Section.Listing.values) - listed == {Section.Listing.METRICS}


def test_what_was_added_says_so_and_where_it_comes_from():
    added = Role.objects.filter(is_addition=True)
    assert set(added.values_list("title", flat=True)) == {
        "Senior Associate",
        "Subject Matter Expert",
        "Workforce Management Analyst",
        "Telesales Executive",
        "Collections Executive",
        "Content Moderator",
        "Medical Coder",
        "MIS Executive",
    }
    for noun in (Role, Skill, Metric, Certification):
        for one in noun.objects.filter(is_addition=True):
            said = f"{one.source_name} {one.further_sources}"
            assert one.source_url or "editors" in said or "ESCO" in said, one
            assert one.checked_against, one


def test_roles_that_people_search_are_complete_as_the_desk_counts_it():
    slugs = ["telesales-executive", "collections-executive", "content-moderator", "medical-coder", "mis-executive"]
    searched = Role.objects.published().filter(slug__in=slugs)
    assert searched.count() == len(slugs)
    assert not incomplete(Role).filter(slug__in=slugs)
    for role in searched.for_page():
        assert role.ways_on, role
        assert role.ways_out, role
        assert "http" in role.further_sources, role
        assert role.nights_note, "it says where nights come, or that no source does"
        assert role.degree_note, role


def test_every_role_has_what_a_seeker_asks():
    for role in Role.objects.for_detail():
        assert len(role.alternate_titles.all()) >= 3, role
        assert len(role.role_skills.all()) >= 5, role
        assert any(row.is_essential for row in role.role_skills.all()), role
        assert len(role.role_metrics.all()) >= 4, role
        assert role.role_certifications.all(), role
        assert role.industries.all(), role
        assert len(lines(role.duties)) >= 5, role
        assert role.day_at_work, role
        assert role.tools, role
        assert role.onet_code or role.esco_code or role.code_note, role


def test_every_metric_is_explained_and_used():
    for metric in Metric.objects.published():
        assert metric.explanation, metric
        assert metric.roles.exists(), metric


def test_every_skill_has_five_different_descriptors_to_the_reader():
    for skill in Skill.objects.published():
        texts = [text for _, _, text in skill.descriptors]
        assert len(set(texts)) == len(Proficiency), skill
        assert all(text.startswith("You ") for text in texts), skill


def test_every_certification_has_steps_and_credits_and_every_hour_says_where_it_comes_from():
    for one in Certification.objects.published().for_page():
        assert len(one.steps.all()) >= 4, one
        assert one.credits.all(), one
        assert one.hours_note, one
        # Training that three platforms give has no page of one issuer.
        assert one.official_url.startswith("https://") or "," in one.issuer, one


def test_company_links_are_https_and_books_name_no_publisher_that_nobody_saw():
    assert all(company.careers_url.startswith("https://") for company in Company.objects.all())
    assert not from_the_article(Book).exclude(publisher="").exists()
    assert all(book.listing_note for book in Book.objects.all())


def test_books_that_somebody_confirmed_are_added_and_marked(client):
    added = Book.objects.published().filter(is_addition=True)
    assert added.count() == 2
    assert all(book.publisher and book.source_url for book in added)
    assert added.get(isbn="9780470678404").title == "Call Centers For Dummies"
    page = client.get("/books/").content.decode()
    assert page.count("added to the source article") == 2


def test_every_job_has_its_source_and_leads_to_the_companys_own_page():
    assert Hiring.objects.count() >= 40
    for job in Hiring.objects.select_related("company"):
        assert job.source_url.startswith("https://"), job
        own = urlsplit(job.company.careers_url).hostname.split(".")[-2:]
        assert urlsplit(job.official_url).hostname.split(".")[-2:] == own, job
        assert not re.search(r"(?i)\b(lakh|LPA)\b|!", str(job.rules)), job
    # Of Wipro no source was found that says whom it hires for BPO work.
    assert set(Company.objects.filter(hirings=None).values_list("slug", flat=True)) == {"wipro"}


def test_every_role_and_industry_says_who_hires_or_that_no_source_was_found_and_what_to_do(client):
    without = {}
    for model in (Role, Industry):
        without[model] = set()
        for one in model.objects.published():
            page = client.get(one.get_absolute_url()).text
            _, section = page.split('<h2 id="hires">Who hires for this</h2>')
            section = section.split("</section>")[0]
            named = section.count('<li class="hiring">')
            assert named == one.hirings.count(), one
            if not named:
                without[model].add(one.slug)
                assert "We found no source that says which company hires for this" in section, one
                assert "Look for it on the companies’ own careers pages" in section, one
                assert re.search(r'<a href="(/roles/[a-z-]+/apply/|/companies/)">Where to apply</a>', section), one
    assert not without[Industry]
    assert without[Role] == {
        "data-entry-operator",
        "telesales-executive",
        "medical-coder",
        "mis-executive",
        "transition-manager",
        "client-relationship-manager",
    }


def test_nothing_is_said_of_pay_and_nothing_shouts():
    for model in (Role, Skill, Certification, Industry, Company, Question, Section):
        for values in model.objects.values():
            text = " ".join(str(value) for name, value in values.items() if name != "search_words")
            assert "!" not in text, values["slug"]
            assert not re.search(r"(?i)\b(per month|a month salary|lakh|per annum|LPA)\b", text), values["slug"]


def test_every_fact_of_a_role_has_a_name_by_which_its_change_is_told():
    assert Role.objects.for_detail().first().facts.keys() == LABELS.keys()
