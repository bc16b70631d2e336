"""The 29 members of 2019: their resources per year, and the key for comparing burdens.

Resources are a small, equal share of what a member has, because no published figures exist for the southern flank.

- money, M EUR: 0.03 % of defence expenditure;
- trainers, persons for a year: 0.03 % of military personnel;
- flight_hours: half the yearly rate at which AWACS flew in support of ISAF (10,000 hours in about 2.5 years), divided
  by expenditure on equipment among the members that spend at least 1,000 M USD on it;
- advisers, civilian persons for a year: one for each 100,000 M USD of gross domestic product, at least one.

The forces of the United States serve the whole world. So it contributes at most 22.144 % of each resource, its share of
NATO's common funding in 2017. Iceland has no forces. It contributes money as if it spent the lowest share of product on
defence among members (Luxembourg, 0.547 %). Half of the resources are available in the first year, three quarters in
the second, because preparation takes time.

Burdens compare by gross domestic product. That of the United States is scaled so that its fair share is also 22.144 %.
This is the closest that public figures come to the key of the common budgets.
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
    """Ids of the members that had acceded by 2019, in alphabetical order."""
    return tuple(
        sorted(subject for subject in subjects("nato_accession") if figure(subject, "nato_accession").value <= YEAR)
    )


def in_meur(musd: float) -> float:
    """M EUR for an amount in M USD, at the average rate of 2019."""
    return musd / figure("ecb", "usd_per_eur").value


def defence_expenditure_musd(member: str) -> float:
    """Defence expenditure of 2019 in M USD; for Iceland, at the lowest share of product among members."""
    if member == WITHOUT_FORCES:
        return figure(member, "gdp").value * min(
            _share_of_product(other) for other in member_ids() if other != WITHOUT_FORCES
        )
    return figure(member, "defence_expenditure").value


def _share_of_product(member: str) -> float:
    return figure(member, "defence_expenditure").value / figure(member, "gdp").value


def equipment_musd(member: str) -> float:
    """Equipment expenditure of 2019 in M USD; 0 if too small for own aircraft."""
    share = figures(member, "equipment_share")
    spent = defence_expenditure_musd(member) * share[0].value / 100 if share else 0.0
    return spent if spent >= LEAST_EQUIPMENT_MUSD else 0.0


def _personnel(member: str) -> float:
    found = figures(member, "military_personnel")
    return found[0].value * 1000 if found else 0.0


def _with_ceiling(given: Mapping[str, float]) -> dict[str, float]:
    """Amounts by member, with the United States limited to its share of common funding of the total."""
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
    """Resources of each member: amounts by year for each resource it has."""
    ids = member_ids()
    money = _with_ceiling({member: in_meur(defence_expenditure_musd(member)) * MONEY_SHARE for member in ids})
    trainers = _with_ceiling({member: _personnel(member) * TRAINERS_SHARE for member in ids})
    advisers = _with_ceiling({member: max(1.0, figure(member, "gdp").value / GDP_MUSD_PER_ADVISER) for member in ids})
    hours = _flight_hours()
    a_year = {"money": money, "trainers": trainers, "flight_hours": hours, "advisers": advisers}
    return {
        member: {
            resource: _year_by_year(amounts[member]) for resource, amounts in a_year.items() if amounts[member] > 0
        }
        for member in ids
    }


def _year_by_year(amount: float) -> list[float]:
    return [round(amount * ready, 2) for ready in READY.values()]


def members() -> list[Record]:
    """Records of the members."""
    given, able = means(), _with_ceiling({member: figure(member, "gdp").value / 1000 for member in member_ids()})
    return [
        {
            "id": member,
            "title": country_names()[member],
            "resources": given[member],
            "ability_to_pay": round(able[member], 1),
            **ruled(RULE, *_sources(member), confidence=0.6),
        }
        for member in member_ids()
    ]


def _sources(member: str) -> tuple[str, ...]:
    measures = ("defence_expenditure", "gdp", "military_personnel", "equipment_share")
    return tuple(item.source for measure in measures for item in figures(member, measure))


def member_defaults() -> Record:
    """Defaults of members: the minimum contribution in M EUR to count as taking part (an assumption)."""
    return {"min_contribution": STAKE_MEUR}
