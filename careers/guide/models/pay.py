"""What a role is paid, as an official source says it of one country."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from careers.fields.models.links import LinkField
from careers.fields.models.money import CurrencyField
from careers.fields.models.texts import LineField
from careers.guide.models.choices import Country
from careers.guide.models.publishing import CheckedRow, compared_on, compared_with
from careers.guide.rules.pay import Spread
from careers.lib.words import money


class PayRow(CheckedRow):
    """Pay in one `country`. Where it is an amount, its `currency` is that country's own."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if not self.currency or self.country not in Country.values:
            return
        own = Country(self.country)
        if self.currency != own.currency:
            said = f"Pay in {own.in_a_sentence} is in {own.currency}. Write it as its source has it, never converted."
            raise ValidationError({"currency": said})


class RolePay(PayRow):
    """The pay of an occupation that stands for the role, in one country, in its own money.

    Never converted and never joined with another country's. What the source does not say stays empty.
    """

    class Period(models.TextChoices):
        HOUR = "hour", "an hour"
        DAY = "day", "a day"
        MONTH = "month", "a month"
        YEAR = "year", "a year"

    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, related_name="pay_figures")
    country = models.CharField(max_length=2, choices=Country)
    occupation = LineField(max_length=120, help_text="As the source names it: “Customer Service Representatives”.")
    occupation_code = LineField("code", max_length=20, blank=True, help_text="The source's own: “43-4051”.")
    currency = CurrencyField(max_length=3, help_text="Three letters: USD, PHP, INR.")
    period = models.CharField(max_length=5, choices=Period, default=Period.YEAR)
    low = models.DecimalField(
        "10%", max_digits=12, decimal_places=2, null=True, blank=True, help_text="One in ten earns less than this."
    )
    lower = models.DecimalField(
        "25%", max_digits=12, decimal_places=2, null=True, blank=True, help_text="One in four earns less than this."
    )
    median = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="Half earn less than this, half more."
    )
    upper = models.DecimalField(
        "75%", max_digits=12, decimal_places=2, null=True, blank=True, help_text="One in four earns more than this."
    )
    high = models.DecimalField(
        "90%", max_digits=12, decimal_places=2, null=True, blank=True, help_text="One in ten earns more than this."
    )
    average = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    as_of = LineField("as of", max_length=40, help_text="The time that the figures are of: “May 2025”.")
    source_name = LineField("source", max_length=200, help_text="Who measured it, and in which survey.")
    source_url = LinkField("source address", max_length=300, blank=True, help_text="https://…")
    # Of rows that were there before these two fields nobody noted it.
    checked_on = compared_on(null=True)
    checked_against = compared_with("What you had before you on that day. Readers are told.", default="")
    licence = LineField(max_length=120, blank=True, help_text="Under which one may repeat it: “public domain”.")
    note = LineField(max_length=200, blank=True, help_text="What readers have to know: “in all industries”.")
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Order within a country, smallest first: the best match comes first."
    )

    NATURAL_KEY = ("role__slug", "country", "occupation")

    class Meta:
        verbose_name = "pay"
        verbose_name_plural = "pay of roles"
        ordering = ["country", "position", "occupation"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "country", "occupation"],
                name="rolepay_once",
                violation_error_message="The pay of this occupation in this country is listed already.",
            ),
            models.CheckConstraint(
                name="rolepay_says_something",
                condition=Q(median__isnull=False) | Q(average__isnull=False),
                violation_error_message="Write the median or the average, as the source has it.",
            ),
            models.CheckConstraint(
                name="rolepay_ends_go_together",
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, median__isnull=False),
                violation_error_message="The figures of one in ten go together, and with a median.",
            ),
            models.CheckConstraint(
                name="rolepay_quarters_go_together",
                condition=Q(lower__isnull=True, upper__isnull=True)
                | Q(lower__isnull=False, upper__isnull=False, median__isnull=False),
                violation_error_message="The figures of one in four go together, and with a median.",
            ),
            models.CheckConstraint(
                name="rolepay_in_order",
                condition=(Q(low__isnull=True) | Q(low__gt=0, low__lte=F("median"), high__gte=F("median")))
                & (Q(lower__isnull=True) | Q(lower__gt=0, lower__lte=F("median"), upper__gte=F("median")))
                & (Q(low__isnull=True) | Q(lower__isnull=True) | Q(low__lte=F("lower"), high__gte=F("upper"))),
                violation_error_message="The figures rise from the lowest to the highest.",
            ),
            models.CheckConstraint(
                name="rolepay_above_zero",
                condition=(Q(median__isnull=True) | Q(median__gt=0)) & (Q(average__isnull=True) | Q(average__gt=0)),
                violation_error_message="Pay is more than zero, or empty when not known.",
            ),
        ]

    def __str__(self):
        return f"{self.get_country_display()}, {self.occupation}"

    @property
    def spread(self):
        return Spread(self.low, self.lower, self.median, self.upper, self.high)

    @property
    def middle_text(self):
        """“US$44,770 a year”: the median, else the average."""
        amount = self.average if self.median is None else self.median
        return f"{money(amount, self.currency)} {self.get_period_display()}"

    @property
    def fact(self):
        """The same with where, of whom and when, in one line."""
        return f"{self}: {self.middle_text} ({self.as_of})"


