"""To choose from many at the desk: a form lists what it holds, and what an editor looked for. It needs no script.

Django's autocomplete has no label, and nothing to choose from where no script runs.
"""

from django.contrib import admin
from django.db.models import Q
from django.forms.models import _get_foreign_key

from careers.guide.models.publishing import GuideModel
from careers.lib.texts import is_key, query_text

MOST_LISTED = MOST_FOUND = 60  # of one noun, all or found
# The button of `admin/change_form.html`, the words that stand there, and those that its lists are already about.
LOOK, WORDS, LISTED = "_look", "look_for", "listed_for"
ADD_ROW = "_add_row"  # the button of `admin/_rows.html` where no script runs: which rows get one more
BACK = "_back"  # the field by which a lost form comes back (`careers.people.views.lost_forms`)
NOT_ALL = "Not all are listed: look for others at the end of this page."


class PicksFromMany:
    """For an admin and for its rows. As many queries for a large guide as for a small one, and one for each noun."""

    def get_field_queryset(self, db, db_field, request):
        queryset = super().get_field_queryset(db, db_field, request)
        model = db_field.remote_field.model
        if not is_many(request, model):
            return queryset
        rows = model._default_manager.all() if queryset is None else queryset
        found = {*found_by_words(request, model), *sent(request, db_field.name)}
        return rows.filter(Q(pk__in=found) | Q(pk__in=self.chosen(db_field, request)))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.remote_field and is_many(request, db_field.remote_field.model):
            field.help_text = f"{field.help_text} {NOT_ALL}".strip()
        return field

    def chosen(self, db_field, request):
        """Keys that the page has of a field."""
        match = getattr(request, "resolver_match", None)
        page = match.kwargs.get("object_id", "") if match else ""
        if not is_key(page):
            return []
        is_row = isinstance(self, admin.options.InlineModelAdmin)
        of_page = _get_foreign_key(self.parent_model, self.model, fk_name=self.fk_name).name if is_row else "pk"
        return self.model._default_manager.filter(**{of_page: int(page)}).order_by().values(db_field.name)


def choices_of(request, rows, field, db_field):
    """Return the choices of a field of `rows`, an inline admin: read once for all of them."""
    if not hasattr(request, "choices_of_rows"):
        request.choices_of_rows = {}
    known, name = request.choices_of_rows, (type(rows), db_field.name)
    if name not in known:
        known[name] = list(iter(field.choices))  # by its length, which `list` asks first, it would be counted
    return known[name]


def many_of(request):
    """{model: whether there are many} of what this request's form picks from."""
    if not hasattr(request, "picks_from"):
        request.picks_from = {}
    return request.picks_from


def is_many(request, model):
    known = many_of(request)
    if model not in known:
        known[model] = issubclass(model, GuideModel) and model._default_manager.count() > MOST_LISTED
    return known[model]


def is_looking(data):
    """Whether a form was sent to look for more, and not to save: by its button, or by words that were just written, as
    the key Enter among them presses the button that saves. Or it was sent to stand there again as it was.
    """
    words = query_text(data.get(WORDS, ""))
    return LOOK in data or ADD_ROW in data or is_back(data) or bool(words and words != query_text(data.get(LISTED, "")))


def is_back(data):
    """Whether what was written is to be put back into its form: nothing is saved by it."""
    return BACK in data


def looked_for(request):
    return query_text(getattr(request, "POST", {}).get(WORDS, ""))


def found_by_words(request, model):
    words = looked_for(request)
    if not words or model not in admin.site._registry:
        return []
    if not hasattr(request, "found_to_pick"):
        request.found_to_pick = {}
    if model not in request.found_to_pick:
        rows, _ = admin.site._registry[model].get_search_results(request, model._default_manager.all(), words)
        request.found_to_pick[model] = list(rows.values_list("pk", flat=True)[:MOST_FOUND])
    return request.found_to_pick[model]


def sent(request, name):
    """Keys that came for a field, in the form itself or in its rows."""
    return {
        int(value)
        for query in (getattr(request, "GET", None), getattr(request, "POST", None))
        for key in (query or ())
        if key == name or key.endswith(f"-{name}")
        for value in query.getlist(key)
        if is_key(value)
    }


def context_of(request):
    """Return what `admin/change_form.html` needs to look for more."""
    names = sorted(str(model._meta.verbose_name_plural) for model, is_many in many_of(request).items() if is_many)
    found = getattr(request, "found_to_pick", None)
    return {
        "picked": ", ".join(names),
        "picked_words": looked_for(request),
        "added_row": getattr(request, "POST", {}).get(ADD_ROW, ""),
        "has_looked": is_looking(request.POST),
        "has_found": found is not None and any(found.values()),
    }
