"""What the admin of every guide noun shares: truth, publishing, and who may do the latter."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.forms import (
    BaseInlineFormSet,
    CharField,
    CheckboxSelectMultiple,
    HiddenInput,
    ModelForm,
    Textarea,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from careers.desk.admin.bulk import ActsOnMany
from careers.desk.admin.drafting import Opened, WorksOnDrafts
from careers.desk.admin.effects import TellsEffects
from careers.desk.admin.pickers import ADD_ROW, PicksFromMany, choices_of, context_of, is_looking
from careers.desk.admin.writing import written_as
from careers.desk.selectors.completeness import completeness_of, wanted_of
from careers.desk.services.drafts import is_shown
from careers.desk.sheets.forms import as_chosen
from careers.desk.sheets.views.nouns import sheet_urls
from careers.fields.models.texts import PlainURL
from careers.guide.models.desk.drafts import Draft
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.skills import Proficiency, ProficiencyField
from careers.guide.services.page_faults import TAKEN_BEFORE
from careers.people.admin.unchanged import KeepsUnchanged

Status = GuideModel.Status
LONG = 140
TRUTH = (
    "Truth",
    {
        "description": "Readers see the source and the day under every page.",
        "fields": ("source_name", "source_url", "further_sources", "checked_on", "checked_against", "is_addition"),
    },
)
FINDING = ("Finding", {"fields": ("search_words", "opened")})
TOO_MANY_CHOSEN = "So many single pages make no sheet. Choose fewer, or take out all of them."


@admin.display(description="State", ordering="status")
def state(page):
    """Where readers have it and, of a draft of it, where that is."""
    own = format_html('<span class="status status-{}">{}</span>', page.status, page.get_status_display())
    if not page.draft_state or (page.draft_state == Draft.State.EDITING and page.status == Status.DRAFT):
        return own
    waiting = Draft.State(page.draft_state)
    return format_html('{} <span class="status status-{}">{}</span>', own, waiting.value, waiting.label)


@admin.display(description="Complete")
def complete(page):
    """Of what readers have; the words beside the picture say the same."""
    if page.completeness is None:
        return "–"
    done, of = page.completeness.done, page.completeness.of
    return format_html('<meter max="{}" value="{}" aria-hidden="true"></meter> {} of {}', of, done, done, of)


class PageList(ChangeList):
    def get_results(self, request):
        """With what `complete` shows, read at once for those that are listed."""
        super().get_results(request)
        found = completeness_of(self.model, [page.pk for page in self.result_list])
        for page in self.result_list:
            page.completeness = found.get(page.pk)


class WorkFilter(admin.SimpleListFilter):
    """Pages by what is being worked on."""

    title = "work"
    parameter_name = "work"

    def lookups(self, request, model_admin):
        return Draft.State.choices

    def queryset(self, request, queryset):
        return queryset.filter(draft_state=self.value()) if self.value() in Draft.State.values else queryset


class UnlabelledInput(HiddenInput):
    """The desk writes a label for every field; the one of what nobody sees points nowhere."""

    def id_for_label(self, id_):
        return ""


class GuideForm(ModelForm):
    """Knows which version of the page it was opened on, so that it never writes over somebody else's newer one.

    Whoever only looks for what to choose has nothing to fix yet: the form is not valid then, and names no fault.
    """

    opened = CharField(required=False, widget=UnlabelledInput)
    shown: Opened | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.shown:
            self.initial |= {"opened": self.shown.version.number, **self.shown.written.taken}

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        if OldSlug.belongs_to_another(self.instance, slug):
            raise ValidationError(TAKEN_BEFORE)
        return slug

    def full_clean(self):
        super().full_clean()
        if is_looking(self.data):
            self.errors.clear()

    def is_valid(self):
        return super().is_valid() and not is_looking(self.data)


class GuideAdmin(ActsOnMany, TellsEffects, WorksOnDrafts, PicksFromMany, KeepsUnchanged, admin.ModelAdmin):
    """A form for HR. Editors write drafts; only who may publish can publish or take offline."""

    form = GuideForm
    list_filter = ("status", WorkFilter, "is_addition")
    actions = ("publish_selected", "archive_selected", "take_out_selected", "delete_selected")
    change_list_template = "careers/desk/sheets/page_list.html"
    has_sheets = True
    formfield_overrides = {
        models.URLField: {"form_class": PlainURL, "assume_scheme": "https"},
        models.TextField: {"widget": Textarea(attrs={"rows": 6, "cols": 80})},
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    list_per_page = 50
    save_on_top = False

    def get_queryset(self, request):
        """With where its draft is, as `draft_state`."""
        of_page = Draft.objects.filter(model=self.opts.label_lower, page_pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(draft_state=Subquery(of_page.values("state")[:1]))

    def get_urls(self):
        return [*(sheet_urls(self) if self.has_sheets else ()), *super().get_urls()]

    def get_list_display(self, request):
        completeness = (complete,) if wanted_of(self.model) else ()
        return (*self.list_display, state, *completeness, "checked_on")

    def get_changelist(self, request, **kwargs):
        return PageList

    def get_readonly_fields(self, request, obj=None):
        """Leave the slug, on which readers and bookmarks rely, to publishers once a page has been shown."""
        fields, opened = super().get_readonly_fields(request, obj), getattr(request, "opened", None)
        if opened and is_shown(opened.page) and not self.has_publish_permission(request):
            return (*fields, "slug")
        return fields

    def get_prepopulated_fields(self, request, obj=None):
        """Only new pages get their address from the name; a published address must not move with a typo."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs, **room_for(db_field))
        return written_as(field, db_field)

    def get_fieldsets(self, request, obj=None):
        """Leave out `opened` for those who only look: they have no form that could be out of date."""
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            return super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name != "opened")})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"shown": getattr(request, "opened", None)})

    def render_change_form(self, request, context, **options):
        looked = context_of(request)
        errors = [] if looked["has_looked"] else context.get("errors", [])
        return super().render_change_form(request, {**context, **looked, "errors": errors}, **options)

    def get_view_on_site_url(self, obj=None):
        """Only what readers can see can be viewed on the site."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_published else None

    def has_publish_permission(self, request):
        return request.user.has_perm(f"careers.publish_{self.opts.model_name}")

    @admin.action(description="Take the selected pages out as a sheet", permissions=["view"])
    def take_out_selected(self, request, queryset):
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_sheets")
        chosen = as_chosen(queryset.values_list("pk", flat=True))
        if chosen is None:
            self.message_user(
                request, "So many single pages make no sheet. Choose fewer, or take out all.", messages.ERROR
            )
            return None
        return redirect(f"{url}?chosen={chosen}")


def room_for(db_field):
    """A widget in which a sentence can be read whole while it is written."""
    is_sentence = isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= LONG
    if is_sentence and not isinstance(db_field, models.URLField):
        return {"widget": Textarea(attrs={"rows": 2, "cols": 80})}
    return {}


class RowFormSet(BaseInlineFormSet):
    """Rows whose values may be exchanged in one go, as when two steps change places. Where no script runs there is a
    button that gets one more, with what a new row has.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.data.get(ADD_ROW) == self.prefix:
            self.data = self.with_one_more()

    def with_one_more(self):
        data, number = self.data.copy(), self.total_form_count()
        new = self.empty_form
        for name, field in new.fields.items():
            value = new.get_initial_for_field(field, name)
            if value not in (None, False):
                data[f"{self.prefix}-{number}-{name}"] = "on" if value is True else str(field.prepare_value(value))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(number + 1)
        del self.management_form  # it was read, as one counts rows by it
        return data

    def full_clean(self):
        super().full_clean()
        if is_looking(self.data):
            self._non_form_errors.clear()
            for errors in self._errors:
                errors.clear()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this row"

    def save_existing_objects(self, commit=True):
        """Rows that change make room first: each is written under its old key, but none meets another's old value."""
        touched = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        if commit and len(touched) > 1:
            self.model._base_manager.filter(pk__in=touched).delete()
        return super().save_existing_objects(commit)


