"""The eleven theatres: risk by driver, weight, consent of the host, and contributors with access.

Risk has four drivers, each on a scale from 0 to 10, the same in every year if nothing is done:

- violence: deaths in conflict, mean of 2015 to 2019, on a log scale on which 100,000 a year is 10 (UCDP);
- security: weakness of the security apparatus (Fragile States Index, security apparatus);
- governance: (2.5 - mean of government effectiveness, rule of law and control of corruption) times 2 (World Bank);
- grievance: groups with a grievance against the state or each other (Fragile States Index, group grievance).

Governance and grievance are structural: military tasks do not reduce them. The Sahel is Mali, Niger, Burkina Faso and
Chad. Their deaths are added; indices are means weighted by population.

A theatre's weight is 0.5 plus half the decimal logarithm of its population in millions. So population counts, but less
than proportionally. Persistence rises with government effectiveness: 0.2 at the weakest value (-2.5), 0.5 at the middle
of the scale (0). Absorption, used by `activities`, is 0.5 and 1 at the same two values.
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

# Consent of the host by framework, with its reason; "*" is every framework not named. Judgements of 2019.
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
    "sahel": ({"*": True}, "the governments host missions of several organisations"),
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
    """An index of a theatre: the mean of its countries, weighted by population."""
    return _over_population(theatre, lambda country: figure(country, measure).value)


def deaths_by_year(theatre: str) -> list[float]:
    """Conflict deaths of a theatre by year, summed over its countries."""
    counted = [figures(country, "conflict_deaths") for country in COUNTRIES[theatre]]
    return [sum(item.value for item in year) for year in zip(*counted, strict=True)]


def points_of_violence(deaths: float) -> float:
    """Risk points, 0 to 10, for a number of deaths in a year; log scale."""
    return min(10.0, 10 * math.log10(1 + deaths) / LOG_DEATHS_AT_TEN)


def _violence(theatre: str) -> float:
    deaths = deaths_by_year(theatre)
    return points_of_violence(sum(deaths) / len(deaths))


def _governance(theatre: str) -> float:
    measures = ("government_effectiveness", "rule_of_law", "control_of_corruption")
    return 2 * (2.5 - sum(mean_figure(theatre, measure) for measure in measures) / len(measures))


def risk(theatre: str) -> dict[str, float]:
    """Risk points per year by driver; drivers with 0 points are left out."""
    points = {
        "violence": _violence(theatre),
        "security": mean_figure(theatre, "security_apparatus"),
        "governance": _governance(theatre),
        "grievance": mean_figure(theatre, "group_grievance"),
    }
    return {driver: round(value, 1) for driver, value in points.items() if round(value, 1) > 0}


def by_effectiveness(theatre: str, *, weakest: float, middle: float) -> float:
    """A value linear in government effectiveness: `weakest` at -2.5, `middle` from 0 on."""
    place = (mean_figure(theatre, "government_effectiveness") - WEAKEST) / (MIDDLE - WEAKEST)
    return round(weakest + (middle - weakest) * min(place, 1.0), 2)


def absorption(theatre: str) -> float:
    """Share of an effect that an administration can absorb: 0.5 at the weakest, 1 from the middle of the scale on."""
    return by_effectiveness(theatre, weakest=0.5, middle=1.0)


def _persistence(theatre: str) -> float:
    return by_effectiveness(theatre, weakest=0.2, middle=0.5)


def _weight(theatre: str) -> float:
    millions = sum(figure(country, "population").value for country in COUNTRIES[theatre]) / 1e6
    return round(0.5 + 0.5 * math.log10(millions), 2)


def _sources(theatre: str) -> tuple[str, ...]:
    measures = ("conflict_deaths", "security_apparatus", "group_grievance", "rule_of_law", "population")
    found: list[Figure] = [
        item for country in COUNTRIES[theatre] for measure in measures for item in figures(country, measure)
    ]
    return tuple(item.source for item in found)


def _consent_source(theatre: str) -> str:
    dialogue = [item.source for country in COUNTRIES[theatre] for item in figures(country, "mediterranean_dialogue")]
    return str(cited(f"consent is an assumption: {CONSENT[theatre][1]}", *dialogue)["source"])


def title(theatre: str) -> str:
    """Title of a theatre."""
    countries = COUNTRIES[theatre]
    return country_names()[countries[0]] if len(countries) == 1 else theatre.capitalize()


def theatres() -> list[Record]:
    """Records of the theatres."""
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
