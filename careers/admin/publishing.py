"""What the admin of every guide noun shares: truth, publishing, and who may do the latter."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, Textarea, URLField
from django.utils.html import format_html

from careers.models import GuideModel

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
PUBLISHING = ("Publishing and finding", {"fields": ("status", "published_at", "search_words")})


@admin.display(description="State", ordering="status")
def state(thing):
    return format_html('<span class="status status-{}">{}</span>', thing.status, thing.get_status_display())


class GuideAdmin(admin.ModelAdmin):
    """A form for HR. Editors write; only who may publish can publish, archive or take back."""

    list_filter = ("status", "is_addition")
    readonly_fields = ("published_at",)
    actions = ("publish_selected",)
    formfield_overrides = {
        models.URLField: {"form_class": URLField, "assume_scheme": "https"},
        models.TextField: {"widget": Textarea(attrs={"rows": 6, "cols": 80})},
    }
    list_per_page = 50
    save_on_top = False

    def get_list_display(self, request):
        return (*self.list_display, state, "checked_on")

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj and obj.status in FOR_PUBLISHERS and not self.has_publish_permission(request):
            return (*fields, "status")
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

    def get_view_on_site_url(self, obj=None):
        """Only what readers can see can be viewed on the site."""
        return super().get_view_on_site_url(obj) if obj is None or obj.is_published else None

    def has_publish_permission(self, request):
        return request.user.has_perm(f"careers.publish_{self.opts.model_name}")

    @admin.action(description="Publish the selected pages", permissions=["publish"])
    def publish_selected(self, request, queryset):
        for thing in queryset:
            if thing.is_published:
                self.message_user(request, f"“{thing}” was published already.", messages.INFO)
                continue
            try:
                thing.publish()
            except ValidationError as error:
                self.message_user(request, f"“{thing}” is not published. {said(self.model, error)}", messages.ERROR)
                continue
            self.log_change(request, thing, "Published.")
            self.message_user(request, f"“{thing}” is published.", messages.SUCCESS)


def room_for(db_field):
    """A widget in which a sentence can be read whole while it is written."""
    is_sentence = isinstance(db_field, models.CharField) and (db_field.max_length or 0) >= LONG
    if is_sentence and not isinstance(db_field, models.URLField):
        return {"widget": Textarea(attrs={"rows": 2, "cols": 80})}
    return {}


def said(model, error):
    """A validation error in one line: “Source: Readers need this …”."""
    names = {field.name: field.verbose_name for field in model._meta.fields}
    return " ".join(
        f"{str(names[name]).capitalize()}: {' '.join(texts)}" if name in names else " ".join(texts)
        for name, texts in error.message_dict.items()
    )


class LabelledFormSet(BaseInlineFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete this row"


class RowInline(admin.TabularInline):
    """Rows that hang on a page. The table has no labels of its own, so each field carries one for screen readers.

    Choices are plain lists: Django's autocomplete has no label either, and a plain list is searched by typing as well.
    """

    extra = 0
    formset = LabelledFormSet

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs, **room_for(db_field))
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = str(field.label or db_field.verbose_name)
        return field
