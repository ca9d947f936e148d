"""A form that is saved as it was opened changes nothing: no row is written, nothing is logged, and that is said."""

from django.contrib import messages

NOTHING_CHANGED = "You changed nothing, so nothing was saved."


class KeepsUnchanged:
    """For an admin. Whether a field was changed is the form's to say: see `careers.fields.models.texts.ReadsAlike`."""

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change and not form.has_changed() and any(formset.has_changed() for formset in formsets):
            self.rows_changed(form.instance)

    def rows_changed(self, obj):
        """Called if rows of `obj` were changed, and `obj` itself was not."""

    def log_change(self, request, obj, message):
        """Django would log “No fields changed.” and tell that the page was changed."""
        request.changed_nothing = not message
        return super().log_change(request, obj, message) if message else None

    def message_user(self, request, message, level=messages.INFO, **options):
        if getattr(request, "changed_nothing", False):
            message, level = NOTHING_CHANGED, messages.INFO
        super().message_user(request, message, level, **options)
