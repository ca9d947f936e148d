from django.db import models
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.publishing import GuideManager, GuideModel, GuideQuerySet


class QuestionQuerySet(GuideQuerySet):
    def for_page(self):
        return self.prefetch_related("country_pay")


class Question(GuideModel):
    question = LineField(max_length=200, unique=True, help_text="As a reader would ask it.")
    short_answer = LineField(max_length=300, help_text="The honest answer in one or two sentences.")
    answer = TextField(help_text="The whole answer. Leave a blank line between paragraphs.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order in the list, smallest first.")

    NAMED_BY = ("question",)

    objects = GuideManager.from_queryset(QuestionQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["position", "question"]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return f"{reverse('question-list')}#{self.slug}"
