"""Jobs for which companies hire: on the pages of role, industry and company, in the list for applying, at the desk."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from careers.guide.models.hiring import RULES, Hiring
from careers.guide.models.roles import Role
from careers.guide.models.triggers import GUIDE_ROWS, OCCUPATIONS
from careers.guide.models.versions import Version
from careers.guide.selectors.hiring import PAPERS
from careers.search.services.searching import find
from tests import factories as make
from tests.desk.forms import opened, publish, save
from tests.desk.staff import client_of, held_by
from tests.queries import queries_of_pages

pytestmark = pytest.mark.django_db
LATER = date(2999, 1, 1)


def apply_url(role):
    return reverse("role-apply", args=[role.slug])


class TestPages:
    def test_a_role_and_an_industry_name_who_hires_with_rules_source_and_day(self, client):
        role, industry = make.make_role(), make.make_industry()
        company = make.make_company(name="Large Firm")
        make.make_hiring(
            company, job="Trainee", role=role, industry=industry, degree="Any degree", gap="At most 24 months"
        )
        for page in (role, industry):
            text = client.get(page.get_absolute_url()).text
            assert f'<a href="{company.get_absolute_url()}">Large Firm</a>: Trainee</h3>' in text
            assert "India, January 2026" in text
            assert "<dt>Degree</dt><dd>Any degree</dd>" in text
            assert "<dt>Gap in studies</dt><dd>At most 24 months</dd>" in text
            assert "<dt>Age</dt>" not in text, "nothing stands for what the source does not say"
            assert 'href="https://example.org/notice"' in text
            assert "compared with a stored copy on 22 November 2026" in text
            assert "A real employer never asks you for money" in text

    def test_where_no_source_was_found_that_is_said(self, client):
        role, industry, company = make.make_role(), make.make_industry(), make.make_company()
        make.make_hiring(make.make_company(status="draft"), role=role, industry=industry, job="Secret job")
        for page in (role, industry, company):
            text = client.get(page.get_absolute_url()).text
            assert "We found no" in text
            assert "Secret job" not in text
        make.make_hiring(company, role=role)
        assert "names no rule for getting in" in client.get(role.get_absolute_url()).text

    def test_a_company_has_a_page_with_its_jobs_and_links_to_what_readers_see(self, client):
        role, hidden = make.make_role(title="Agent"), make.make_role(title="Hidden", status="draft")
        company = make.make_company(notes="It moved in 2025.")
        make.make_hiring(company, role=role, industry=make.make_industry(name="Banking"))
        make.make_hiring(company, role=hidden)
        page = client.get(company.get_absolute_url()).text
        assert f'Role: <a href="{role.get_absolute_url()}">Agent</a>' in page
        assert "Banking" in page
        assert "Hidden" not in page
        assert "It moved in 2025." in page
        assert re.search(r'href="https://example.org/careers" rel="noopener noreferrer external"', page)
        assert company.get_absolute_url() in client.get("/companies/").text
        assert company.get_absolute_url() in client.get("/sitemap.xml").text

    def test_search_engines_are_told_what_the_page_says_and_no_name_ends_the_element(self, client):
        company = make.make_company(name="</script><b>Firm & Sons")
        page = client.get(company.get_absolute_url()).text
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        said = json.loads(data)
        assert said["name"] == company.name
        assert said["url"] == company.careers_url
        assert said["mainEntityOfPage"].endswith(company.get_absolute_url())
        assert said.keys() == {"@context", "@type", "name", "description", "url", "mainEntityOfPage"}

    def test_the_same_number_of_queries_for_one_job_and_for_many(self, client):
        role, industry, company = make.make_role(), make.make_industry(), make.make_company()
        addresses = [page.get_absolute_url() for page in (role, industry, company)] + [apply_url(role), "/companies/"]
        make.make_hiring(company, role=role, industry=industry)
        few = queries_of_pages(client, addresses)
        for _ in range(12):
            make.make_hiring(company, role=role, industry=industry)
            make.make_hiring(role=role, industry=industry)
        assert queries_of_pages(client, addresses) == few

    def test_a_company_is_found_by_a_job_it_hires_for(self):
        company = make.make_company(name="Large Firm")
        job = make.make_hiring(company, job="Payroll trainee", cities="Hanamkonda")
        assert [one.title for one in find("hanamkonda").entries] == ["Large Firm"]
        job.delete()
        assert not find("hanamkonda").entries


class TestApplying:
    def test_it_says_what_to_have_ready_and_leads_to_the_companies_own_pages(self, client):
        role = make.make_role(level=2)
        make.make_section(slug=PAPERS, points="CV: One page.\nPhotos: Two.", source_url="https://example.org/papers")
        one, other = make.make_company(name="One"), make.make_company(name="Other")
        make.make_hiring(one, role=role, job="Trainee", apply_url="https://www.one.example/jobs")
        make.make_hiring(one, role=role, job="Clerk", apply_url="https://www.one.example/jobs", position=1)
        assert apply_url(role) in client.get(role.get_absolute_url()).text
        page = client.get(apply_url(role)).text
        assert "CV</strong><p>One page.</p>" in page
        assert "https://example.org/papers" in page
        assert "Clerk (India, January 2026); Trainee (India, January 2026)" in page
        assert page.count('href="https://www.one.example/jobs" rel="noopener noreferrer external"') == 1
        assert ">one.example<" in re.sub(r"<svg.*?</svg>\s*", "", page), "the host tells whose page it is"
        assert page.index("Other companies in this guide") < page.index(other.get_absolute_url())
        assert "A real employer never asks you for money" in page

    def test_for_a_first_role_the_papers_stand_on_the_list_to_tick_which_leads_back(self, client):
        role = make.make_role()
        make.make_section(slug=PAPERS, points="CV: One page.\nPhotos: Two of passport size.")
        page, ready = client.get(apply_url(role)).text, client.get(reverse("role-ready", args=[role.slug])).text
        assert "Two of passport size." in ready
        assert "Two of passport size." not in page
        assert f'href="{reverse("role-ready", args=[role.slug])}"' in page
        assert f'href="{apply_url(role)}"' in ready

    def test_without_a_sourced_job_or_papers_it_still_leads_somewhere(self, client):
        role, company = make.make_role(level=2), make.make_company()
        page = client.get(apply_url(role)).text
        assert "We found no source that says which company hires for this role." in page
        assert company.careers_url in page
        assert "Have this ready" not in page


class TestTruth:
    def test_the_day_it_was_compared_has_come(self):
        job = make.make_hiring()
        job.checked_on = LATER
        with pytest.raises(ValidationError, match="still to come"):
            job.full_clean()


class TestDesk:
    def test_an_editor_adds_a_job_and_a_publisher_shows_it(self, client):
        company, role = make.make_company(), make.make_role()
        editor, publisher = client_of("Editor"), client_of("Publisher")
        fields = {
            "job": "Trainee",
            "country": "PH",
            "role": role.pk,
            "industry": "",
            **dict.fromkeys(RULES, ""),
            "age": "18 to 28",
            "apply_url": "",
            "as_of": "May 2026",
            "source_name": "A notice",
            "source_url": "https://example.org/",
            "checked_on": "2026-11-01",
            "checked_against": "copy",
            "position": 10,
            "id": "",
            "company": company.pk,
        }
        row = {f"hirings-0-{name}": value for name, value in fields.items()}
        assert save(editor, company, **row, **{"hirings-TOTAL_FORMS": 1}).status_code == 302
        assert not Hiring.objects.exists(), "readers see a draft when it is published"
        assert opened(editor, company)["hirings-0-age"] == ["18 to 28"]
        publish(publisher, company)
        job = company.hirings.get()
        assert (job.job, job.role, job.industry, job.age) == ("Trainee", role, None, "18 to 28")
        assert "18 to 28" in client.get(company.get_absolute_url()).text
        [row] = Version.objects.filter(model="careers.company").latest("pk").content["rows"]["hirings"]
        assert row["fields"]["role"] == role.pk

    def test_a_job_that_leads_nowhere_is_refused_in_words(self):
        company = make.make_company()
        job = make.make_hiring(company)
        answer = save(client_of("Editor"), company, **{"hirings-0-role": ""})
        assert "Choose the role that it is, or the industry." in answer.text
        assert Hiring.objects.get() == job

    @pytest.mark.parametrize("group", ["Editor", "Publisher"])
    def test_whoever_writes_a_page_may_write_each_row_that_hangs_on_it(self, group):
        rows = [row for row, noun in GUIDE_ROWS.items() if noun != OCCUPATIONS]
        wanted = {f"{act}_{row}" for row in rows for act in ("add", "change", "delete", "view")}
        assert wanted <= set(held_by(group))

    def test_a_role_that_goes_takes_its_jobs_along_and_no_other(self):
        role, industry = make.make_role(), make.make_industry()
        make.make_hiring(role=role)
        kept = make.make_hiring(industry=industry)
        Role.objects.filter(pk=role.pk).delete()
        assert list(Hiring.objects.all()) == [kept]
