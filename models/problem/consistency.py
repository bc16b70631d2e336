"""Fields that depend on each other: what excludes, exceeds or contradicts what."""

from collections.abc import Iterator
from math import fsum
from typing import TYPE_CHECKING

from models.errors import Finding, Location
from models.ids import ContributorId, PeriodId
from models.problem.activity import Activity, LinearEffect
from models.problem.common_findings import contradiction
from models.problem.scenario import Triangular
from models.problem.theatre import Theatre

if TYPE_CHECKING:
    from models.problem.problem import Problem

PROBABILITY_TOLERANCE = 1e-6
"""How far probabilities may be from summing to 1: thirds written with seven digits are not."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Everything that cannot hold together within a record or between two."""
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


def _theatre(loc: Location, theatre: Theatre, periods: tuple[PeriodId, ...]) -> Iterator[Finding]:
    values = tuple(theatre.risk.values()) if isinstance(theatre.risk, dict) else ()
    is_by_period = isinstance(theatre.risk, tuple) or any(isinstance(value, dict | tuple) for value in values)
    is_by_period |= isinstance(theatre.risk, dict) and not theatre.has_drivers(periods)
    moved = [name for name in ("growth", "spillover") if getattr(theatre, name)]
    if is_by_period and moved:
        yield Finding(
            loc=(*loc, moved[0]),
            code="not_together",
            message=f"a risk given for each period already says how it moves: give it once, or leave out {moved[0]}",
        )


def _needs(loc: Location, activity: Activity) -> Iterator[Finding]:
    if isinstance(activity.needs, dict):
        return
    seen: set[str] = set()
    for number, line in enumerate(activity.needs):
        for resource in line.from_:
            if resource in seen:
                message = f"{resource} stands in two need lines of {activity.id}: put it into one"
                yield Finding(loc=(*loc, number, "from", resource), code="resource_in_two_needs", message=message)
            seen.add(resource)


def _effect(loc: Location, activity: Activity) -> Iterator[Finding]:
    if isinstance(activity.effect, LinearEffect):
        if activity.lead_time is not None and activity.effect.deviation is not None:
            message = "lead_time and an effect's deviation exclude each other: leave out one of the two"
            yield Finding(loc=(*loc, "effect", "deviation"), code="not_together", message=message)
        return
    kind = f"the effect is {activity.effect.type}; only a linear effect may have"
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
                message=f"with {periods} period{'s' * (periods > 1)}, an effect that arrives {delay} later never does",
                given=delay,
                allowed=f"0 to {periods - 1}",
            )


def _levels(loc: Location, activity: Activity) -> Iterator[Finding]:
    if activity.max_level is not None and activity.min_level > activity.max_level:
        message = f"min_level ({activity.min_level:g}) is above max_level ({activity.max_level:g})"
        yield contradiction((*loc, "min_level"), message, activity.min_level)
    if activity.day_after is not None and activity.day_after.follow_on == activity.id:
        yield contradiction((*loc, "day_after", "follow_on"), "an activity cannot be its own day after", activity.id)


def _politics(problem: "Problem") -> Iterator[Finding]:
    for number, cascade in enumerate(problem.cascades):
        for place, follower in enumerate(cascade.followers):
            if follower.member == ContributorId(cascade.pivot):
                loc: Location = ("cascades", number, "followers", place, "member")
                yield contradiction(loc, "a pivot cannot follow itself", cascade.pivot)
    for number, rivalry in enumerate(problem.rivalries):
        if rivalry.activities is not None and rivalry.theatres is not None:
            message = "give activities or theatres, and not both"
            yield Finding(loc=("rivalries", number, "theatres"), code="not_together", message=message)
    for number, floor in enumerate(problem.policy.min_level):
        most = problem.activity[floor.activity].max_level
        if most is not None and floor.level > most:
            message = f"the floor ({floor.level:g}) is above the max_level of {floor.activity} ({most:g})"
            yield contradiction(("policy", "min_level", number, "level"), message, floor.level)


def _probabilities(problem: "Problem") -> Iterator[Finding]:
    given = [one.probability for one in problem.scenarios if one.probability is not None]
    if given and len(given) < len(problem.scenarios):
        message = f"{len(given)} of {len(problem.scenarios)} scenarios have a probability: give all or none (equal)"
        yield Finding(loc=("scenarios",), code="probabilities", message=message)
    elif given and abs(fsum(given) - 1) > PROBABILITY_TOLERANCE:
        message = f"the probabilities sum to {fsum(given):g}, not to 1"
        yield Finding(loc=("scenarios",), code="probabilities", message=message, given=fsum(given), allowed=1)


def _uncertainty(problem: "Problem") -> Iterator[Finding]:
    for number, one in enumerate(problem.uncertainty):
        loc: Location = ("uncertainty", number)
        if one.low > one.high:
            yield contradiction((*loc, "low"), f"low ({one.low:g}) is above high ({one.high:g})", one.low)
        elif isinstance(one.distribution, Triangular) and not one.low <= one.distribution.mode <= one.high:
            message = f"the mode ({one.distribution.mode:g}) is not between low and high"
            yield contradiction((*loc, "distribution", "mode"), message, one.distribution.mode)
