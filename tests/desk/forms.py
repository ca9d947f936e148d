"""A page's form at the desk, opened and sent as a browser does."""

import re

from django.urls import reverse

from tests.as_sent import as_sent


def url_of(page, name="change", *args):
    return reverse(f"admin:careers_{page._meta.model_name}_{name}", args=[page.pk, *args])


def opened(client, page, query=""):
    """{name: values} of the form as it stands there."""
    response = client.get(f"{url_of(page)}{query}")
    assert response.status_code == 200
    return as_sent(response.text, form_id=f"{page._meta.model_name}_form")


def send(client, page, form, query="", **changes):
    """`changes` take the place of fields; one that is None is left out, as a box without its tick is."""
    form = {name: value for name, value in (form | changes).items() if value is not None}
    buttons = {} if any(name in form for name in ("_publish", "_review", "_look", "_save")) else {"_save": "Save draft"}
    answer = client.post(f"{url_of(page)}{query}", form | buttons)
    return pressed(client, page, answer) if "_publish" in form else answer


def pressed(client, page, answer):
    """The answer once what else changes was looked at, where "Save and publish" has led there."""
    url = url_of(page, "act", "publish")
    if answer.status_code != 302 or answer["Location"] != url:
        return answer
    return client.post(url, as_sent_of_act(client, url))


def save(client, page, **changes):
    return send(client, page, opened(client, page), **changes)


def publish(client, page, **text):
    """By the page that asks first."""
    url = url_of(page, "act", "publish")
    seen = as_sent_of_act(client, url)
    return client.post(url, {**seen, **text}, follow=True)


def as_sent_of_act(client, url):
    """The hidden fields of a page that asks before something is done."""
    return dict(re.findall(r'<input type="hidden" name="(seen)" value="(\d+)">', client.get(url).text))


def discard(client, page):
    url = url_of(page, "act", "discard")
    return client.post(url, as_sent_of_act(client, url))


def restore(client, page, number):
    """By the page that asks first."""
    url = url_of(page, "restore", number)
    return client.post(url, as_sent_of_act(client, url), follow=True)


def do_to_many(client, act, *pages, **changes):
    """An act of the list on some pages, by the page that asks first."""
    url = reverse(f"admin:careers_{pages[0]._meta.model_name}_changelist")
    keys = {"action": act, "_selected_action": [page.pk for page in pages]}
    return client.post(url, {**asked_of_many(client.post(url, keys)), **changes}, follow=True)


def asked_of_many(answer):
    """The form of the page that asks before something is done to many."""
    found = re.findall(r'<input type="hidden" name="(action|post|seen|_selected_action)" value="(\w+)">', answer.text)
    keys = [value for name, value in found if name == "_selected_action"]
    return {**dict(found), "_selected_action": keys}


def row_of(form, prefix, **values):
    """“role_skills-2”: the row of a form whose fields have these values."""
    for number in range(int(form[f"{prefix}-TOTAL_FORMS"][0])):
        if all(form.get(f"{prefix}-{number}-{name}") == [str(value)] for name, value in values.items()):
            return f"{prefix}-{number}"
    raise AssertionError(values)
