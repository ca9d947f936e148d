"""Pay as role pages and the comparison show it: by country, each on a scale of its own."""

from dataclasses import dataclass, field

from careers.guide.models.choices import OF_MOST_READERS, Country
from careers.guide.models.pay import CountryPay, RolePay
from careers.guide.models.publishing import GuideModel
from careers.guide.rules.pay import Bar, bar_of, scale_end
from careers.guide.selectors.kept import KeptOf
from careers.lib.words import in_a_sentence, money

NOTHING_FOUND = "For {countries} we found no official figure for this job."
STEPS = {
    "low": "1 in 10 earned less than",
    "lower": "1 in 4 earned less than",
    "median": "Half earned more than",
    "upper": "1 in 4 earned more than",
    "high": "1 in 10 earned more than",
    "average": "On average",
}


@dataclass(frozen=True)
class PayLine:
    """One row of pay with its picture, None where the source has no median; `end` is what the scale ends at."""

    row: RolePay
    bar: Bar | None
    end: str

    @property
    def steps(self):
        """[(words, amount)] of all that the source says."""
        amounts = {words: getattr(self.row, name) for name, words in STEPS.items()}
        return [(words, self.amount(known)) for words, known in amounts.items() if known is not None]

    @property
    def title(self):
        """“Claims: Insurance Claims and Policy Processing Clerks”."""
        return f"{self.row.note}: {self.row.occupation}" if self.row.note else self.row.occupation

    @property
    def caption(self):
        code = f" ({self.row.occupation_code})" if self.row.occupation_code else ""
        return f"{self.row.occupation}{code}, {self.row.get_period_display()}, {self.row.as_of}"

    @property
    def sentence(self):
        if self.row.median is None:
            return f"{self.row.middle_text} on average, {self.row.as_of}."
        half = f"Half earned more than {self.row.middle_text}, half less, in {self.row.as_of}."
        if self.row.low is None:
            return half
        return f"{half} Eight in ten earned {self.amount(self.row.low)} to {self.amount(self.row.high)}."

    def amount(self, number):
        return money(number, self.row.currency)


def sources_of(rows):
    """[(name, address, what else is said of it)], each once."""
    return list(dict.fromkeys((row.source_name, row.source_url, said_of_source(row)) for row in rows))


def said_of_source(row):
    """“CC BY · compared with a stored copy on 22 November 2026”, or as much of it as is known."""
    return " · ".join(filter(None, [row.licence, row.checked_text]))


@dataclass(frozen=True)
class PayByCountry:
    name: str
    lines: list[PayLine]

    @property
    def sources(self):
        return sources_of(line.row for line in self.lines)


@dataclass(frozen=True)
class PayInCountry:
    """The rows of surveys and laws of a country, whatever the job."""

    name: str
    rows: list[CountryPay]

    @property
    def sources(self):
        return sources_of(self.rows)


@dataclass(frozen=True)
class Pay:
    """Of a role: by country, and a sentence on where no official figure was found, or nothing. `general` is what holds
    there for any job, as context; `more` is the address of the answer that it belongs to.
    """

    countries: list[PayByCountry]
    silent: str = ""
    general: list[PayInCountry] = field(default_factory=list)
    more: str = ""


def in_countries(rows):
    """[PayInCountry] of rows, in the order of their countries."""
    codes = dict.fromkeys(row.country for row in rows)
    return [PayInCountry(str(Country(code).label), [row for row in rows if row.country == code]) for code in codes]


def read_general_pay():
    """([PayInCountry], address of the answer) of where most readers look for work; no draft's is among them."""
    published = {"question__status": GuideModel.Status.PUBLISHED}
    rows = list(CountryPay.objects.filter(country__in=OF_MOST_READERS, **published).select_related("question"))
    return in_countries(rows), rows[0].question.get_absolute_url() if rows else ""


general_pay = KeptOf(read_general_pay, "question")


def pay_of(role):
    """The `Pay` of a role. One query where it was fetched `for_detail`."""
    lines = pay_lines([role])[role.pk]
    countries = [
        PayByCountry(str(Country(code).label), [line for line in lines if line.row.country == code])
        for code in dict.fromkeys(line.row.country for line in lines)
    ]
    known = {line.row.country for line in lines}
    silent = [country.in_a_sentence for country in OF_MOST_READERS if country not in known]
    return Pay(countries, NOTHING_FOUND.format(countries=in_a_sentence(silent)) if silent else "", *general_pay())


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
