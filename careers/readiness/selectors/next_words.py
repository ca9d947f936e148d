"""The next step towards a first role in words: title, text, the label of its link and where it leads."""

from django.urls import reverse

from careers.lib.words import counted, plural
from careers.readiness.rules import LineKind
from careers.readiness.selectors.practice import CALL, ENTRY, QUESTIONS, TYPING


def next_in_words(ready):
    """`ready` is a `Readiness` of a person."""
    line = ready.next
    return WORDS[line.kind](ready, line) if line else apply_now(ready)


def step(title, text, label, url):
    return {"title": title, "text": text, "label": label, "url": url}


def apply_now(ready):
    text = "You have all that this list asks for. Apply on a company’s own page."
    return step("Apply", text, "How to apply", reverse("role-apply", args=[ready.role.slug]))


def rate(ready, line):
    number = sum(one.kind == LineKind.RATE for one in ready.lines)
    text = f"{counted(number, 'essential skill')} {plural(number, 'is,are')} not rated yet."
    return step("Say what you can do", text, "Rate your skills", reverse("profile-skills"))


def make_cv(ready, line):
    text = "One page, made from your profile. It needs your name, and a phone number or an e-mail."
    return step("Make your CV", text, "Make it", reverse("cv-edit"))


def find_paper(ready, line):
    return step("Get your papers together", f"Not ticked yet: {line.name}.", "Go to the papers", "#papers")


def raise_skill(ready, line):
    row = next(row for row in ready.fit.missing if row.asked.skill.name == line.name)
    text = "The skill’s page says how to practise and what certifies it."
    return step(f"Raise {line.name} {line.detail}", text, "How to practise", row.asked.skill.get_absolute_url())


def practise(ready, line):
    text = f"{line.detail}." if line.detail else "Employers test it before they hire."
    return step(f"Practise: {line.name.lower()}", text, "Practise it here", reverse(PRACTISED_AT[line.key]))


PRACTISED_AT = {TYPING: "practice-typing", ENTRY: "practice-entry", QUESTIONS: "card-list", CALL: "call-list"}
WORDS = {
    LineKind.RATE: rate,
    LineKind.CV: make_cv,
    LineKind.PAPER: find_paper,
    LineKind.PRACTISE: practise,
    LineKind.RAISE: raise_skill,
}
