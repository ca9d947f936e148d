"""The network that routes are found in follows the guide: after any sequence of edits it is as if built anew."""

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.guide.models.certifications import Certification
from careers.guide.models.moves import Move
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.people.views.requests import AnonymousProfile
from careers.routes.rules.journeys import By
from careers.routes.rules.routes import best_routes
from careers.routes.selectors.guide_network import build, current_guide
from tests.factories import make_certification, make_move, make_role, make_skill

pytestmark = pytest.mark.django_db
EDITS, SEQUENCES = 12, 8


def whole(guide):
    """All that routes are found by, in its order."""
    return {
        "moves": list(guide.ways.moves()),
        "stops": guide.ways.stops,
        "currencies": guide.ways.currencies,
        "asked": {role: list(needs.items()) for role, needs in guide.asked.items()},
        "order": (guide.places.order, guide.places.by_level),
        "credits": guide.credits,
        "certifications": [(key, one.title) for key, one in guide.certification_of.items()],
        "examples": guide.example_keys,
        "skills": guide.asked_skills,
    }


def shown(guide):
    """What pages show of every role and move, as it is read."""
    pairs = [(move.start, move.end) for move in guide.ways.moves()]
    keys = [key for key in guide.ways.stops if key]
    guide.read_along(keys, *pairs)
    roles = [(guide.role_of[key].title, [str(need) for need in guide.role_of[key].role_skills.all()]) for key in keys]
    rows = [guide.row_of.get(pair) for pair in pairs]
    moves = [(str(row), row.how, [str(one) for one in row.certifications.all()]) for row in rows if row]
    return roles, moves, {key: guide.skill_of[key].name for key in guide.asked_skills}


def answers(guide):
    """The routes from each role to each, by each measure."""
    stops = guide.ways.stops
    person = {"asked": guide.asked, "has": {}, "held": ()}
    return [
        [(route.stops, route.totals) for route in best_routes(guide.ways, start, target, **person, by=by)]
        for by in By
        for start in stops[:4]
        for target in stops[-4:]
    ]


class Desk:
    """Edits as an editor, an import or the database's own prompt makes them."""

    def __init__(self, chance):
        self.chance = chance
        skills = [make_skill() for _ in range(4)]
        belts = [make_certification(steps=[("Read", 2)], skills={skill: 3}) for skill in skills[:3]]
        roles = [make_role(level=1 + number % 3, skills={chance.choice(skills): 2}) for number in range(7)]
        for start, end in pairwise(roles):
            make_move(start, end, certifications=[chance.choice(belts)])

    def any(self, model):
        return self.chance.choice(list(model.objects.order_by("pk")))

    def edit(self):
        self.chance.choice(
            [
                self.write,
                self.publish,
                self.ask,
                self.move,
                self.retrack,
                self.take_away,
                self.recommend,
                self.price,
                self.add,
            ]
        )()

    def write(self):
        Role.objects.filter(pk=self.any(Role).pk).update(
            title=f"Role {self.chance.random()}", level=self.chance.randint(1, 5), position=self.chance.randint(1, 3)
        )
        Skill.objects.filter(pk=self.any(Skill).pk).update(name=f"Skill {self.chance.random()}")

    def publish(self):
        one = self.any(self.chance.choice([Role, Skill, Certification, Move]))
        one.status = self.chance.choice(["published", "draft", "published"])
        one.save()

    def ask(self):
        self.any(Role).role_skills.update_or_create(
            skill=self.any(Skill), defaults={"proficiency": self.chance.randint(1, 5)}
        )

    def move(self):
        start, end = self.any(Role), self.any(Role)
        if start != end and not Move.objects.filter(from_role=start, to_role=end).exists():
            make_move(start, end, months=self.chance.choice([None, (1, 3)]))

    def retrack(self):
        Move.objects.filter(pk=self.any(Move).pk).update(
            position=self.chance.randint(1, 3), how=f"{self.chance.random()}"
        )

    def take_away(self):
        kind = self.chance.choice([Role, Skill, Move, Certification])
        if kind.objects.count() > 2:
            self.any(kind).delete()

    def recommend(self):
        self.any(Move).certifications.set([self.any(Certification), self.any(Certification)])

    def price(self):
        Certification.objects.filter(pk=self.any(Certification).pk).update(
            fee_amount=self.chance.randint(1, 9), fee_currency=self.chance.choice(["EUR", "USD"]), fee_as_of="2026"
        )

    def add(self):
        role = make_role(level=self.chance.randint(1, 5), skills={self.any(Skill): 4})
        make_move(self.any(Role), role)


@pytest.mark.parametrize("number", range(SEQUENCES))
def test_after_any_edits_it_answers_as_one_that_is_built_anew(number):
    desk = Desk(Random(number))
    former = shown(current_guide())
    assert former
    for _ in range(EDITS):
        desk.edit()
        kept, anew = current_guide(), build()
        assert whole(kept) == whole(anew)
        assert shown(kept) == shown(anew)
        assert answers(kept) == answers(anew)


def test_an_edit_of_a_text_keeps_the_moves_and_reads_its_role_alone():
    roles = [make_role(level=1 + number % 4, skills={make_skill(): 2}) for number in range(12)]
    for start, end in pairwise(roles):
        make_move(start, end)
    former = current_guide()
    former.read_along([role.pk for role in roles])
    ways = former.ways
    Role.objects.filter(pk=roles[3].pk).update(summary="Now written anew.")
    with CaptureQueriesContext(connection) as queries:
        now = current_guide()
        assert now is not former
        assert now.ways is ways
        assert now.role_of.known.keys() == former.role_of.known.keys() - {roles[3].pk}
        assert now.role_of[roles[3].pk].summary == "Now written anew."
    assert not any('"careers_move"' in query["sql"] for query in queries), "no move was read"


def test_a_role_that_is_taken_back_while_a_route_is_planned_is_no_fault():
    """The network is of the moment before; the next page has it right."""
    start, middle, end = (make_role(level=level) for level in (1, 2, 3))
    make_move(start, middle)
    make_move(middle, end)
    guide = current_guide()
    Role.objects.filter(pk=middle.pk).update(status="archived")
    asked = {"start_slug": start.slug, "target_slug": end.slug, "by": By.FASTEST}
    routes = guide.routes_for(profile=AnonymousProfile(), today=date(2026, 11, 22), **asked)
    assert routes.found == []
