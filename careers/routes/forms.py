"""Which route to plan. It is sent by GET, so the address of the answer can be shared."""

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from careers.fields.forms import OneOf, you_wrote
from careers.guide.forms import role_choices
from careers.lib.texts import query_text
from careers.people.models.profiles import Situation
from careers.routes.rules.journeys import FROM_NEW, By
from careers.routes.selectors.starts import slug_of
from careers.search.forms import look_for, roles_to_choose

DEFAULT = By.FASTEST
MISSING = {"from": "Choose where you start.", "to": "Choose where you want to go."}


class RoleSlugField(OneOf):
    """A published role by its slug, or nothing. Any other slug is unknown, whoever may still link to it."""

    def validate(self, value):
        if value and not self.valid_value(value):
            raise ValidationError(f"The guide has no such role, or no longer. {you_wrote(value)}", code="unknown")


class RouteForm(forms.Form):
    """`data` is an address's query. What it does not name, the person has said: keys of where they are (`start`, see
    `routes.selectors.starts`) and of where they want to go (`target`).

    An end that came empty is a fault; one that did not come is still to be chosen, and so is one of those who look for
    words, where the roles are too many to be listed.
    """

    use_required_attribute = False

    def __init__(self, data, *, places, start=None, target=None):
        """`places` as of `role_facets`."""
        named = {name: data[name] for name in (*MISSING, "by") if name in data}
        words = query_text(data.get("find", ""))
        ends = {**own_ends(places, start, target, named), **named}
        super().__init__({"by": DEFAULT.value, **ends, "find": words})
        chosen = [places.by_slug[slug] for name, slug in ends.items() if name in MISSING and slug in places.by_slug]
        to_choose = roles_to_choose(words=words, chosen=chosen)
        by_level = role_choices(to_choose.roles, value="{slug}")
        self.fields["from"] = RoleSlugField(
            label="From", choices=[(FROM_NEW, Situation.NEW.label), *by_level], blank="Choose a role"
        )
        self.fields["to"] = RoleSlugField(label="To", choices=by_level, blank="Choose a role")
        self.fields["by"] = forms.TypedChoiceField(
            label="What matters most",
            coerce=By,
            choices=[(by.value, by.label) for by in By],
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose one of the four."),
        )
        looks = to_choose.is_searched and bool(words)
        self.came_empty = [name for name in MISSING if name in named and not named[name] and not looks]
        self.helper = planner_helper("route-find")
        if to_choose.is_searched:
            self.fields["find"] = look_for("Find routes", has_missed=to_choose.has_missed)
            self.helper.layout.insert(0, "find")

    def clean(self):
        for name in self.came_empty:
            self.add_error(name, MISSING[name])
        start, target = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and start == target:
            self.add_error("to", "You start there already. Choose another role.")
        return self.cleaned_data

    @property
    def is_complete(self):
        return self.is_valid() and all(self.cleaned_data[name] for name in MISSING)

    @property
    def wish(self):
        """Return the arguments of `GuideNetwork.routes_for`, of a form that is complete."""
        names = {"start_slug": "from", "target_slug": "to", "by": "by"}
        return {name: self.cleaned_data[field] for name, field in names.items()}

    @property
    def names_unknown(self):
        """Whether an end is no published role: then no page has this address."""
        return any(error.code == "unknown" for errors in self.errors.as_data().values() for error in errors)

    @property
    def next_choice(self):
        """The question for the other end, if one is chosen; else empty."""
        missing = [name for name in MISSING if self.is_valid() and not self.cleaned_data[name]]
        return MISSING[missing[0]] if len(missing) == 1 else ""


def own_ends(places, start, target, named):
    """Where somebody is and where they want to go, as far as both are published.

    What is theirs gives way to what the address names: nobody is told that they start where they want to go, unless
    they said so.
    """
    own = {"from": slug_of(places, start), "to": slug_of(places, target)}
    other = {"from": named.get("to"), "to": named.get("from", own["from"])}
    return {name: slug for name, slug in own.items() if slug and slug != other[name]}


def planner_helper(url_name):
    """How a planner asks: both ends, what matters most, and the way to the answer. `address` is the page's URL name."""
    helper = FormHelper()
    helper.form_method = "get"
    helper.form_action = reverse(url_name, fragment="best")
    helper.form_class = "panel planner-form"
    helper.disable_csrf = True
    helper.none_required = True
    button = StrictButton("Find routes", type="submit", css_class="btn-primary")
    helper.layout = Layout(
        Div("from", "to", css_class="planner-ends"),
        Div(Field("by", template="careers/routes/planner/_criteria.html"), button, css_class="planner-go"),
    )
    return helper
