from django import forms

from careers.fields.models.texts import PlainLine
from careers.site.models import LONGEST_COMMENT
from careers.site.selectors import public_path

TOO_LONG = f"Write at most {LONGEST_COMMENT} characters."


class VoteForm(forms.Form):
    """The question at the foot of public pages, as it came from one."""

    page = forms.CharField(widget=forms.HiddenInput)
    useful = forms.TypedChoiceField(
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda word: word == "yes",
        error_messages={"required": "Press Yes or No.", "invalid_choice": "Press Yes or No."},
    )
    comment = PlainLine(
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea,
        error_messages={"max_length": TOO_LONG},
    )

    def clean_page(self):
        page = public_path(self.cleaned_data["page"])
        if not page:
            raise forms.ValidationError("There is no such page any more.", code="gone")
        return page
