"""Pay as role pages and the comparison show it: by country, each on a scale of its own."""

from dataclasses import dataclass

from careers.guide.models.choices import OF_MOST_READERS, Country
from careers.guide.models.pay import RolePay
from careers.guide.rules.pay import Bar, bar_of, scale_end
from careers.lib.words import in_a_sentence, money


@dataclass(frozen=True)
class PayLine:
    """One row of pay with its picture, None where the source has no median."""

    row: RolePay
    bar: Bar | None
    end: str

    @property
    def steps(self):
        """[(what it means, amount)] of what the source says."""
        named = {
            "One in ten earned less than": self.row.low,
            "One in four earned less than": self.row.lower,
            "Half earned less than, half more than": self.row.median,
            "One in four earned more than": self.row.upper,
            "One in ten earned more than": self.row.high,
            "On average": self.row.average,
        }
        return [(name, money(amount, self.row.currency)) for name, amount in named.items() if amount is not None]

    @property
    def sentence(self):
        row, period = self.row, self.row.get_period_display()
        who = f"people counted as “{row.occupation}”"
        if row.median is None:
            return f"In {row.as_of} {who} earned {money(row.average, row.currency)} {period} on average."
        middle = money(row.median, row.currency)
        half = f"In {row.as_of} half of all {who} earned more than {middle} {period}, half less."
        if row.low is None:
            return half
        return f"{half} Eight in ten earned {money(row.low, row.currency)} to {money(row.high, row.currency)}."


@dataclass(frozen=True)
class PayByCountry:
    name: str
    lines: list[PayLine]


@dataclass(frozen=True)
class Pay:
    """Of a role: by country, and a sentence on where no official figure was found, or nothing."""

    countries: list[PayByCountry]
    silent: str = ""


def pay_of(role):
    """The `Pay` of a role. No query where it was fetched `for_detail`."""
    lines = pay_lines([role])[role.pk]
    countries = [
        PayByCountry(str(Country(code).label), [line for line in lines if line.row.country == code])
        for code in dict.fromkeys(line.row.country for line in lines)
    ]
    known = {line.row.country for line in lines}
    silent = [str(country.label) for country in OF_MOST_READERS if country not in known]
    if not silent:
        return Pay(countries)
    return Pay(countries, f"For {in_a_sentence(silent)} we found no official figure for this job.")


def pay_lines(roles):
    """{key of a role: [PayLine]}. What can be compared, one country's pay in one money and period, has one scale."""
    scales = {}
    for role in roles:
        for row in role.pay_figures.all():
            scales.setdefault(kind_of(row), []).append(row.spread)
    ends = {kind: scale_end(spreads) for kind, spreads in scales.items()}
    return {role.pk: [line_of(row, ends[kind_of(row)]) for row in role.pay_figures.all()] for role in roles}


def kind_of(row):
    return row.country, row.currency, row.period


def line_of(row, end):
    return PayLine(row, bar_of(row.spread, end), money(end, row.currency))
