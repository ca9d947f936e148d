"""The address of every page of a person, found in the list of URLs: a new one is visited without being named here."""

from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.whole_person import models_of_people

# What the first word of a page's name is about; of others every key is tried.
ROWS = {"plan": "certificationplan", "step": "planstep", "entry": "studyentry", "item": "examitem",
        "attempt": "examattempt", "file": "evidencefile", "goal": "goalstep", "group": "savedgroup",
        "result": "timedresult"}  # fmt: skip


def own_addresses(profile):
    """[(URL name, address)] under /me/; of pages about one row with the key of every row of its kind."""
    keys = {}
    for model in models_of_people():
        if model._meta.app_label == "careers":
            keys[model._meta.model_name] = keys_of(model)
    everything = sorted({pk for some in keys.values() for pk in some})
    slugs = list(profile.saved_roles.values_list("role__slug", flat=True))
    found = []
    for one in get_resolver("careers.urls").url_patterns:
        if str(one.pattern).startswith("me/"):
            rows = keys.get(ROWS.get(one.name.partition("-")[0]), everything)
            args = {"pk": rows, "slug": slugs}.get(next(iter(one.pattern.converters), ""), [None])
            found += [(one.name, reverse(one.name, args=[] if arg is None else [arg])) for arg in args]
    return found


FORMS_ONLY = set()  # names of addresses that no GET opens, whoever asks: found out once
NO_PAGES = {"me-pdf", "data-download", "calendar-download"}


def pages_of(client, addresses):
    """(name, address, response) of those that show `client` a page: of each name the first, of "…-read" every one."""
    shown = set()
    for name, address in addresses:
        if name in FORMS_ONLY | NO_PAGES | shown:
            continue
        response = client.get(address)
        if response.status_code == 405:
            FORMS_ONLY.add(name)
        elif response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            if not name.endswith("-read"):
                shown.add(name)
            yield name, address, response


def keys_of(model):
    return [pk for pk in model._default_manager.values_list("pk", flat=True) if isinstance(pk, int)]


def public_addresses():
    """Of the pages that are there without any row; and of one of each page that is."""
    found = []
    for one in get_resolver("careers.urls").url_patterns:
        if not str(one.pattern).startswith("me/"):
            try:
                found.append(reverse(one.name))
            except NoReverseMatch:
                continue
    nouns = [model for model in apps.get_app_config("careers").get_models() if hasattr(model, "get_absolute_url")]
    return [*found, *(row.get_absolute_url() for model in nouns for row in model._default_manager.all()[:1])]
