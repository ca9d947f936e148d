"""Links of the guide lead where readers see that they lead, and pay is in the money of its country."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import URLField

from careers.fields.models.links import LinkField
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Country
from careers.guide.models.pay import CountryPay, RolePay
from careers.guide.rules.exercises import exercise_in
from careers.guide.selectors.hiring import Place
from careers.lib.links import host_of
from tests.whole_person import models_of_people

# Some a browser opens, at another host than the one that seems to stand there; others it does not open at all.
ELSEWHERE = {
    "a slash the other way": "https://other.example\\@tcs.com/",
    "a name before the host": "https://tcs.com@other.example/",
    "a name with a password": "https://tcs.com:80@other.example/",
    "a letter that looks like another": "https://t\u0441s.com/",
    "a host that nobody sees whole": "https://tcs\u200b.com/",
    "turned around": "https://tcs.com/\u202egpj.exe",
    "digits of another script": "https://\u0661\u0662.com/",
    "a K that is none": "https://\u212aarriere.example/",
    "a blank": "https://tcs.com/a\u00a0b",
    "no host": "https:///tcs.com",
    "half a host": "https://[tcs.com",
    "a script": "javascript:alert(1)//https://tcs.com",
    "a page in a link": "data:text/html,<h1>tcs.com</h1>",
    "files": "ftp://tcs.com/",
    "5 MB": "https://tcs.com" + "@" * 5_000_000,
}
PLAIN = {
    "https://www.TCS.com/careers?a=1&b=%20#top": "www.tcs.com",
    "http://127.0.0.1:8000": "127.0.0.1",
    "https://example.org/caf\u00e9": "example.org",
    "https://example.org?x=a@b\\c": "example.org",
}


@pytest.mark.parametrize("link", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_link_that_leads_elsewhere_is_none(link):
    assert host_of(link) == ""
    assert exercise_in(f"Go there. {link}").url == ""
    columns = [column for column in guide_columns() if isinstance(column, URLField)]
    assert len(columns) > 10
    for column in columns:
        with pytest.raises(ValidationError):
            column.clean(link, None)


def test_a_plain_link_says_its_host():
    assert {link: host_of(link) for link in PLAIN} == PLAIN
    assert Place(None, "https://www.tcs.com/careers", []).host == "tcs.com"


def test_all_links_of_the_guide_are_read_so_strictly():
    assert [str(column) for column in guide_columns() if type(column) is URLField] == []
    assert any(type(column) is LinkField for column in guide_columns())


def guide_columns():
    people = models_of_people()
    for model in apps.get_app_config("careers").get_models():
        if model not in people:
            yield from model._meta.concrete_fields


@pytest.mark.parametrize("code", ["$$$", "us", "<b>", "\u0663\u0664\u0665", "\u20b9", "US\u200b", "USD\n1", "ÅÄÖ"])
@pytest.mark.parametrize("model", [RolePay, CountryPay, Certification])
def test_a_currency_has_three_letters(model, code):
    column = model._meta.get_field("fee_currency" if model is Certification else "currency")
    assert column.clean(" usd", None) == "USD"
    with pytest.raises(ValidationError):
        column.clean(code, None)


@pytest.mark.parametrize("country", Country)
def test_pay_is_in_the_money_of_its_country(country):
    for model in (RolePay, CountryPay):
        model(country=country, currency=country.currency).clean()
        with pytest.raises(ValidationError, match="never converted") as refused:
            model(country=country, currency="EUR").clean()
        assert set(refused.value.message_dict) == {"currency"}
    CountryPay(country=country, currency="").clean()
