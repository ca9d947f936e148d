from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.db.models import ManyToManyField
from django.forms import CheckboxSelectMultiple

from careers.fields.models.texts import PlainLine
from careers.people.admin.unchanged import KeepsUnchanged

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(KeepsUnchanged, DjangoGroupAdmin):
    """Django's own, with a name that can be seen."""

    filter_horizontal = ()  # two lists side by side cannot be read in the dark, nor on a phone
    formfield_overrides = {ManyToManyField: {"widget": CheckboxSelectMultiple}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "name":
            kwargs["form_class"] = PlainLine
        return super().formfield_for_dbfield(db_field, request, **kwargs)
