"""What the admin of every guide noun shares: truth, publishing, and who may do the latter."""

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.forms import (
    BaseInlineFormSet,
    CharField,
    CheckboxSelectMultiple,
    HiddenInput,
    ModelForm,
    Textarea,
)
from django.utils.html import format_html

from careers.fields.models.texts import PlainURL
from careers.guide.admin.pickers import MOST_LISTED, PicksFromMany, choices_of, context_of, is_looking
from careers.guide.admin.unchanged import KeepsUnchanged
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision
from careers.guide.models.skills import Proficiency, ProficiencyField

Status = GuideModel.Status
FOR_PUBLISHERS = (Status.PUBLISHED, Status.ARCHIVED)
LONG = 140
TRUTH = (
    "Truth",
    {
        "description": "Readers see the source and the day under every page.",
        "fields": ("source_name", "source_url", "further_sources", "checked_on", "is_addition"),
    },
)
PUBLISHING = ("Publishing and finding", {"fields": ("status", "published_at", "search_words", "opened_at")})
KEPT_BY_PEOPLE = (
    "People have saved it, rated it or hold it. Archive the page instead: readers no longer find it, and nobody loses "
    "what they have done."
)
NEWER = (
    "Somebody else has changed this page since you opened it. Nothing is saved yet, and what you wrote is still here: "
    "open the page in a second tab, see what changed, and bring your words over."
)


@admin.display(description="State", ordering="status")
def state(thing):
    return format_html('<span class="status status-{}">{}</span>', thing.status, thing.get_status_display())


class UnlabelledInput(HiddenInput):
    """The desk writes a label for every field; the one of what nobody sees points nowhere."""

    def id_for_label(self, id_):
        return ""


class GuideForm(ModelForm):
    """Knows which state of the page it was opened on, so that it never writes over somebody else's newer one.

    Whoever only looks for what to choose has nothing to fix yet: the form is not valid then, and names no fault.
    """

    opened_at = CharField(required=False, widget=UnlabelledInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["opened_at"] = self.instance.updated_at.isoformat() if self.instance.pk else ""

    def full_clean(self):
        super().full_clean()
        if is_looking(self.data):
            self.errors.clear()

    def is_valid(self):
        return super().is_valid() and not is_looking(self.data)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and not is_looking(self.data):
            Revision.lock()  # whoever saves at this moment is let finish, then the page is read anew
            stored = type(self.instance)._base_manager.filter(pk=self.instance.pk)
            updated_at = stored.values_list("updated_at", flat=True).first()
            if updated_at is None or self.data.get("opened_at", "") != updated_at.isoformat():
                raise ValidationError(NEWER)
        return cleaned


class GuideAdmin(PicksFromMany, KeepsUnchanged, admin.ModelAdmin):
    """A form for HR. Editors write; only who may publish can publish, archive or take back."""

    form = GuideForm
    list_filter = ("status", "is_addition")
    readonly_fields = ("published_at",)
    actions = ("publish_selected",)
    formfield_overrides = {
        models.URLField: {"form_class": PlainURL, "assume_scheme": "https"},
        models.TextField: {"widget": Textarea(attrs={"rows": 6, "cols": 80})},
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    list_per_page = 50
    save_on_top = False

    def get_list_display(self, request):
        return (*self.list_display, state, "checked_on")

    def get_readonly_fields(self, request, obj=None):
        """Leave status and slug, on which readers and bookmarks rely, to publishers once a page has been shown."""
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.status in FOR_PUBLISHERS and not self.has_publish_permission(request):
            return (*fields, "status", "slug")
        return fields

    def get_prepopulated_fields(self, request, obj=None):
        """Only new pages get their address from the name; a published address must not move with a typo."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "status" and not self.has_publish_permission(request):
            kwargs["choices"] = [choice for choice in Status.choices if choice[0] not in FOR_PUBLISHERS]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **kwargs, **room_for(db_field))

    def get_fieldsets(self, request, obj=None):
        """Leave out `opened_at` for those who only look: they have no form that could be out of date."""
        if self.has_change_permission(request, obj) or (obj is None and self.has_add_permission(request)):
            return super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name != "opened_at")})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def render_change_form(self, request, context, **options):
        looked = context_of(request)
        errors = [] if looked["has_looked"] else context.get("errors", [])
        return super().render_change_form(request, {**context, **looked, "errors": errors}, **options)

    def get_view_on_site_url(self, obj=None):
        """Only what readers can see can be viewed on the site."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_published else None

    def save_model(self, request, obj, form, change):
        Revision.lock()
        super().save_model(request, obj, form, change)

    def rows_changed(self, obj):
        """Make a page that is open elsewhere out of date."""
        obj.save(update_fields=["updated_at"])

    def get_deleted_objects(self, objs, request):
        """Say that people keep something of a page, which protects it, and not who or what. Of much only the number."""
        going = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        going.collect(objs)
        if sum(map(len, going.model_objs.values())) <= MOST_LISTED:
            deleted, counts, not_allowed, protected = super().get_deleted_objects(objs, request)
        else:
            deleted, counts, not_allowed, protected = self.counted_only(objs, request, going)
        return deleted, counts, not_allowed, [KEPT_BY_PEOPLE] if protected else []

    def counted_only(self, objs, request, going):
        """As `get_deleted_objects`, with the pages themselves and of what goes with them the numbers."""
        firsts = [str(page) for page in objs[:MOST_LISTED]]
        more = [f"and {len(objs) - len(firsts)} more"] if len(objs) > len(firsts) else []
        counts = {model._meta.verbose_name_plural: len(rows) for model, rows in going.model_objs.items()}
        registered = [model for model in going.model_objs if self.admin_site.is_registered(model)]
        not_allowed = {
            model._meta.verbose_name
            for model in registered
            if not self.admin_site.get_model_admin(model).has_delete_permission(request)
        }
        return [*firsts, *more], counts, not_allowed, going.protected

    def delete_model(self, request, obj):
        Revision.lock()
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            Revision.lock()
            super().delete_queryset(request, queryset)

    def has_publish_permission(self, request):
        return request.user.has_perm(f"careers.publish_{self.opts.model_name}")

    @admin.action(description="Publish the selected pages", permissions=["publish"])
    @transaction.atomic
    def publish_selected(self, request, queryset):
        Revision.lock()
        for thing in queryset:
            if thing.is_published:
                self.message_user(request, f"“{thing}” was published already.", messages.INFO)
                continue
            try:
                thing.publish()
            except ValidationError as error:
                self.message_user(
                    request, f"“{thing}” is not published. {error_line(self.model, error)}", messages.ERROR
                )
                continue
            self.log_change(request, thing, "Published.")
            self.message_user(request, f"“{thing}” is published.", messages.SUCCESS)


def room_for(db_field):
    """A widget in which a sentence can be read whole while it is written."""
    is_sentence = isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= LONG
    if is_sentence and not isinstance(db_field, models.URLField):
        return {"widget": Textarea(attrs={"rows": 2, "cols": 80})}
    return {}


def error_line(model, error):
    """A validation error in one line: “Source: Readers need this …”."""
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return " ".join(
        f"{str(names[name]).capitalize()}: {' '.join(texts)}" if name in names else " ".join(texts)
        for name, texts in error.message_dict.items()
    )


class RowFormSet(BaseInlineFormSet):
    """Rows whose values may be exchanged in one go, as when two steps change places."""

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
    extra = 0
    formset = RowFormSet

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
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs, **room_for(db_field))
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or db_field.verbose_name)
        return field
