"""A word that stands only in drafts is nowhere where readers look, and everywhere once the drafts are published."""

import io
import re
import zipfile
from datetime import timedelta
from functools import partial
from operator import attrgetter

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pypdf.errors import PdfReadError

from careers.desk.services.drafts import editing, publish_draft, save_draft
from careers.fields.models.texts import Plain
from careers.guide.models.certifications import Certification
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import fields_of, hanging_rows, row_fields_of
from careers.guide.services.versions import current_version
from careers.people.views.requests import GUEST
from tests.desk.forms import url_of
from tests.desk.test_drafts import NOUNS
from tests.factories import make_collection, make_held, make_plan, make_profile
from tests.own_pages import own_addresses, public_addresses
from tests.paper import once_made
from tests.whole_person import fill

WORD = "Zyxquor"
SEARCHES = ["/search/?q=zyxquor", "/search/suggest/?q=zyxquor", "/roles/?q=zyxquor", "/search/?q=zyxquorr"]


def marked(model, content):
    """The content with the word in each text of the page and of its rows."""
    rows = {
        relation: [
            {**entry, "fields": marked_values(entry["fields"], row_fields_of(*hanging_rows(model)[relation]))}
            for entry in entries
        ]
        for relation, entries in content["rows"].items()
    }
    return {**content, "fields": marked_values(content["fields"], fields_of(model)), "rows": rows}


def marked_values(values, columns):
    def is_text(name):
        column = columns[name]
        room = (column.max_length or 10_000) - len(str(values[name])) > len(WORD)
        return isinstance(column, Plain) and not column.choices and values[name] and room

    codes = ("onet_code", "esco_code", "fee_currency", "licence_url", "further_sources")
    return {name: f"{WORD} {value}" if is_text(name) and name not in codes else value for name, value in values.items()}


@pytest.fixture
def drafted(publisher):
    """A page of each noun with a draft that has the word everywhere."""
    make_collection()
    chosen = {Role: Role.objects.get(slug="team-leader")}
    chosen[Move] = Move.objects.published().between_roles().filter(from_role=chosen[Role]).first()
    pages = [chosen.get(noun) or noun.objects.published().first() for noun in NOUNS]
    with editing():
        for page in pages:
            version = current_version(page)
            content = marked(type(page), version.content)
            assert content_digest(content) != version.digest
            save_draft(page=page, content=content, opened=version, by=None)
    return pages


@pytest.fixture
def asha(drafted):
    """A guest with something of everything, of the drafted pages too, in a browser of their own: `publisher` has the
    one that `guest` has.
    """
    client = Client()
    client.profile = make_profile()
    session = client.session
    session[GUEST] = client.profile.pk
    session.save()
    fill(client.profile, mark="asha")
    use(client.profile, {type(page): page for page in drafted})
    return client


def use(profile, pages):
    """Plan, hold and aim at what is drafted."""
    exam = {"status": "booked", "exam_at": timezone.now() + timedelta(days=30), "exam_zone": "Asia/Manila"}
    make_plan(profile, pages[Certification], **exam)
    make_held(profile, pages[Certification])
    profile.target_role = pages[Role]
    profile.save()


def public_pages(client):
    paths = re.findall(r"<loc>(?:https?://[^/<]+)?(/[^<]*)</loc>", client.get("/sitemap.xml").text)
    role = Role.objects.get(slug="team-leader")
    more = [
        f"/paths/?around={role.slug}",
        f"/paths/plan/?from=new&to={role.slug}",
        f"/roles/compare/?role={role.slug}&role=data-entry-operator",
        "/sitemap.xml",
        "/robots.txt",
        "/occupations/",
    ]
    return sorted({*paths, *public_addresses(), *more, *SEARCHES})


def crawled(client, addresses):
    """{address: text} of what is shown, with what a PDF or a packed file has inside."""
    found = {}
    for address in addresses:
        response = once_made(partial(client.get, address), attrgetter("status_code"))
        if response.status_code != 200:
            continue
        body = response.getvalue()
        if body.startswith(b"%PDF"):
            found[address] = words_of_pdf(body)
        elif body.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(body)) as packed:
                found[address] = " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
        else:
            found[address] = body.decode("utf-8", "replace")
    return found


def words_of_pdf(body):
    """A file that a person keeps may be a PDF by its first letters only."""
    try:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    except PdfReadError:
        return body.decode("utf-8", "replace")


def where_it_is(texts):
    """What was looked for is said again: those words are the reader's own, and written small."""
    return sorted(address for address, text in texts.items() if WORD in text)


def test_acceptance_2_a_draft_is_nowhere_where_readers_look_until_it_is_published(drafted, publisher, asha):
    reader, pages = Client(), public_pages(Client())
    feed = reverse("calendar-feed", args=[asha.profile.calendar_feeds.get().token])
    own = [*dict(reversed(own_addresses(asha.profile))).values(), feed]
    assert len(pages) > 60
    assert len(own) > 30
    # What editors look at first could be kept, and shown to others.
    for page in drafted:
        assert WORD in publisher.get(url_of(page)).text
        publisher.get(url_of(page, "preview"))
    for at in ("/", "/roles/", "/paths/", "/guide/", *SEARCHES):
        publisher.get(url_of(drafted[NOUNS.index(Role)], "preview"), {"at": at})
    texts = crawled(reader, pages)
    assert len(texts) > 60
    assert where_it_is(texts) == []
    texts = crawled(asha, [*pages[::8], *own])
    assert "asha" in texts[reverse("me-pdf")]
    assert where_it_is(texts) == []
    files = [*map(reverse, ("me-pdf", "cv-pdf", "cv-download", "calendar-download")), feed]
    assert {*files} <= {*texts}

    with editing():
        for page in drafted:
            publish_draft(page=page, by=None)
    shown = {page: page.get_absolute_url().partition("#")[0] for page in drafted if hasattr(page, "get_absolute_url")}
    slug = drafted[NOUNS.index(Role)].slug
    everywhere = [
        *SEARCHES[:3],
        "/guide/",
        f"/paths/?around={slug}",
        f"/paths/plan/?from=new&to={slug}",
        f"/roles/compare/?role={slug}&role=data-entry-operator",
    ]
    texts = crawled(Client(), [*shown.values(), *everywhere, "/sitemap.xml"])
    assert [path for path in [*shown.values(), *everywhere] if WORD not in texts[path]] == []
    missing = [path for path in shown.values() if f"{path}</loc>" not in texts["/sitemap.xml"]]
    assert missing == []
    assert where_it_is(crawled(asha, files)) == sorted(files)
