"""The words by which roles are sorted: level, track, work type, shift, degree."""

from django.db import models

from careers.guide.rules import working_life


class Level(models.IntegerChoices):
    ENTRY = 1, "Entry"
    SPECIALIST = 2, "Specialist"
    LEAD = 3, "Lead"
    MANAGER = 4, "Manager"
    SENIOR_MANAGER = 5, "Senior manager"

    @property
    def slug(self):
        return self.name.lower()


class Track(models.TextChoices):
    """A line on the map. Its letter and colour are fixed in the look, so a seventh needs a letter first."""

    OPERATIONS = "operations", "Operations"
    QUALITY = "quality", "Quality"
    TRAINING = "training", "Training"
    WORKFORCE = "workforce", "Workforce"
    TRANSITION = "transition", "Transition"
    CLIENT = "client", "Client"

    @property
    def letter(self):
        return "X" if self is Track.TRANSITION else self.label[0]

    @property
    def blurb(self):
        return TRACK_BLURBS[self]


TRACK_BLURBS = {
    Track.OPERATIONS: "From the floor to running it: agents, team leaders, managers",
    Track.QUALITY: "Check the work, find the cause, make it better",
    Track.TRAINING: "Teach people the process and the voice",
    Track.WORKFORCE: "Forecast, schedule, steer the day",
    Track.TRANSITION: "Move whole processes safely to a new provider",
    Track.CLIENT: "Keep what was promised to the client",
}


class WorkType(models.TextChoices):
    VOICE = "voice", "Voice"
    NON_VOICE = "non_voice", "Non-voice"
    BLENDED = "blended", "Blended"


class Shift(models.TextChoices):
    """A person accepts some of these. A role says how often nights and days come (`Frequency`)."""

    DAY = working_life.DAY, "Day"
    NIGHT = working_life.NIGHT, "Night"
    ROTATIONAL = working_life.ROTATIONAL, "Rotational"


class Frequency(models.TextChoices):
    """How often nights, or days, come in jobs of a kind."""

    NEVER = working_life.NEVER, "Never"
    POSSIBLE = working_life.POSSIBLE, "Possible"
    USUAL = working_life.USUAL, "Usual"
    ALWAYS = working_life.ALWAYS, "Always"
    NOT_KNOWN = working_life.NOT_KNOWN, "Not known"

    @property
    def to_a_reader(self):
        """“Possible: ask first”: with what it means to do."""
        return f"{self.label}: ask first" if self in working_life.TO_ASK else self.label


class Country(models.TextChoices):
    """Countries of which the guide knows pay. Their codes are those of ISO 3166-1."""

    AUSTRALIA = "AU", "Australia"
    CANADA = "CA", "Canada"
    INDIA = "IN", "India"
    MALAYSIA = "MY", "Malaysia"
    PHILIPPINES = "PH", "Philippines"
    SINGAPORE = "SG", "Singapore"
    SOUTH_AFRICA = "ZA", "South Africa"
    UNITED_KINGDOM = "GB", "United Kingdom"
    UNITED_STATES = "US", "United States"

    @property
    def in_a_sentence(self):
        return f"the {self.label}" if str(self.label).startswith(("Philippines", "United ")) else str(self.label)

    @property
    def currency(self):
        """Of its own money, by the code of ISO 4217."""
        return MONEY[self]


MONEY = {
    Country.AUSTRALIA: "AUD",
    Country.CANADA: "CAD",
    Country.INDIA: "INR",
    Country.MALAYSIA: "MYR",
    Country.PHILIPPINES: "PHP",
    Country.SINGAPORE: "SGD",
    Country.SOUTH_AFRICA: "ZAR",
    Country.UNITED_KINGDOM: "GBP",
    Country.UNITED_STATES: "USD",
}
# Where most readers look for work: a role's page says of these, too, that no official figure was found.
OF_MOST_READERS = (Country.INDIA, Country.PHILIPPINES)


class Degree(models.TextChoices):
    NOT_NEEDED = working_life.NOT_NEEDED, "Not needed"
    NO_RULE = working_life.NO_RULE, "No rule found"
    PREFERRED = working_life.PREFERRED, "Preferred"
    NEEDED = working_life.NEEDED, "Needed"
