"""The words in which people ask most, and the pages that answer them: in search, and in the suggestions."""

import pytest

from careers.search.services.searching import find
from tests.search.test_article import page_of

# Each with the pages of which one is among the first three.
QUESTIONS = {
    "What will I earn as a fresher?": "question pay",
    "BPO salary": "question pay",
    "salary expectations": "question pay",
    "interview questions": "section interview-questions",
    "Tell me about yourself": "section interview-questions",
    "Versant test": "section getting-hired",
    "mock call": "section getting-hired",
    "interview rounds": "section getting-hired",
    "is night shift safe for women": "section working-nights, question shifts",
    "how do I get home at night": "section working-nights, question shifts, section interview-questions",
    "how to sleep after night shift": "section working-nights",
    "night shift health": "section working-nights",
    "will AI take my job": "question stability",
    "career growth": "section growth",
    "how do I become a team leader": "role team-leader",
    "BPO to IT": "question engineer-in-bpo",
    "move from BPO to another industry": "question other-industries",
    "no degree": "question degree",
    "12th pass job": "question degree",
    "what is voice process": "section what-is-bpo, question voice-or-non-voice, section glossary",
    "voice or non voice": "question voice-or-non-voice",
    "domestic or international process": "section glossary, question shifts",
    "weak English": "question english",
    "accent": "question english, skill communication",
    "do I need a course first": "question course-first",
    "training bond": "section before-you-sign",
    "notice period": "section when-you-leave, section before-you-sign",
    "relieving letter": "section when-you-leave",
    "experience letter": "section when-you-leave",
    "AWOL": "section when-you-leave, section glossary",
    "they hold my last pay": "section when-you-leave",
    "who hires freshers": "section companies",
    "companies hiring freshers": "section companies",
    "registration fee": "section companies, section getting-hired",
    "scam call centre": "section getting-hired",
    "work from home": "question working-from-home",
    "data entry from home": "question working-from-home",
    "part time job": "question study-while-working",
    "study while working": "question study-while-working",
    "how many calls a day": "question how-hard",
    "targets and stress": "question how-hard",
    "is BPO a stable career": "question stability",
    "probation": "section before-you-sign",
    "CTC": "section before-you-sign, question pay, section glossary",
    "KPO": "section glossary",
    "MTI": "section glossary, question english, skill communication",
    "what documents do I need": "section getting-hired",
    "how to apply": "section getting-hired",
    "offer letter": "section before-you-sign",
    "night differential": "section working-nights",
    "provident fund": "section when-you-leave, section before-you-sign",
    "engineer": "question engineer-in-bpo",
    "job for engineers in BPO": "question engineer-in-bpo",
    "background verification": "section getting-hired",
    "incentives": "section before-you-sign, question pay",
}
# The same, in other words: as people type them, with slips, and with Hindi or Filipino beside English.
ASKED = {
    "question pay": [
        "how much salry for fresher in call center",
        "magkano sahod ng call center agent",
        "starting in hand salary bpo",
        "engineer pay",
    ],
    "section interview-questions": [
        "what will they ask in interview",
        "intervew question and answer bpo",
        "introduce yourself sample answer",
        "how to answer strengths and weakness",
    ],
    "section getting-hired": [
        "initial interview final interview exam",
        "selection process bpo",
        "typing test assesment before hiring",
    ],
    "section working-nights, question shifts, section interview-questions": [
        "cab facility for girls night duty",
        "ladies night shift safety",
        "is graveyard shift safe for woman",
        "do they give transport at night",
    ],
    "section working-nights": [
        "graveyard shift side effects",
        "cant sleep in day time after duty",
        "night duty helth problem",
    ],
    "question stability": [
        "chatgpt replace call center",
        "will robots replace bpo agents",
        "bpo future AI job loss",
        "are call centre jobs dying because of AI",
    ],
    "section growth, question stability": [
        "promotion in call center",
        "carrer growth in bpo",
        "will I be stuck as an agent",
        "career ladder in bpo",
    ],
    "role team-leader": [
        "how to be TL",
        "agent to team leader promotion",
        "team leder kaise bane",
        "team lead requirements",
    ],
    "question engineer-in-bpo, question other-industries": [
        "switch from bpo to software",
        "bpo to IT job change",
        "leave call center and get software job",
        "can call center agent go to IT company",
        "how to join it sector after call center",
    ],
    "question engineer-in-bpo": [
        "btech in call center",
        "engineering graduate bpo waste of degree",
        "should engineer join bpo",
    ],
    "question degree": [
        "12 pass job without degree",
        "undergraduate call center hiring",
    ],
    "question voice-or-non-voice": [
        "voice vs non voice which is better",
        "chat or call which one for me",
        "non voice process good or not",
        "non voice or voice for introvert",
    ],
    "section what-is-bpo, section glossary": [
        "inbound outbound difference",
        "difference of inbound and outbound calls",
        "what is outbond process",
        "what is an inbound process",
    ],
    "section glossary, section what-is-bpo": [
        "bpo vs kpo",
        "KPO meaning",
        "diference between bpo and kpo",
        "kpo vs bpo which pays",
    ],
    "section glossary, question shifts": [
        "international voice process meaning",
        "domestic bpo vs international bpo",
        "US process or domestic",
        "domestic voice process means",
    ],
    "question english, skill communication": [
        "my english is not good",
        "accent problem call center",
        "poor english bpo job milega",
        "I can not speak fluent english",
    ],
    "question course-first": [
        "is training course necessary for call center",
        "call center training institute join",
        "which course for bpo job",
        "do I need certificate course to join bpo",
    ],
    "section before-you-sign": [
        "do I have to pay training bond if I resign",
        "employment bond 1 year",
        "bond amount pay",
    ],
    "section when-you-leave, section before-you-sign": [
        "how many days notice to resign",
        "30 days rendering resignation",
        "experience certificate not given",
    ],
    "section when-you-leave, section glossary": [
        "absconding from company",
        "went awol final pay",
        "full and final settlement pending",
    ],
    "section getting-hired, section companies": [
        "asking money for job",
        "fake call center job",
        "security deposit for job is it fraud",
        "how to know if job offer is fake",
    ],
    "question working-from-home": [
        "wfh data entry job",
        "online typing work at home",
        "home based call center agent",
        "work at home csr",
    ],
    "question study-while-working": [
        "working student call center",
        "part time bpo job for students",
        "job with college",
    ],
    "question how-hard": [
        "is call center job stressful",
        "irate customers pressure",
        "target pressure in bpo",
        "what is daily target of calls",
    ],
    "question stability, section growth, section when-you-leave": [
        "job hopping in bpo",
        "people who stay long in call center",
        "is bpo good career long term",
    ],
}
# Names of jobs, as people type them; the page of that job comes first.
JOBS = {
    "telesales": "telesales-executive",
    "telecaller": "telesales-executive",
    "telecalling job": "telesales-executive",
    "telemarketing": "telesales-executive",
    "collections": "collections-executive",
    "debt collector": "collections-executive",
    "loan recovery agent": "collections-executive",
    "AR caller": "collections-executive",
    "content moderator": "content-moderator",
    "content moderation": "content-moderator",
    "trust and safety": "content-moderator",
    "medical coder": "medical-coder",
    "medical coding": "medical-coder",
    "medical billing": "medical-coder",
    "MIS executive": "mis-executive",
    "MIS": "mis-executive",
    "reporting analyst": "mis-executive",
}


@pytest.mark.parametrize("typing", [False, True], ids=["search", "suggestions"])
def test_what_people_ask_most_finds_a_page_that_answers(guide, typing):
    missed = {}
    asked = [(words, pages) for pages, others in ASKED.items() for words in others]
    for words, pages in [*QUESTIONS.items(), *asked]:
        first = [page_of(entry) for entry in find(words, typing=typing).entries[:3]]
        if not set(pages.split(", ")) & set(first):
            missed[words] = first
    assert not missed, "\n".join(f"{asked!r}: {first}" for asked, first in missed.items())


@pytest.mark.parametrize("typing", [False, True], ids=["search", "suggestions"])
def test_the_name_of_a_job_finds_its_page_first(guide, typing):
    first = {words: find(words, typing=typing).entries[:1] for words in JOBS}
    found = {words: page_of(entries[0]) if entries else None for words, entries in first.items()}
    assert found == {words: f"role {slug}" for words, slug in JOBS.items()}
