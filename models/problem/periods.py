"""Checks that values by period name exactly the periods of the problem."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from models.errors import Finding, Location
from models.ids import PeriodId
from models.problem.activity import LinearEffect
from models.problem.theatre import Theatre
from models.quantities import PerPeriod

if TYPE_CHECKING:
    from models.problem.problem import Problem


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield the values by period with too many, too few or other periods."""
    for loc, value in _by_period(problem):
        yield from _mismatch(loc, value, problem.periods)
    for number, theatre in enumerate(problem.theatres):
        yield from _mixed_keys(("theatres", number, "risk"), theatre, problem.periods)


def _by_period(problem: "Problem") -> Iterator[tuple[Location, PerPeriod]]:
    for name, contributors in (("members", problem.members), ("partners", problem.partners)):
        for number, contributor in enumerate(contributors):
            yield from (((name, number, "resources", key), value) for key, value in contributor.resources.items())
    for number, theatre in enumerate(problem.theatres):
        loc: Location = ("theatres", number, "risk")
        if not isinstance(theatre.risk, dict):
            yield loc, theatre.risk
        elif theatre.has_drivers(problem.periods):
            yield from (((*loc, driver), value) for driver, value in theatre.risk.items())
        else:
            yield (
                loc,
                {PeriodId(key): value if isinstance(value, float) else 0.0 for key, value in theatre.risk.items()},
            )
    for number, activity in enumerate(problem.activities):
        if isinstance(activity.effect, LinearEffect):
            yield ("activities", number, "effect", "per_level"), activity.effect.per_level
    for number, reserve in enumerate(problem.policy.reserve):
        yield ("policy", "reserve", number, "amount"), reserve.amount


def _mismatch(loc: Location, value: PerPeriod, periods: tuple[PeriodId, ...]) -> Iterator[Finding]:
    if isinstance(value, tuple) and len(value) != len(periods):
        numbers = "number" if len(periods) == 1 else "numbers"
        message = f"the list has {len(value)} numbers, but the problem has {len(periods)} periods"
        allowed = f"one number for all, or a list of {len(periods)} {numbers}"
        yield Finding(loc=loc, code="period_mismatch", message=message, given=value, allowed=allowed)
    elif isinstance(value, dict) and set(value) != set(periods):
        missing = [period for period in periods if period not in value]
        other = [period for period in value if period not in periods]
        words = [f"{', '.join(missing)} missing"] if missing else []
        words += [f"{', '.join(other)} not among the periods"] if other else []
        message = f"the keys are not exactly the periods: {'; '.join(words)}"
        yield Finding(loc=loc, code="period_mismatch", message=message, given=value, allowed=periods)


def _mixed_keys(loc: Location, theatre: Theatre, periods: tuple[PeriodId, ...]) -> Iterator[Finding]:
    if not isinstance(theatre.risk, dict):
        return
    named = [key for key in theatre.risk if PeriodId(key) in periods]
    if theatre.has_drivers(periods) and named:
        message = f"some keys are periods ({', '.join(named)}) and others are not: use one kind of key"
        yield Finding(loc=loc, code="period_mismatch", message=message, given=theatre.risk, allowed=periods)
    if not theatre.has_drivers(periods):
        for period, value in theatre.risk.items():
            if not isinstance(value, float):
                message = "must be a number, because the keys of this risk are periods"
                yield Finding(loc=(*loc, period), code="not_a_number", message=message, given=value)
