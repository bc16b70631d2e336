"""Differences between two plans, sorted into forced and incidental by means of a third. Plain documents, no solver.

The third plan is the closest plan: of equal value to the first plan, and as close as possible to the second. A
difference is forced if the closest plan also differs from the second plan.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from models.diff import (
    AmountDifference,
    BurdenDifference,
    Differences,
    ObjectiveDifference,
    ParticipationDifference,
    RunDifference,
    RunState,
)
from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, ScenarioId
from models.outcome import ObjectiveResult
from models.plan import Plan
from optimizer.tolerances import SAME_AMOUNT

Key = TypeVar("Key", bound=Hashable)
State = TypeVar("State")

Runs = dict[tuple[ActivityId, PeriodId, ScenarioId | None], RunState]
Amounts = dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId, ScenarioId | None], float]
Participants = dict[tuple[ContributorId, ActivityId, PeriodId, ScenarioId | None], bool]


@dataclass(frozen=True)
class Decisions:
    """The decisions of a plan, by kind and key."""

    plan: Plan

    @cached_property
    def runs(self) -> Runs:
        """(a, t, scenario) -> framework and level; levels within solver rounding are left out."""
        return {
            (run.id, run.period, run.scenario): RunState(framework=run.framework, level=run.level)
            for run in self.plan.activities
            if run.level > SAME_AMOUNT
        }

    @cached_property
    def participants(self) -> Participants:
        """(c, a, t, scenario) -> True for each contributor with an amount above the tolerance."""
        return {(c, a, t, s): True for (c, a, _, t, s), amount in self.amounts.items() if amount > SAME_AMOUNT}

    @cached_property
    def amounts(self) -> Amounts:
        """(c, a, r, t, scenario) -> amount, in units of the resource."""
        found: Amounts = {}
        for allocation in self.plan.allocations:
            key = (
                allocation.contributor,
                allocation.activity,
                allocation.resource,
                allocation.period,
                allocation.scenario,
            )
            found[key] = found.get(key, 0.0) + allocation.amount
        return found


@dataclass(frozen=True)
class PlanComparison:
    """The plan looked at (`here`), the plan it is compared with (`there`), and the closest plan."""

    here: Decisions
    there: Decisions
    closest: Decisions

    @property
    def forced(self) -> Differences:
        """Differences between the closest plan and the plan compared with."""
        return self._differences(is_forced=True)

    @property
    def incidental(self) -> Differences:
        """Differences between the two plans that the closest plan avoids."""
        return self._differences(is_forced=False)

    def _differences(self, *, is_forced: bool) -> Differences:
        def keys(here: Mapping[Key, State], there: Mapping[Key, State], closest: Mapping[Key, State]) -> list[Key]:
            return [key for key, forced in _classified(here, there, closest) if forced == is_forced]

        here, there, closest = self.here, self.there, self.closest
        return Differences(
            runs=tuple(
                RunDifference(
                    activity=key[0],
                    period=key[1],
                    scenario=key[2],
                    here=here.runs.get(key),
                    there=there.runs.get(key),
                    closest=closest.runs.get(key),
                )
                for key in keys(here.runs, there.runs, closest.runs)
            ),
            participation=tuple(
                ParticipationDifference(
                    contributor=key[0],
                    activity=key[1],
                    period=key[2],
                    scenario=key[3],
                    here=key in here.participants,
                    there=key in there.participants,
                    closest=key in closest.participants,
                )
                for key in keys(here.participants, there.participants, closest.participants)
            ),
            allocations=tuple(
                AmountDifference(
                    contributor=key[0],
                    activity=key[1],
                    resource=key[2],
                    period=key[3],
                    scenario=key[4],
                    here=here.amounts.get(key, 0.0),
                    there=there.amounts.get(key, 0.0),
                    closest=closest.amounts.get(key, 0.0),
                )
                for key in keys(here.amounts, there.amounts, closest.amounts)
            ),
        )


def objectives(here: tuple[ObjectiveResult, ...], there: tuple[ObjectiveResult, ...]) -> Iterator[ObjectiveDifference]:
    """The value of every metric in both plans; None for a metric that an outcome does not have."""
    values, compared_with = ({result.metric: result.value for result in results} for results in (here, there))
    for metric in dict.fromkeys((*values, *compared_with)):
        yield ObjectiveDifference(metric=metric, here=values.get(metric), there=compared_with.get(metric))


def burdens(here: Plan, there: Plan) -> Iterator[BurdenDifference]:
    """The members whose cost differs between the plans, with both costs in M EUR."""
    costs, compared_with = ({burden.member: burden.cost for burden in plan.burden} for plan in (here, there))
    for member in dict.fromkeys((*costs, *compared_with)):
        cost, other_cost = costs.get(member, 0.0), compared_with.get(member, 0.0)
        if not _is_equal(cost, other_cost):
            yield BurdenDifference(member=member, here=cost, there=other_cost)


def _classified(
    here: Mapping[Key, State], there: Mapping[Key, State], closest: Mapping[Key, State]
) -> Iterator[tuple[Key, bool]]:
    """Every key at which `here` or `closest` differs from `there`, and whether the difference is forced."""
    for key in dict.fromkeys((*there, *here, *closest)):
        reference = there.get(key)
        if not _is_equal(closest.get(key), reference):
            yield key, True
        elif not _is_equal(here.get(key), reference):
            yield key, False


def _is_equal(first: object, second: object) -> bool:
    """Whether two states count as equal: a missing amount is 0, and runs are compared by framework, not level."""
    match first, second:
        case RunState(), RunState():
            return first.framework == second.framework
        case (float() | None, float() | None) if not (first is None and second is None):
            a, b = first or 0.0, second or 0.0
            return abs(a - b) <= SAME_AMOUNT * max(1.0, abs(a), abs(b))
        case _:
            return first == second