class CountryPay(PayRow):
    """Pay in one country, whatever the job, as an official survey or the law has it. It hangs on the question that it
    helps to answer. Never converted, never joined with another country's; the text says which workers it is about.
    """

    class Measure(models.TextChoices):
        AVERAGE = "average", "Average"
        MEDIAN = "median", "Median: half earn less"
        FLOOR = "floor", "Least by law"
        PREMIUM = "premium", "Extra by law"

        @property
        def said(self):
            """Around the value, in a sentence."""
            return {
                "average": "{value} on average",
                "median": "half earned more than {value}, half less",
                "floor": "at least {value}",
                "premium": "at least {value}",
            }[self]

    question = models.ForeignKey("careers.Question", on_delete=models.CASCADE, related_name="country_pay")
    country = models.CharField(max_length=2, choices=Country)
    about = LineField(max_length=120, help_text="Of whom, or for what: “Full-time workers, all jobs”, “Night work”.")
    measure = models.CharField(max_length=7, choices=Measure)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = CurrencyField(max_length=3, blank=True, help_text="Three letters, with an amount: USD, PHP, INR.")
    period = models.CharField(max_length=5, choices=RolePay.Period, blank=True, help_text="With an amount.")
    percent = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, help_text="More than the normal rate: 25 for 25%."
    )
    in_words = LineField(
        max_length=80, blank=True, help_text="Where it is neither an amount nor a percentage: “one month’s pay a year”."
    )
    as_of = LineField("as of", max_length=40, help_text="The time of the figure, or since when the law is in force.")
    source_name = LineField("source", max_length=200, help_text="Who measured it, or which law with its article.")
    source_url = LinkField("source address", max_length=300, blank=True, help_text="https://…")
    # Of rows that were there before these two fields nobody noted it.
    checked_on = compared_on(null=True)
    checked_against = compared_with("What you had before you on that day. Readers are told.", default="")
    licence = LineField(max_length=120, blank=True, help_text="Under which one may repeat it: “CC BY 4.0”.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order within a country, smallest first.")

    NATURAL_KEY = ("question__slug", "country", "about")

    class Meta:
        verbose_name = "pay in a country"
        verbose_name_plural = "pay in countries"
        ordering = ["country", "position", "about"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "country", "about"],
                name="countrypay_once",
                violation_error_message="This is listed for the country already.",
            ),
            models.CheckConstraint(
                name="countrypay_says_one_thing",
                condition=Q(amount__isnull=False, percent__isnull=True, in_words="")
                | Q(amount__isnull=True, percent__isnull=False, in_words="")
                | (Q(amount__isnull=True, percent__isnull=True) & ~Q(in_words="")),
                violation_error_message="Write an amount, a percentage or words: one of the three.",
            ),
            models.CheckConstraint(
                name="countrypay_amount_has_money",
                condition=(Q(amount__isnull=False) & ~Q(currency="") & ~Q(period=""))
                | Q(amount__isnull=True, currency="", period=""),
                violation_error_message="An amount has a currency and a period; nothing else has.",
            ),
            models.CheckConstraint(
                name="countrypay_above_zero",
                condition=(Q(amount__isnull=True) | Q(amount__gt=0)) & (Q(percent__isnull=True) | Q(percent__gt=0)),
                violation_error_message="A figure is more than zero.",
            ),
            models.CheckConstraint(
                name="countrypay_measured_in_money",
                condition=Q(amount__isnull=False) | ~Q(measure__in=["average", "median"]),
                violation_error_message="An average and a median are amounts.",
            ),
        ]

    def __str__(self):
        return f"{self.get_country_display()}, {self.about}"

    @property
    def said(self):
        """“2,000 a month on average”, with its money, or “at least 25% more”."""
        if self.in_words:
            return self.in_words
        if self.amount is not None:
            value = f"{money(self.amount, self.currency)} {self.get_period_display()}"
        else:
            value = f"{self.percent.normalize():f}% more"
        return self.Measure(self.measure).said.format(value=value)
