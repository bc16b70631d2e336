"""Differences between two plans, sorted into forced and incidental by means of a third. Plain documents, no solver.

The third plan is the closest plan: of equal value to the first plan, and as close as possible to the second. A
difference is forced if the closest plan also differs from the second plan.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
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
from models.problem.objective import METRIC_UNIT
from optimizer.compare.sizes import Sizes
from optimizer.outcome.by_scenario import ALL, Scenarios, runs_of, scenarios_of_entry
from optimizer.tolerances import EQUAL_RUN_SHARE, PLAN_ROUNDING, SAME_AMOUNT

Key = TypeVar("Key", bound=Hashable)
State = TypeVar("State")

Runs = dict[tuple[ActivityId, PeriodId, ScenarioId | None], RunState]
AmountKey = tuple[ContributorId, ActivityId, ResourceId, PeriodId, ScenarioId | None]
Amounts = dict[AmountKey, float]
NO_DIFFERENCES = Differences(runs=(), participation=(), allocations=())
Participants = dict[tuple[ContributorId, ActivityId, PeriodId, ScenarioId | None], bool]


@dataclass(frozen=True)
class Decisions:
    """The decisions of a plan, by kind and key."""

    plan: Plan
    sizes: Sizes
    scenarios: Scenarios = ALL
    """The scenarios by which plans are compared."""

    @cached_property
    def runs(self) -> Runs:
        """(a, t, scenario) -> framework and level; levels within solver rounding are left out."""
        return {
            (run.id, run.period, scenario): RunState(framework=run.framework, level=run.level)
            for scenario, run in runs_of(self.plan, self.scenarios)
            if run.level > PLAN_ROUNDING * self.sizes.level.get(run.id, 0.0)
        }

    @cached_property
    def participants(self) -> Participants:
        """(c, a, t, scenario) -> True for each contributor with an amount above the tolerance."""
        return {(c, a, t, s): True for (c, a, r, t, s), amount in self.amounts.items() if amount > self.rounding(r)}

    def rounding(self, resource: ResourceId) -> float:
        """The amount of a resource below which amounts count as zero, in units of the resource."""
        return PLAN_ROUNDING * self.sizes.amount.get(resource, 0.0)

    @cached_property
    def amounts(self) -> Amounts:
        """(c, a, r, t, scenario) -> amount, in units of the resource."""
        found: Amounts = {}
        for one in self.plan.allocations:
            for scenario in scenarios_of_entry(one.scenario, self.scenarios):
                key = one.contributor, one.activity, one.resource, one.period, scenario
                found[key] = found.get(key, 0.0) + one.amount
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
        def keys(
            here: Mapping[Key, State],
            there: Mapping[Key, State],
            closest: Mapping[Key, State],
            is_equal: Callable[[Key, State | None, State | None], bool] = _is_same,
        ) -> list[Key]:
            return [key for key, forced in _classified(here, there, closest, is_equal) if forced == is_forced]

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
                for key in keys(here.runs, there.runs, closest.runs, _is_same_run)
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
                for key in keys(here.amounts, there.amounts, closest.amounts, self._is_same_amount)
            ),
        )

    def _is_same_amount(self, key: AmountKey, first: float | None, second: float | None) -> bool:
        return _is_equal(first or 0.0, second or 0.0, self.here.rounding(key[2]))


def without_closest(found: Differences) -> Differences:
    """The same differences without a closest plan."""
    return Differences(
        runs=tuple(row.model_copy(update={"closest": None}) for row in found.runs),
        participation=tuple(row.model_copy(update={"closest": None}) for row in found.participation),
        allocations=tuple(row.model_copy(update={"closest": None}) for row in found.allocations),
    )


def objectives(here: tuple[ObjectiveResult, ...], there: tuple[ObjectiveResult, ...]) -> Iterator[ObjectiveDifference]:
    """The value and bounds of every metric in both plans; None for a metric that an outcome does not have."""
    values, compared_with = ({result.metric: result for result in results} for results in (here, there))
    for metric in dict.fromkeys((*values, *compared_with)):
        own, other = values.get(metric), compared_with.get(metric)
        yield ObjectiveDifference(
            metric=metric,
            unit=METRIC_UNIT[metric],
            here=None if own is None else own.value,
            here_bound=None if own is None else own.bound,
            here_proven=None if own is None else own.proven,
            there=None if other is None else other.value,
            there_bound=None if other is None else other.bound,
            there_proven=None if other is None else other.proven,
        )


def burdens(here: Plan, there: Plan, sizes: Sizes) -> Iterator[BurdenDifference]:
    """The members whose cost differs between the plans, with both costs in M EUR."""
    costs, compared_with = ({burden.member: burden.cost for burden in plan.burden} for plan in (here, there))
    for member in dict.fromkeys((*costs, *compared_with)):
        cost, other_cost = costs.get(member, 0.0), compared_with.get(member, 0.0)
        if not _is_equal(cost, other_cost, PLAN_ROUNDING * sizes.cost(member)):
            yield BurdenDifference(member=member, here=cost, there=other_cost)


def _classified(
    here: Mapping[Key, State],
    there: Mapping[Key, State],
    closest: Mapping[Key, State],
    is_equal: Callable[[Key, State | None, State | None], bool],
) -> Iterator[tuple[Key, bool]]:
    """Every key at which `here` differs from `there`, and whether the difference is forced."""
    for key in dict.fromkeys((*there, *here)):
        reference = there.get(key)
        if not is_equal(key, here.get(key), reference):
            yield key, not is_equal(key, closest.get(key), reference)


def _is_same(_: object, first: object, second: object) -> bool:
    return first == second


def _is_same_run(_: object, run: RunState | None, reference: RunState | None) -> bool:
    """Whether a run counts as that of the reference plan, as the distance counts it: framework, and a share of level.

    Otherwise the closest plan could run an activity at almost no level, within the slack of equal value.
    """
    if run is None or reference is None:
        return run is reference
    return run.framework == reference.framework and run.level >= EQUAL_RUN_SHARE * reference.level


def _is_equal(first: float, second: float, rounding: float) -> bool:
    """Whether two amounts count as equal: relative to the greater, or within rounding."""
    return abs(first - second) <= max(SAME_AMOUNT * max(abs(first), abs(second)), rounding)
