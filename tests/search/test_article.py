"""Whoever has read the article finds what it says by its own words: in search, and in the suggestions."""

import pytest

from careers.guide.models.sections import Section
from careers.search.services.searching import find

# What the article calls it, and the page of the guide that says it.
HEADINGS = {
    "Career Guide: Starting and Growing in BPO Operations": "section introduction",
    "What is BPO Operations?": "section what-is-bpo",
    "Entry-Level Job Roles in BPO": "section entry-roles",
    "Skills Required for BPO Careers": "section skills",
    "Growth Opportunities in BPO Operations": "section growth",
    "Certifications to Boost Your BPO Careers": "section certifications",
    "Top Industries Hiring for BPO Operations": "section industries",
    "Popular Companies Hiring for BPO Roles": "section companies",
    "Most Recommended Books": "section books",
    "FAQs – BPO careers": "section questions",
    "Conclusion: A Gateway to Diverse Career Paths": "section conclusion",
}
KINDS_OF_BPO = {
    "Voice-based BPO": "section what-is-bpo",
    "Non-voice BPO": "section what-is-bpo",
}
ROLES = {
    "Customer Service Executive": "role customer-service-executive",
    "Technical Support Associate": "role technical-support-associate",
    "Data Entry Operator": "role data-entry-operator",
    "Process Associate": "role process-associate",
    "Team Leader / Process Trainer": "role team-leader, role process-trainer",
    "Quality Analyst": "role quality-analyst",
    "Operations Manager": "role operations-manager",
    "Transition / Migration Manager": "role transition-manager",
    "Client Relationship Manager": "role client-relationship-manager",
}
SKILLS = {
    "Excellent Communication Skills": "skill communication",
    "Communication Skills": "skill communication",
    "Customer-Centric Mindset": "skill customer-focus",
    "Basic Computer Proficiency": "skill computer-proficiency",
    "Problem-Solving Ability": "skill problem-solving",
    "Typing Speed and Accuracy": "skill typing",
    "Time Management": "skill time-management",
}
CERTIFICATIONS = {
    "Six Sigma (Yellow/Green Belt)": ("certification six-sigma-yellow-belt, certification six-sigma-green-belt"),
    "ITIL Foundation": "certification itil-foundation",
    "Soft Skills and Communication Training": "certification soft-skills-training",
    "Certified Customer Service Professional (CCSP)": "certification certified-customer-service-professional",
}
INDUSTRIES = {
    "Information Technology (IT)": "industry information-technology",
    "Banking and Financial Services": "industry banking-and-financial-services",
    "Insurance": "industry insurance",
    "Telecom": "industry telecom",
    "Healthcare": "industry healthcare",
    "E-commerce": "industry e-commerce",
    "Travel and Hospitality": "industry travel-and-hospitality",
}
COMPANIES = {
    "Accenture": "company accenture",
    "Concentrix": "company concentrix",
    "Wipro": "company wipro",
    "Genpact": "company genpact",
    "TCS": "company tcs",
    "Infosys BPM": "company infosys-bpm",
    "Teleperformance": "company teleperformance",
    "IBM": "company ibm",
}
BOOKS = {
    "“BPO Management and IT” by V. Anandkumar": "book bpo-management-and-it",
    "“The BPO Revolution” by Kedar Virkar": "book the-bpo-revolution",
    "“Call Center Fundamentals” by Donnie Baje": "book call-center-fundamentals",
}
QUESTIONS = {
    "Is a degree mandatory to work in BPO operations?": "question degree",
    "Is there career stability in the BPO industry?": "question stability",
    "What shifts do BPO employees work in?": "question shifts",
    "Can I transition from BPO to other industries later?": "question other-industries",
}
PHRASES = {
    "core competencies": "section what-is-bpo",
    "reduce operational costs": "section what-is-bpo",
    "digital transformation": "section conclusion",
}
# What the article says in a sentence, and where the guide says the same.
SENTENCES = {
    "introduction": (
        "one of the fastest-growing fields in the world",
        "Companies everywhere rely on it",
        "roles, skills, certifications, steps up, and answers to common questions",
        "make learning simpler and careers faster, for students, people at work and firms",
    ),
    "what-is-bpo": (
        "technical support, IT services, finance or human resources",
        "two large kinds of work",
        "To work more efficiently, to reduce operational costs",
        "core competencies",
    ),
    "conclusion": ("digital transformation and global outsourcing", "proactive, agile and customer-focused"),
}
EVERYTHING = (
    HEADINGS | KINDS_OF_BPO | ROLES | SKILLS | CERTIFICATIONS | INDUSTRIES | COMPANIES | BOOKS | QUESTIONS | PHRASES
)
# What the guide called them before; people have links, notes and habits.
FORMER = {
    "Communication": "skill communication",
    "Customer focus": "skill customer-focus",
    "Problem solving": "skill problem-solving",
    "Do I need a degree to work in BPO?": "question degree",
    "Is a career in BPO stable?": "question stability",
    "Which shifts do people work?": "question shifts",
    "Can I move from BPO to another industry later?": "question other-industries",
}


@pytest.mark.parametrize("typing", [False, True], ids=["search", "suggestions"])
def test_the_articles_own_words_find_its_content_among_the_first_three(guide, typing):
    missed = {}
    for words, pages in (EVERYTHING | FORMER).items():
        for asked in (words, words.lower(), words.rstrip("?")):
            first = [page_of(entry) for entry in find(asked, typing=typing).entries[:3]]
            if not set(pages.split(", ")) <= set(first):
                missed[asked] = first
    assert not missed, "\n".join(f"{asked!r}: {first}" for asked, first in missed.items())


def test_what_the_article_says_in_sentences_stands_in_the_guide(guide):
    for slug, phrases in SENTENCES.items():
        body = Section.objects.published().get(slug=slug).body
        assert [phrase for phrase in phrases if phrase not in body] == [], slug


def test_a_word_of_which_the_guide_says_nothing_finds_nothing_rather_than_what_looks_like_it(guide):
    assert [(found.entries, found.instead) for found in [find("disability")]] == [([], "")]
    assert "question english" in [page_of(entry) for entry in find("hindi").entries[:3]]


def page_of(entry):
    """ "skill typing", by its kind and its address."""
    return f"{entry.kind} {entry.url.partition('#')[2] or entry.slug}"
