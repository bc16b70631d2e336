"""A record of every bound reported for a problem, and of every plan found for it, through every interface.

The law: no plan beats a bound. A bound of the first priority holds for every plan. A bound of a later priority holds
for plans that keep earlier objectives at least as good as they were when the bound was reported.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isclose, isfinite

from models.outcome import ObjectiveResult, Outcome, Progress, Result, results_by_priority
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.data.effective_objectives import effective_objectives
from optimizer.tolerances import BOUNDED_OBJECTIVE

FIRST = 1e-6
"""Relative: by how much a plan may pass a bound of the first priority. Both are within the solver's tolerances."""
LATER = 3 * BOUNDED_OBJECTIVE
"""Relative: the same of a later priority, whose bound may use the tolerance of the rows that hold earlier ones."""
NOTHING = 1e-9
"""Share of the greatest value of a priority in the record that counts as nothing."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """A reported bound, and the values of the earlier priorities for which it holds; more is better in all."""

    door: str
    kind: str
    """`bound` or `proven`."""
    priority: int
    most: float
    """No plan reaches more."""
    earlier: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class FoundPlan:
    """The values of a plan that was found, by priority; more is better in all."""

    door: str
    values: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Beaten:
    """A bound and a plan that is better than it allows."""

    bound: Bound
    plan: FoundPlan

    def __str__(self) -> str:
        """Both, for a message."""
        return f"{self.bound} is beaten by {self.plan}"


@dataclass(kw_only=True)
class Record:
    """All that was told of one problem under one set of relaxed rules."""

    problem: Problem
    bounds: list[Bound] = field(default_factory=list)
    plans: list[FoundPlan] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    """What a single outcome or event says that contradicts itself."""

    def __post_init__(self) -> None:
        metrics: dict[int, list[Metric]] = {}
        self._signs: dict[Metric, float] = {}
        for one in effective_objectives(self.problem):
            metrics.setdefault(one.priority or 1, []).append(one.metric)
            self._signs[one.metric] = 1.0 if one.direction == "maximize" else -1.0
        self.priorities = [tuple(metrics[number]) for number in sorted(metrics)]

    def add(self, door: str, progress: Iterable[Progress], outcomes: Sequence[Outcome]) -> None:
        """All that one solve told: its progress, its early answers and its last outcome."""
        events = list(progress)
        for outcome in outcomes:
            self._add_outcome(f"{door}, outcome", outcome)
        last = self._values(outcomes[-1]) if outcomes else ()
        for event in events:
            self._add_event(f"{door}, progress", event, events, last)

    def add_plan(self, door: str, values: Sequence[float]) -> None:
        """A plan of another problem that is one of this problem too; only the given first priorities are known."""
        self.plans.append(FoundPlan(door=door, values=tuple(values)))

    def beaten(self) -> Iterator[Beaten]:
        """Every bound that a plan beats."""
        for bound in self.bounds:
            for plan in self.plans:
                if self._beats(plan, bound):
                    yield Beaten(bound=bound, plan=plan)

    def _beats(self, plan: FoundPlan, bound: Bound) -> bool:
        if len(plan.values) <= bound.priority:
            return False
        if any(mine < before - NOTHING * abs(before) for mine, before in zip(plan.values, bound.earlier, strict=False)):
            return False
        value, most = plan.values[bound.priority], bound.most
        relative = FIRST if bound.priority == 0 else LATER
        size = max(abs(one.values[bound.priority]) for one in self.plans if len(one.values) > bound.priority)
        return value - most > max(relative * max(abs(value), abs(most)), NOTHING * size)

    def _values(self, outcome: Outcome) -> tuple[float, ...]:
        """The values of an outcome's plan by priority; empty without a plan."""
        return tuple(self._signs[_metrics(result)[0]] * result.value for result, _ in results_by_priority(outcome))

    def _add_outcome(self, door: str, outcome: Outcome) -> None:
        values = self._values(outcome)
        if not values:
            return
        self.plans.append(FoundPlan(door=door, values=values))
        gap = outcome.config.solver.mip_gap
        for number, (result, _) in enumerate(results_by_priority(outcome)):
            self._add_bounds(door, number, result, values[:number])
            is_off = result.gap is None or result.gap > gap + LATER
            if result.optimal and is_off and self._tolerance(number) == 0:
                self.oddities.append(f"{door}: optimal at a gap of {result.gap}: {result}")

    def _add_event(self, door: str, event: Progress, events: Sequence[Progress], last: Sequence[float]) -> None:
        """The bounds of an event; the earlier objectives held are the best values of the same solve."""
        number = self.priorities.index(event.metrics)
        earlier = tuple(
            max([*self._incumbents(events, before), *last[before : before + 1]], default=float("inf"))
            for before in range(number)
        )
        self._add_bounds(door, number, event, earlier)

    def _incumbents(self, events: Sequence[Progress], priority: int) -> Iterator[float]:
        metrics = self.priorities[priority]
        for event in events:
            if event.metrics == metrics and event.incumbent is not None:
                yield self._signs[metrics[0]] * event.incumbent

    def _tolerance(self, number: int) -> float:
        return max(one.tolerance for one in effective_objectives(self.problem) if one.metric in self.priorities[number])

    def _add_bounds(self, door: str, number: int, told: Progress | Result, earlier: tuple[float, ...]) -> None:
        """Both bounds of an event or a result."""
        sign = self._signs[self.priorities[number][0]]
        for kind, bound in (("bound", told.bound), ("proven", told.proven)):
            if bound is not None and isfinite(bound):
                self.bounds.append(Bound(door=door, kind=kind, priority=number, most=sign * bound, earlier=earlier))
        if told.bound is not None and told.proven is not None:
            is_better = sign * told.proven < sign * told.bound
            if is_better and not isclose(told.proven, told.bound, rel_tol=FIRST, abs_tol=NOTHING):
                self.oddities.append(f"{door}: proven {told.proven} is better than bound {told.bound}")


def _metrics(result: Result) -> tuple[Metric, ...]:
    return (result.metric,) if isinstance(result, ObjectiveResult) else result.metrics
