"""The 29 members of 2019, what each could give in a year, and the key by which burdens compare.

Means are a small, equal share of what a member has: nobody publishes what it would give to its southern neighbourhood.

- money, M EUR: 0.03 % of defence expenditure;
- trainers, persons for a year: 0.03 % of military personnel;
- flight_hours: half the yearly rate at which AWACS flew in support of ISAF (10,000 hours in about 2.5 years), divided
  by expenditure on equipment among the members that spend at least 1,000 M USD on it;
- advisers, civilian persons for a year: one for each 100,000 M USD of gross domestic product, at least one.

The United States' forces serve the whole world: it gives no more of a means than 22.144 % of what all give, its share
of NATO's common funding in 2017. Iceland has no forces; it gives money as if it spent on defence what the member with
the least share of its product does (Luxembourg, 0.547 %). What is not planned yet cannot be given yet: half of the
means are ready in the first year, three quarters in the second. Burdens compare by gross domestic product, that of the
United States counted as so much that its fair share is the same 22.144 %: the key of the common budgets, as near as
public figures come to it.
"""

from collections.abc import Mapping

from examples.flank.figures import country_names, figure, figures, subjects
from examples.flank.provenance import Record, ruled

YEAR = 2019
MONEY_SHARE = 0.0003
TRAINERS_SHARE = 0.0003
HOURS_SHARE = 0.5
READY = {"2020": 0.5, "2021": 0.75, "2022": 1.0}
PERIODS = tuple(READY)
LEAST_EQUIPMENT_MUSD = 1000.0
GDP_MUSD_PER_ADVISER = 100_000.0
GLOBAL_POWER = "usa"
WITHOUT_FORCES = "isl"
STAKE_MEUR = 0.5

RULE = (
    "0.03 % of defence expenditure and of military personnel, 2,000 flight hours a year by expenditure on equipment,"
    " one adviser per 100,000 M USD of product; ability to pay by product; the United States at most 22.144 % of each;"
    " half of it in the first year, three quarters in the second"
)


def member_ids() -> tuple[str, ...]:
    """Who had acceded by 2019, in the alphabetical order of their codes."""
    return tuple(sorted(one for one in subjects("nato_accession") if figure(one, "nato_accession").value <= YEAR))


def in_meur(musd: float) -> float:
    """US dollars as euros, at the average rate of 2019."""
    return musd / figure("ecb", "usd_per_eur").value


def defence_expenditure_musd(member: str) -> float:
    """Defence expenditure of 2019; Iceland as if it spent like the member with the least share of its product."""
    if member == WITHOUT_FORCES:
        return figure(member, "gdp").value * min(
            _share_of_product(one) for one in member_ids() if one != WITHOUT_FORCES
        )
    return figure(member, "defence_expenditure").value


def _share_of_product(member: str) -> float:
    return figure(member, "defence_expenditure").value / figure(member, "gdp").value


def equipment_musd(member: str) -> float:
    """Expenditure on equipment of 2019, M USD; 0 below the least that buys aircraft of one's own."""
    share = figures(member, "equipment_share")
    spent = defence_expenditure_musd(member) * share[0].value / 100 if share else 0.0
    return spent if spent >= LEAST_EQUIPMENT_MUSD else 0.0


def _personnel(member: str) -> float:
    found = figures(member, "military_personnel")
    return found[0].value * 1000 if found else 0.0


def _with_ceiling(given: Mapping[str, float]) -> dict[str, float]:
    """What each gives, the United States at most its share of common funding of what all give."""
    share = figure("nato", "cost_share", about=GLOBAL_POWER).value / 100
    others = sum(value for member, value in given.items() if member != GLOBAL_POWER)
    return {**given, GLOBAL_POWER: min(given[GLOBAL_POWER], others * share / (1 - share))}


def _flight_hours() -> dict[str, float]:
    share = figure("nato", "cost_share", about=GLOBAL_POWER).value / 100
    flown, years = figure("nato", "awacs_flight_hours", about="afg"), figure("nato", "awacs_years", about="afg")
    a_year = HOURS_SHARE * flown.value / years.value
    spent = {member: equipment_musd(member) for member in member_ids()}
    others = sum(value for member, value in spent.items() if member != GLOBAL_POWER)
    hours = {member: a_year * (1 - share) * value / others for member, value in spent.items()}
    return {**hours, GLOBAL_POWER: a_year * share}


def means() -> dict[str, Record]:
    """What each member could give in a year, by resource; a resource it cannot give is left out."""
    ids = member_ids()
    money = _with_ceiling({one: in_meur(defence_expenditure_musd(one)) * MONEY_SHARE for one in ids})
    trainers = _with_ceiling({one: _personnel(one) * TRAINERS_SHARE for one in ids})
    advisers = _with_ceiling({one: max(1.0, figure(one, "gdp").value / GDP_MUSD_PER_ADVISER) for one in ids})
    hours = _flight_hours()
    a_year = {"money": money, "trainers": trainers, "flight_hours": hours, "advisers": advisers}
    return {
        one: {resource: _year_by_year(amounts[one]) for resource, amounts in a_year.items() if amounts[one] > 0}
        for one in ids
    }


def _year_by_year(amount: float) -> list[float]:
    return [round(amount * ready, 2) for ready in READY.values()]


def members() -> list[Record]:
    """The members' records."""
    given, able = means(), _with_ceiling({one: figure(one, "gdp").value / 1000 for one in member_ids()})
    return [
        {
            "id": one,
            "title": country_names()[one],
            "resources": given[one],
            "ability_to_pay": round(able[one], 1),
            **ruled(RULE, *_sources(one), confidence=0.6),
        }
        for one in member_ids()
    ]


def _sources(member: str) -> tuple[str, ...]:
    measures = ("defence_expenditure", "gdp", "military_personnel", "equipment_share")
    return tuple(one.source for measure in measures for one in figures(member, measure))


def member_defaults() -> Record:
    """What holds for every member: from which stake on it counts as taking part (an assumption, see the README)."""
    return {"min_contribution": STAKE_MEUR}
