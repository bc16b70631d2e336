"""Position of each member on each activity under each framework: a sum of terms, clipped to [-2, 2].

A member starts at +1: it supports and pays for what the alliance does. Terms of interest:

- neighbour, +1: its territory lies within 1,000 km of a theatre that the activity serves;
- reach, +0.5: it spends at least 20,000 M USD a year on defence;
- other flank, -1: it borders Russia and keeps its soldiers there. Not in partner cooperation, which mainly needs money.

Terms against a common mandate are multiplied by framework (alliance 1, coalition 0.5, partner-led 0.25) and by pillar
(capacity building 1, surveillance 0.6, partner cooperation 0.25):

- votes apart, -0.5: its ideal point in the UN General Assembly of 2019 is more than 0.4 from the members' median; for a
  Middle Eastern theatre, more than 1.0 on votes about the Middle East;
- rival of the host, -3: the two are coded as strategic rivals;
- rival ally, -3.5: the state in the theatre is contested (political stability below -2), and both the member and an
  ally that is its strategic rival are neighbours. Neither wants the other to train the winning side.
- own operation, -3: a judgement, not a rule. France has its own operation in the Sahel and does not want a second
  command of the alliance there.

A member objects below -1 and pays from +1 on. Positions of +1, the default, are left out.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median

from examples.flank.activities import Offer, offers
from examples.flank.figures import figure, figures
from examples.flank.frameworks import ALLIANCE, COALITION, PARTNER_LED, big_spenders
from examples.flank.members import member_ids
from examples.flank.provenance import Record, cited
from examples.flank.theatres import COUNTRIES, MIDDLE_EAST, mean_figure

START = 1.0
NEIGHBOUR_KM = 1000.0
APART, APART_MIDDLE_EAST = 0.4, 1.0
CONTESTED = -2.0
BY_FRAMEWORK = {ALLIANCE: 1.0, COALITION: 0.5, PARTNER_LED: 0.25}
BY_PILLAR = {"capacity_building": 1.0, "surveillance": 0.6, "partner_cooperation": 0.25}
NEIGHBOUR, REACH, FLANK = 1.0, 0.5, -1.0
VOTES_APART, RIVAL_OF_HOST, RIVAL_ALLY, OWN_OPERATION = -0.5, -3.0, -3.5, -3.0
OWN_OPERATIONS = {("fra", "sahel")}


@dataclass(frozen=True)
class Term:
    """A term of a position: its name, points and source."""

    name: str
    points: float
    source: str


@dataclass(frozen=True)
class Stance:
    """A position and its terms."""

    value: float
    terms: tuple[Term, ...]


def position(member: str, offer: Offer, framework: str) -> Stance:
    """Position of a member on an activity under a framework."""
    factor = BY_FRAMEWORK[framework] * BY_PILLAR[offer.kind.pillar]
    against = [Term(term.name, term.points * factor, term.source) for term in _against(member, offer, framework)]
    terms = (*_interest(member, offer), *against)
    return Stance(round(max(-2.0, min(2.0, START + sum(term.points for term in terms))), 2), terms)


def _interest(member: str, offer: Offer) -> Iterator[Term]:
    near = min(_distances(member, offer.serves), default=None, key=lambda pair: pair[0])
    if near is not None:
        yield Term(f"neighbour ({near[0]:g} km)", NEIGHBOUR, near[1])
    if member in big_spenders():
        yield Term("reach", REACH, figure(member, "defence_expenditure").source)
    border = figures(member, "distance", about="rus")
    if border and offer.kind.pillar != "partner_cooperation":
        yield Term("other flank", FLANK, border[0].source)


def _distances(member: str, theatres: tuple[str, ...]) -> list[tuple[float, str]]:
    countries = [country for theatre in theatres for country in COUNTRIES[theatre]]
    found = [item for country in countries for item in figures(member, "distance", about=country)]
    return [(item.value, item.source) for item in found if item.value <= NEIGHBOUR_KM]


def _against(member: str, offer: Offer, framework: str) -> Iterator[Term]:
    yield from _votes_apart(member, middle_east=offer.theatre in MIDDLE_EAST)
    for country in COUNTRIES[offer.theatre]:
        for rivalry in figures(member, "strategic_rivalry", about=country):
            yield Term("rival of the host", RIVAL_OF_HOST, rivalry.source)
    yield from _rival_ally(member, offer.theatre)
    if framework == ALLIANCE and (member, offer.theatre) in OWN_OPERATIONS:
        yield Term(
            "own operation", OWN_OPERATION, "assumption: does not want a second command next to its own operation"
        )


@cache
def _median(measure: str) -> float:
    return median(figure(member, measure).value for member in member_ids())


def _votes_apart(member: str, *, middle_east: bool) -> Iterator[Term]:
    measure, limit = ("ideal_point_middle_east", APART_MIDDLE_EAST) if middle_east else ("ideal_point", APART)
    point = figure(member, measure)
    distance = abs(point.value - _median(measure))
    if distance > limit:
        yield Term(f"votes apart ({distance:.2f})", VOTES_APART, point.source)


def _rival_ally(member: str, theatre: str) -> Iterator[Term]:
    if mean_figure(theatre, "political_stability") >= CONTESTED or not _distances(member, (theatre,)):
        return
    for other in member_ids():
        rivalry = figures(member, "strategic_rivalry", about=other) or figures(other, "strategic_rivalry", about=member)
        if rivalry and _distances(other, (theatre,)):
            yield Term(f"rival ally ({other})", RIVAL_ALLY, rivalry[0].source)


def positions() -> list[Record]:
    """Records of the positions: for each member and theatre the most frequent value, then the exceptions."""
    return [record for member in member_ids() for theatre in COUNTRIES for record in _records_of(member, theatre)]


def _records_of(member: str, theatre: str) -> Iterator[Record]:
    stances = {
        (offer.id, framework): position(member, offer, framework)
        for offer in sorted(offers(), key=lambda offer: len(offer.serves))
        if offer.theatre == theatre
        for framework in offer.kind.frameworks
    }
    usual = Counter(stance.value for stance in stances.values()).most_common(1)[0][0]
    if usual != START:
        first = next(stance for stance in stances.values() if stance.value == usual)
        yield _record({"member": member, "theatre": theatre}, first)
    for offer in offers():
        if offer.theatre == theatre:
            of_offer = {framework: stances[offer.id, framework] for framework in offer.kind.frameworks}
            yield from _exceptions({"member": member, "activity": offer.id}, of_offer, usual)


def _exceptions(place: Record, stances: dict[str, Stance], usual: float) -> Iterator[Record]:
    values = {stance.value for stance in stances.values()}
    if len(values) == 1 and values != {usual}:
        yield _record(place, next(iter(stances.values())))
    if len(values) > 1:
        for framework, stance in stances.items():
            if stance.value != usual:
                yield _record({**place, "framework": framework}, stance)


def _record(place: Record, stance: Stance) -> Record:
    sum_of = " ".join(f"{term.points:+.3g} {term.name}" for term in stance.terms)
    source = cited(f"rule of positions: {START:g} {sum_of}", *(term.source for term in stance.terms))
    return {**place, "value": stance.value, **source, "confidence": 0.5}