class RowInline(PicksFromMany, admin.TabularInline):
    """Rows that hang on a page. The table has no labels of its own, so each field carries one for screen readers.

    Choices are plain lists, which are searched by typing.
    """

    template = "admin/_rows.html"
    is_wide = False  # whether a row has too many cells for one line: then each has its name above it
    is_ordered = False  # whether readers have rows in the order of their numbers alone (static/js/rows.js)
    extra = 0
    formset = RowFormSet
    formfield_overrides = {models.URLField: {"form_class": PlainURL, "assume_scheme": "https"}}

    def get_queryset(self, request):
        """With what each row names, so that rows cost no query each."""
        named = [field.name for field in self.model._meta.fields if field.many_to_one]
        return super().get_queryset(request).select_related(*named)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.remote_field.model is not self.parent_model:
            field.choices = choices_of(request, self, field, db_field)
        return field

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if isinstance(db_field, ProficiencyField):
            kwargs["choices"] = [(level.value, f"{level.value} {level.label}") for level in Proficiency]
        elif db_field.default == "" and not db_field.blank:
            kwargs["choices"] = db_field.get_choices()  # else the first one counts as chosen by whoever passes it over
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs, **room_for(db_field))
        field = written_as(field, db_field)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or db_field.verbose_name)
        return field
