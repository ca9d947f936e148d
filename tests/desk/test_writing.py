"""Every text of the desk's forms says how long it may get, and the browser checks its spelling where it is prose."""

import pytest
from django.contrib import admin
from django.db import models

from careers.desk.admin.publishing import GuideAdmin
from careers.fields.models.texts import LineField, TextField

DESKS = [desk for desk in admin.site._registry.values() if isinstance(desk, GuideAdmin)]
CODES = {
    "onet_code",
    "esco_code",
    "fee_currency",
    "isbn",
    "abbreviation",
    "release",
    "search_words",
    "currency",
    "occupation_code",
}
CODES |= {"further_sources", "source_name", "slug"}


def texts_of(desk, request):
    """(column, its field in the form) of a page and of its rows."""
    forms = [(desk.model, desk.get_form(request))]
    for inline in desk.get_inline_instances(request):
        forms.append((inline.model, inline.get_formset(request).form))
    for model, form in forms:
        for name, field in form.base_fields.items():
            column = next((one for one in model._meta.fields if one.name == name), None)
            if isinstance(column, LineField | TextField | models.SlugField | models.URLField):
                yield column, field


@pytest.mark.django_db
@pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.opts.model_name)
def test_prose_is_spelt_by_the_browser_and_codes_and_addresses_are_not(desk, rf, admin_user):
    request = rf.get("/")
    request.user, seen = admin_user, 0
    for column, field in texts_of(desk, request):
        is_code = column.name in CODES or isinstance(column, models.URLField)
        attrs = field.widget.attrs
        assert attrs["spellcheck"] == ("false" if is_code else "true"), column.name
        assert attrs.get("lang") == (None if is_code else "en"), column.name
        seen += 1
        if isinstance(column, LineField):
            assert field.help_text.endswith(f"At most {column.max_length} characters."), column.name
            assert attrs["maxlength"] == str(column.max_length), column.name
        if column.help_text:
            assert str(column.help_text) in str(field.help_text)
    assert seen >= 3


@pytest.mark.django_db
def test_the_form_shows_it_and_a_screen_reader_is_told(editor):
    text = editor.get("/admin/careers/role/add/").text
    assert "Two sentences at most, to the reader: “You look after …”. At most 200 characters." in text
    assert 'aria-describedby="id_summary_helptext"' in text
    assert 'spellcheck="true" lang="en"' in text
