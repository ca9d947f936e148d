"""A route in sentences for a page: what it is in brief, what it adds up to, what it takes as known of the reader."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from careers.lib.months import NOT_KNOWN, months_in_words
from careers.lib.words import counted, in_a_sentence, money, plural
from careers.routes.rules.journeys import Totals


def gist(route) -> SafeString:
    """“2 moves, via Team Leader”. `route` is a `RouteShown`."""
    moves = route.totals.moves
    return format_html("{}&nbsp;{}{}", moves, plural(moves, "move"), by_way_of(route))


def by_way_of(route) -> str:
    titles = [role.title for role in route.between]
    if not titles:
        return ", direct" if route.totals.moves == 1 else ""
    return f", via {in_a_sentence(titles)}"


def short(route) -> str:
    """Return its sums in a line. `route` is a `RouteShown`."""
    totals = route.totals
    unknown = [counted(totals.fees_unknown, "fee") + " not known"] if totals.fees_unknown else []
    prices = [money(price.amount, price.currency) for price in route.prices]
    parts = [counted(totals.moves, "move"), time_in_words(totals), *prices, *unknown, counted(totals.skills, "skill")]
    return " · ".join(parts)


def cost(route) -> str:
    """“US$422 (2024) and CHF 90 (2025), 1 fee not known”, the sums set off. `route` is a `RouteShown`."""
    if not route.totals.certifications:
        return "No certification"
    priced = [(money(price.amount, price.currency), ", ".join(map(str, price.dates))) for price in route.prices]
    prices = format_html_join(" and ", "<strong>{}</strong> ({})", priced)
    unknown = [counted(route.totals.fees_unknown, "fee") + " not known"] if route.totals.fees_unknown else []
    return format_html_join(", ", "{}", ((part,) for part in [*([prices] if priced else []), *unknown]))


def time_in_words(totals: Totals) -> str:
    """“18–24 months plus 1 not known”: how long the moves take whose time is known, and how many others there are."""
    if totals.months_unknown >= totals.moves:
        return NOT_KNOWN
    unknown = f" plus {totals.months_unknown} not known" if totals.months_unknown else ""
    return f"{months_in_words(totals.months)}{unknown}"


def known_in_words(routes) -> SafeString:
    """Say what the routes take as known of the reader, and where more can be said. `routes` is a `Routes`."""
    rule = f"{routes.by.rule} " if routes.shows_best else ""
    skills = reverse("profile-skills")
    if routes.has_levels:
        return format_html(
            '{}What you have shown or rated counts. {} See <a href="{}">how your skills are known</a> or '
            '<a href="{}">rate more</a>.',
            rule,
            of_the_rest(routes),
            reverse("evidence-list"),
            skills,
        )
    if routes.start.is_new:
        taken = "Nothing is known of your skills yet, so all count as new to you."
    else:
        taken = f"We take it that you have what your start, {routes.start}, asks for."
    rate = '{}{} <a href="{}">Rate your skills</a>, and the route counts what you have.'
    return format_html(rate, rule, taken, skills)


def of_the_rest(routes) -> str:
    if routes.start.is_new:
        return "What nothing is known of counts as new to you."
    if routes.takes_as_there:
        return f"Of the rest, we take it that you have what your start, {routes.start}, asks for."
    return ""
