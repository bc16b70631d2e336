"""Checks of fields that depend on each other: exclusions, limits and contradictions."""

from collections.abc import Iterator
from math import fsum
from typing import TYPE_CHECKING

from models.errors import Finding, Location
from models.ids import ContributorId, PeriodId
from models.own_plan import missing_periods
from models.problem.activity import Activity, LinearEffect
from models.problem.common_findings import contradiction
from models.problem.scenario import Triangular
from models.problem.theatre import Theatre

if TYPE_CHECKING:
    from models.problem.problem import Problem

PROBABILITY_TOLERANCE = 1e-6
"""Tolerance of the sum of probabilities, for thirds written with seven digits."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield the contradictions within a record and between two records."""
    for number, theatre in enumerate(problem.theatres):
        yield from _theatre(("theatres", number), theatre, problem.periods)
    for number, activity in enumerate(problem.activities):
        yield from _needs(("activities", number, "needs"), activity)
        yield from _effect(("activities", number), activity)
        yield from _timing(("activities", number), activity, len(problem.periods))
        yield from _levels(("activities", number), activity)
    yield from _politics(problem)
    yield from _probabilities(problem)
    yield from _uncertainty(problem)
    if problem.baseline is not None:
        yield from missing_periods(problem.baseline.plan, problem.periods, ("baseline", "plan"))


def _theatre(loc: Location, theatre: Theatre, periods: tuple[PeriodId, ...]) -> Iterator[Finding]:
    values = tuple(theatre.risk.values()) if isinstance(theatre.risk, dict) else ()
    is_by_period = isinstance(theatre.risk, tuple) or any(isinstance(value, dict | tuple) for value in values)
    is_by_period |= isinstance(theatre.risk, dict) and not theatre.has_drivers(periods)
    dynamics = [name for name in ("growth", "spillover") if getattr(theatre, name)]
    if is_by_period and dynamics:
        yield Finding(
            loc=(*loc, dynamics[0]),
            code="not_together",
            message=f"{dynamics[0]} requires one risk for all periods: give one number, or leave out {dynamics[0]}",
        )


def _needs(loc: Location, activity: Activity) -> Iterator[Finding]:
    if isinstance(activity.needs, dict):
        return
    seen: set[str] = set()
    for number, line in enumerate(activity.needs):
        for resource in line.from_:
            if resource in seen:
                message = f"{resource} is in two need lines of {activity.id}: keep it in one of them"
                yield Finding(loc=(*loc, number, "from", resource), code="resource_in_two_needs", message=message)
            seen.add(resource)


def _effect(loc: Location, activity: Activity) -> Iterator[Finding]:
    if isinstance(activity.effect, LinearEffect):
        if activity.lead_time is not None and activity.effect.deviation is not None:
            message = "lead_time and the deviation of an effect exclude each other: leave out one of the two"
            yield Finding(loc=(*loc, "effect", "deviation"), code="not_together", message=message)
        return
    kind = f"the effect is {activity.effect.type}, and only a linear effect allows"
    for driver, coefficient in (activity.reduces or {}).items():
        if coefficient < 0:
            yield Finding(
                loc=(*loc, "reduces", driver),
                code="linear_effect_required",
                message=f"{kind} a negative coefficient",
                given=coefficient,
            )
    if activity.lead_time is not None:
        yield Finding(loc=(*loc, "lead_time"), code="linear_effect_required", message=f"{kind} a lead_time")


def _timing(loc: Location, activity: Activity, periods: int) -> Iterator[Finding]:
    delays: list[tuple[Location, int]] = [((*loc, "lag"), activity.lag)]
    if activity.lead_time is not None:
        delays += [
            ((*loc, "lead_time", "with_presence"), activity.lead_time.with_presence),
            ((*loc, "lead_time", "without"), activity.lead_time.without),
        ]
        if activity.lag:
            message = "lag and lead_time exclude each other: leave out one of the two"
            yield Finding(loc=(*loc, "lead_time"), code="not_together", message=message)
    for where, delay in delays:
        if delay >= periods:
            yield Finding(
                loc=where,
                code="lag_beyond_horizon",
                message=f"the effect would arrive after the last of {periods} period{'s' * (periods > 1)}",
                given=delay,
                allowed=f"0 to {periods - 1}",
            )


def _levels(loc: Location, activity: Activity) -> Iterator[Finding]:
    if activity.max_level is not None and activity.min_level > activity.max_level:
        message = f"min_level ({activity.min_level:g}) is above max_level ({activity.max_level:g})"
        yield contradiction((*loc, "min_level"), message, activity.min_level)
    if activity.day_after is not None and activity.day_after.follow_on == activity.id:
        yield contradiction((*loc, "day_after", "follow_on"), "an activity cannot be its own follow-on", activity.id)


def _politics(problem: "Problem") -> Iterator[Finding]:
    for number, cascade in enumerate(problem.cascades):
        for place, follower in enumerate(cascade.followers):
            if follower.member == ContributorId(cascade.pivot):
                loc: Location = ("cascades", number, "followers", place, "member")
                yield contradiction(loc, "a pivot cannot follow itself", cascade.pivot)
    for number, rivalry in enumerate(problem.rivalries):
        if rivalry.activities is not None and rivalry.theatres is not None:
            message = "give activities or theatres, not both"
            yield Finding(loc=("rivalries", number, "theatres"), code="not_together", message=message)
    for number, floor in enumerate(problem.policy.min_level):
        most = problem.activity[floor.activity].max_level
        if most is not None and floor.level > most:
            message = f"the minimum ({floor.level:g}) is above the max_level of {floor.activity} ({most:g})"
            yield contradiction(("policy", "min_level", number, "level"), message, floor.level)


def _probabilities(problem: "Problem") -> Iterator[Finding]:
    given = [scenario.probability for scenario in problem.scenarios if scenario.probability is not None]
    if given and len(given) < len(problem.scenarios):
        message = f"{len(given)} of {len(problem.scenarios)} scenarios have a probability: give all or none (equal)"
        yield Finding(loc=("scenarios",), code="probabilities", message=message)
    elif given and abs(fsum(given) - 1) > PROBABILITY_TOLERANCE:
        message = f"the probabilities sum to {fsum(given):g}, not to 1"
        yield Finding(loc=("scenarios",), code="probabilities", message=message, given=fsum(given), allowed=1)


def _uncertainty(problem: "Problem") -> Iterator[Finding]:
    for number, record in enumerate(problem.uncertainty):
        loc: Location = ("uncertainty", number)
        if record.low > record.high:
            yield contradiction((*loc, "low"), f"low ({record.low:g}) is above high ({record.high:g})", record.low)
        elif isinstance(record.distribution, Triangular) and not record.low <= record.distribution.mode <= record.high:
            message = f"the mode ({record.distribution.mode:g}) is not between low and high"
            yield contradiction((*loc, "distribution", "mode"), message, record.distribution.mode)
