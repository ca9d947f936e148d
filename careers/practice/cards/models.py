"""What a person did with an interview card. The question is the guide's: a row outlives whatever HR does with it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from careers.fields.models.texts import LineField, TextField
from careers.people.models.profiles import Profile
from careers.practice.cards.rules.questions import LONGEST_KEY
from careers.practice.cards.rules.schedule import CardMemory, Recall

LONGEST_QUESTION = 300
LONGEST_NOTE = 2000
OF_MEMORY = ("state", "step", "stability", "difficulty", "due_at", "answered_at")
NEVER = Q(answers=0, due_at=None, answered_at=None, started_at=None, last="", stability=None, difficulty=None)
ONCE = Q(
    answers__gt=0,
    due_at__isnull=False,
    answered_at__isnull=False,
    started_at__isnull=False,
    last__in=[answer.name.lower() for answer in Recall],
    stability__gt=0,
    difficulty__gt=0,
)


class CardState(models.Model):
    """One person and one card: how well it is known (`CardMemory`), when it comes again, and the person's own notes.

    `question` is what it asked when the person last answered. `before` is the state before the last answer, for undo.
    """

    class Last(models.TextChoices):
        AGAIN = "again", "Again"
        HARD = "hard", "Hard"
        GOOD = "good", "Good"
        EASY = "easy", "Easy"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="interview_cards")
    key = models.CharField(max_length=LONGEST_KEY)
    question = LineField(max_length=LONGEST_QUESTION)
    note = TextField(blank=True)
    answers = models.PositiveIntegerField(default=0, help_text="How often it was answered.")
    last = models.CharField(max_length=5, choices=Last, blank=True, default="")
    state = models.PositiveSmallIntegerField(default=CardMemory().state)
    step = models.PositiveSmallIntegerField(null=True, blank=True, default=CardMemory().step)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True, help_text="When it was first answered.")
    noted_at = models.DateTimeField(default=timezone.now, help_text="When the note was last changed.")
    before = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "key"],
                name="cardstate_once",
                violation_error_message="This card has its row already.",
            ),
            models.CheckConstraint(
                name="cardstate_never_or_once",
                condition=NEVER | ONCE,
                violation_error_message="A card that was answered has a day on which it comes again.",
            ),
        ]

    def __str__(self):
        return self.question

    @property
    def memory(self):
        return CardMemory(**{name: getattr(self, name) for name in OF_MEMORY})

    @property
    def can_undo(self):
        return self.before is not None
