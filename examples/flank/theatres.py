"""The eleven theatres: what threatens them, how many live with it, what a host consents to, who can be there.

Risk has four drivers, each on a scale from 0 to 10, the same in every year if nothing is done:

- violence: deaths in conflict, mean of 2015 to 2019, on a log scale on which 100,000 a year is 10 (UCDP);
- security: how weak the state's hold on force is (Fragile States Index, security apparatus);
- governance: (2.5 - mean of government effectiveness, rule of law and control of corruption) times 2 (World Bank);
- grievance: groups with a grievance against the state or each other (Fragile States Index, group grievance).

Governance and grievance are structural: no military task reaches them. The Sahel is Mali, Niger, Burkina Faso and Chad:
deaths add up, indices are means weighted by population. A theatre's weight is 0.5 plus half the logarithm of its
population in millions: people who live with the risk count, but not ten times as much for being ten times as many.
What is won lasts longer where an administration works: persistence is 0.2 at the weakest government effectiveness
(-2.5), 0.5 at the middle of the scale (0). Absorption, used by `activities`, is 0.5 and 1 at the same two places.
"""

import math
from collections.abc import Callable

from examples.flank.figures import Figure, country_names, figure, figures
from examples.flank.members import member_ids
from examples.flank.partners import partners_in
from examples.flank.provenance import Record, cited, ruled

COUNTRIES: dict[str, tuple[str, ...]] = {
    "iraq": ("irq",),
    "syria": ("syr",),
    "libya": ("lby",),
    "sahel": ("mli", "ner", "bfa", "tcd"),
    "tunisia": ("tun",),
    "jordan": ("jor",),
    "lebanon": ("lbn",),
    "egypt": ("egy",),
    "algeria": ("dza",),
    "morocco": ("mar",),
    "mauritania": ("mrt",),
}
MIDDLE_EAST = ("iraq", "syria", "jordan", "lebanon", "egypt")
STRUCTURAL = ("governance", "grievance")
LOG_DEATHS_AT_TEN = 5.0
WEAKEST, MIDDLE = -2.5, 0.0
RULE = "four drivers from 0 to 10, weight by population on a log scale, persistence by government effectiveness"

# What a host lets happen on its soil, by flag; "*" is every flag not named. Judgements of 2019, to be disputed.
CONSENT: dict[str, tuple[dict[str, bool], str]] = {
    "iraq": ({"*": True}, "the government asked for a NATO training mission and for the coalition's help"),
    "syria": (
        {"*": False, "partner_led": True},
        "the government accepts the United Nations, no alliance and no coalition",
    ),
    "libya": (
        {"*": True},
        "the recognised government asked for advice on its institutions; it controls part of the land",
    ),
    "sahel": ({"*": True}, "the governments host missions under several flags"),
    "tunisia": ({"*": True, "coalition": False}, "a partner of the alliance that declines foreign forces on its soil"),
    "jordan": ({"*": True}, "a partner of the alliance and host of coalition forces"),
    "lebanon": ({"*": True, "alliance": False}, "hosts the United Nations and bilateral help, no alliance mission"),
    "egypt": (
        {"*": True, "coalition": False},
        "a partner of the alliance with close bilateral ties; no coalition's troops",
    ),
    "algeria": (
        {"*": True, "coalition": False},
        "non-aligned: a partner of the alliance, no foreign coalition on its soil",
    ),
    "morocco": ({"*": True}, "a partner of the alliance with close bilateral ties"),
    "mauritania": ({"*": True}, "a partner of the alliance and of the G5 Sahel"),
}


def _over_population(theatre: str, value: Callable[[str], float]) -> float:
    people = {country: figure(country, "population").value for country in COUNTRIES[theatre]}
    return sum(people[country] * value(country) for country in people) / sum(people.values())


def mean_figure(theatre: str, measure: str) -> float:
    """An index of a theatre: the country's, or the mean of its countries weighted by population."""
    return _over_population(theatre, lambda country: figure(country, measure).value)


def deaths_by_year(theatre: str) -> list[float]:
    """Deaths in conflict, year by year; those of several countries add up."""
    counted = [figures(country, "conflict_deaths") for country in COUNTRIES[theatre]]
    return [sum(one.value for one in year) for year in zip(*counted, strict=True)]


def points_of_violence(deaths: float) -> float:
    """Deaths in a year as points from 0 to 10, on a log scale."""
    return min(10.0, 10 * math.log10(1 + deaths) / LOG_DEATHS_AT_TEN)


def _violence(theatre: str) -> float:
    deaths = deaths_by_year(theatre)
    return points_of_violence(sum(deaths) / len(deaths))


def _governance(theatre: str) -> float:
    measures = ("government_effectiveness", "rule_of_law", "control_of_corruption")
    return 2 * (2.5 - sum(mean_figure(theatre, measure) for measure in measures) / len(measures))


def risk(theatre: str) -> dict[str, float]:
    """Risk points of each driver, each year; a driver that stands at 0 is left out."""
    points = {
        "violence": _violence(theatre),
        "security": mean_figure(theatre, "security_apparatus"),
        "governance": _governance(theatre),
        "grievance": mean_figure(theatre, "group_grievance"),
    }
    return {driver: round(value, 1) for driver, value in points.items() if round(value, 1) > 0}


def by_effectiveness(theatre: str, *, weakest: float, middle: float) -> float:
    """A number that follows government effectiveness, between its values at the weakest and at the middle."""
    place = (mean_figure(theatre, "government_effectiveness") - WEAKEST) / (MIDDLE - WEAKEST)
    return round(weakest + (middle - weakest) * min(place, 1.0), 2)


def absorption(theatre: str) -> float:
    """What an administration can make of help: 0.5 at the weakest, 1 from the middle of the scale on."""
    return by_effectiveness(theatre, weakest=0.5, middle=1.0)


def _persistence(theatre: str) -> float:
    return by_effectiveness(theatre, weakest=0.2, middle=0.5)


def _weight(theatre: str) -> float:
    millions = sum(figure(country, "population").value for country in COUNTRIES[theatre]) / 1e6
    return round(0.5 + 0.5 * math.log10(millions), 2)


def _sources(theatre: str) -> tuple[str, ...]:
    measures = ("conflict_deaths", "security_apparatus", "group_grievance", "rule_of_law", "population")
    found: list[Figure] = [
        one for country in COUNTRIES[theatre] for measure in measures for one in figures(country, measure)
    ]
    return tuple(one.source for one in found)


def _consent_source(theatre: str) -> str:
    dialogue = [one.source for country in COUNTRIES[theatre] for one in figures(country, "mediterranean_dialogue")]
    return str(cited(f"consent is an assumption: {CONSENT[theatre][1]}", *dialogue)["source"])


def title(theatre: str) -> str:
    """What a theatre is called where people read it."""
    countries = COUNTRIES[theatre]
    return country_names()[countries[0]] if len(countries) == 1 else theatre.capitalize()


def theatres() -> list[Record]:
    """The theatres' records."""
    return [
        {
            "id": theatre,
            "title": title(theatre),
            "risk": risk(theatre),
            "structural": list(STRUCTURAL),
            "weight": _weight(theatre),
            "persistence": _persistence(theatre),
            "consent": CONSENT[theatre][0],
            "access": [*member_ids(), *partners_in(theatre)],
            **ruled(RULE, *_sources(theatre), _consent_source(theatre), confidence=0.6),
        }
        for theatre in COUNTRIES
    ]
