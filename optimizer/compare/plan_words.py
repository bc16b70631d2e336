"""The differences between two plans or outcomes in words, from the documents alone: nothing is solved."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from models.outcome import Outcome, Solved, Stopped
from models.plan import ActivityRun, Plan
from models.problem.objective import METRIC_UNIT
from optimizer.tolerances import PLAN_ROUNDING, SAME_AMOUNT

Key = TypeVar("Key", bound=Hashable)


def outcome_differences(here: Outcome, there: Outcome) -> Iterator[str]:
    """A sentence for each difference of two outcomes: status, objectives with their bounds, then the plans."""
    if here.status != there.status:
        yield f"status: {here.status} → {there.status}"
    yield from _objectives(here, there)
    if isinstance(here, Solved | Stopped) and isinstance(there, Solved | Stopped):
        yield from plan_differences(here.plan, there.plan)
    elif isinstance(here, Solved | Stopped) != isinstance(there, Solved | Stopped):
        yield f"only the {'first' if isinstance(here, Solved | Stopped) else 'second'} has a plan"


def plan_differences(here: Plan, there: Plan) -> Iterator[str]:
    """A sentence for each run, contribution and cost of a member that differs."""
    scenarios = _scenarios(here, there)
    yield from _runs(_runs_of(here, scenarios), _runs_of(there, scenarios))
    yield from _amounts(_amounts_of(here, scenarios), _amounts_of(there, scenarios))
    yield from _burdens(here, there)


def _objectives(here: Outcome, there: Outcome) -> Iterator[str]:
    first, second = ({result.metric: result for result in outcome.objectives} for outcome in (here, there))
    for metric in dict.fromkeys((*first, *second)):
        own, other = first.get(metric), second.get(metric)
        if own is None or other is None:
            yield f"{metric}: only in the {'first' if other is None else 'second'}"
            continue
        figures = (
            ("", own.value, other.value),
            ("bound by the solver's search ", own.bound, other.bound),
            ("proven bound ", own.proven, other.proven),
        )
        changed = [f"{name}{_number(a)} → {_number(b)}" for name, a, b in figures if not _is_equal(a, b)]
        if changed:
            yield f"{metric}: {', '.join(changed)} {METRIC_UNIT[metric]}"


Run = tuple[str, str, str | None]
"""Activity, period and scenario."""
Gift = tuple[str, str, str, str, str | None]
"""Contributor, activity, resource, period and scenario."""


def _scenarios(*plans: Plan) -> tuple[str | None, ...]:
    """The scenarios that some row of a plan names; None alone if no row names one.

    A row without a scenario counts in each, so that a plan with recourse is compared with one without.
    """
    named = (
        *(row.scenario for plan in plans for row in plan.activities),
        *(row.scenario for plan in plans for row in plan.allocations),
    )
    return tuple(dict.fromkeys(scenario for scenario in named if scenario is not None)) or (None,)


def _runs_of(plan: Plan, scenarios: Sequence[str | None]) -> dict[Run, ActivityRun]:
    return {
        (run.id, run.period, scenario): run
        for run in plan.activities
        for scenario in (scenarios if run.scenario is None else (run.scenario,))
    }


def _amounts_of(plan: Plan, scenarios: Sequence[str | None]) -> dict[Gift, float]:
    found: dict[Gift, float] = {}
    for one in plan.allocations:
        for scenario in scenarios if one.scenario is None else (one.scenario,):
            key = (one.contributor, one.activity, one.resource, one.period, scenario)
            found[key] = found.get(key, 0.0) + one.amount
    return found


def _runs(here: Mapping[Run, ActivityRun], there: Mapping[Run, ActivityRun]) -> Iterator[str]:
    for key in dict.fromkeys((*here, *there)):
        own, other = here.get(key), there.get(key)
        if own is None or other is None or own.framework != other.framework or not _is_equal(own.level, other.level):
            yield f"{key[0]} in {_when(key[1], key[2])}: {_run(own)} → {_run(other)}"


def _amounts(here: Mapping[Gift, float], there: Mapping[Gift, float]) -> Iterator[str]:
    most: dict[str, float] = {}
    for (_, _, r, _, _), amount in (*here.items(), *there.items()):
        most[r] = max(most.get(r, 0.0), amount)
    for key in dict.fromkeys((*here, *there)):
        own, other = here.get(key, 0.0), there.get(key, 0.0)
        if not _is_equal(own, other, PLAN_ROUNDING * most[key[2]]):
            gives = f"{key[0]} gives {key[1]} in {_when(key[3], key[4])}"
            yield f"{gives}: {_number(own)} → {_number(other)} {key[2]}"


def _burdens(here: Plan, there: Plan) -> Iterator[str]:
    first, second = ({burden.member: burden.cost for burden in plan.burden} for plan in (here, there))
    most = max((*first.values(), *second.values()), default=0.0)
    for member in dict.fromkeys((*first, *second)):
        own, other = first.get(member, 0.0), second.get(member, 0.0)
        if not _is_equal(own, other, PLAN_ROUNDING * most):
            yield f"{member} pays: {_number(own)} → {_number(other)} M EUR"


def _when(period: str, scenario: str | None) -> str:
    return period if scenario is None else f"{period}, scenario {scenario}"


def _run(run: ActivityRun | None) -> str:
    return "does not run" if run is None else f"{run.framework} at level {_number(run.level)}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.6g}"


def _is_equal(first: float | None, second: float | None, rounding: float = 0.0) -> bool:
    if first is None or second is None:
        return first is second
    return abs(first - second) <= max(SAME_AMOUNT * max(abs(first), abs(second)), rounding)
