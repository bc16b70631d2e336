"""Shows which activities run, under which framework, and who contributes what."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.ids import ActivityId, FrameworkId, PeriodId, ScenarioId, TheatreId
from models.plan import ActivityRun, Allocation, Plan
from models.problem.problem import Problem
from service.cli.show.figures import number
from service.cli.show.layout import DIM, Packed, heading
from service.cli.show.names import Names

SAME = 1e-6
"""Levels that differ by less are shown as equal."""
COLUMNS = {"activity": 0.38, "framework": 0.24, "level": 0.29, "effect": 0.09}
"""Width of each column as a share of the line, the same for every activity, so that figures line up."""
INDENT = 2

Runs = Sequence[ActivityRun]
RunKey = tuple[ActivityId, FrameworkId]


def show_activities(console: Console, plan: Plan, problem: Problem) -> None:
    """Print a line for each activity and framework, by theatre, with the contributions below it."""
    if plan.activities == ():
        heading(console, "No activity runs")
    scenarios = [run.scenario for run in plan.activities] if plan.decides_by_scenario else [None]
    for scenario in dict.fromkeys(scenarios if len(plan.activities) > 0 else []):
        _Page(console=console, plan=plan, problem=problem, names=Names(problem), scenario=scenario).show()


@dataclass(frozen=True, kw_only=True)
class _Page:
    console: Console
    plan: Plan
    problem: Problem
    names: Names
    scenario: ScenarioId | None

    def show(self) -> None:
        scenario = "" if self.scenario is None else f" in the scenario {self.names.scenario(self.scenario)}"
        span = " (amounts per period, lowest to highest)" if len(self.problem.periods) > 1 else ""
        heading(self.console, f"Who contributes what{scenario}{span}")
        self._line(*(Text(word, style=DIM) for word in COLUMNS))
        for theatre in self.problem.theatres:
            by_framework = self._runs.get(theatre.id, {})
            if by_framework:
                self.console.print(Text(self.names.theatre(theatre.id), style="bold cyan"))
            for (activity, framework), runs in by_framework.items():
                self._activity(activity, framework, runs)

    @cached_property
    def _runs(self) -> dict[TheatreId, dict[RunKey, list[ActivityRun]]]:
        """Runs of this scenario by theatre, then by activity and framework; in document order, then by period.

        On a page of all scenarios a run has a row for each scenario if a figure differs.
        """
        activities = {activity.id: place for place, activity in enumerate(self.problem.activities)}
        periods = {period: place for place, period in enumerate(self.problem.periods)}
        found: dict[TheatreId, dict[RunKey, list[ActivityRun]]] = {}
        for run in sorted(self.plan.activities, key=lambda run: (activities[run.id], periods[run.period])):
            if self.scenario in (None, run.scenario):
                of_theatre = found.setdefault(self.problem.activity[run.id].theatre, {})
                of_theatre.setdefault((run.id, run.framework), []).append(run)
        return found

    @cached_property
    def _allocations(self) -> dict[tuple[ActivityId, PeriodId], list[Allocation]]:
        """Allocations of this scenario by activity and period."""
        found: dict[tuple[ActivityId, PeriodId], list[Allocation]] = {}
        for allocation in self.plan.allocations:
            if allocation.scenario == self.scenario:
                found.setdefault((allocation.activity, allocation.period), []).append(allocation)
        return found

    def _activity(self, activity: ActivityId, framework: FrameworkId, runs: Runs) -> None:
        self._line(
            Text.assemble(self.names.activity(activity), (self._serves(activity), DIM)),
            Text.assemble(self.names.framework(framework), (" (leads)" if runs[0].role == "lead" else "", DIM)),
            Text("\n".join(self._levels(runs))),
            Text(" to ".join(dict.fromkeys(number(effect) for effect in self._effects(runs)))),
        )
        self.console.print(Padding(Packed(self._contributions(self._apart(runs)[0][1])), (0, 0, 0, 2 * INDENT)))

    def _apart(self, runs: Runs) -> list[tuple[ScenarioId | None, Runs]]:
        """The runs of each scenario; those without one are runs of every scenario."""
        named = dict.fromkeys(run.scenario for run in runs if run.scenario is not None)
        if self.scenario is not None or not named:
            return [(None, runs)]
        return [(scenario, [run for run in runs if run.scenario in (None, scenario)]) for scenario in named]

    def _levels(self, runs: Runs) -> Iterator[str]:
        """Levels and thresholds; if they have consequences that differ by scenario, a line for each scenario."""
        apart = self._apart(runs)
        if len(apart) == 1:
            yield from (*self._over_time(runs, _level), *self._thresholds(runs))
            return
        yield from self._over_time(apart[0][1], lambda run: number(run.level))
        for scenario, own in apart:
            if scenario is not None:
                figures = (*self._over_time(own, _counts), *self._thresholds(own), f"effect {number(_effect(own))}")
                yield f"{self.names.scenario(scenario)}: {', '.join(filter(None, figures))}"

    def _effects(self, runs: Runs) -> tuple[float, float]:
        """The least and the greatest effect over the scenarios, in risk points."""
        effects = [_effect(own) for _, own in self._apart(runs)]
        return min(effects), max(effects)

    def _serves(self, activity: ActivityId) -> str:
        own, served = self.problem.activity[activity].theatre, self.problem.activity[activity].theatres_served
        if served == (own,):
            return ""
        everywhere = len(served) == len(self.problem.theatres)
        return f" · serves {'all theatres' if everywhere else ', '.join(map(self.names.theatre, served))}"

    def _thresholds(self, runs: Runs) -> Iterator[str]:
        """Whether the threshold is met; by period only if that changes."""
        texts = {_threshold(run) for run in runs}
        return self._over_time(runs, _threshold) if len(texts) > 1 else iter(filter(None, texts))

    def _over_time(self, runs: Runs, describe: Callable[[ActivityRun], str]) -> Iterator[str]:
        """The description of the runs, once for each stretch of periods with the same description."""
        stretches = [(text, [run.period for run in stretch]) for text, stretch in groupby(runs, describe)]
        for text, periods in stretches:
            until = f"–{periods[-1]}" if len(periods) > 1 else ""
            yield text if len(self.problem.periods) == 1 else f"{text} in {periods[0]}{until}"

    def _contributions(self, runs: Runs) -> list[str]:
        """Contributions to these runs by contributor, the most valuable first."""
        worth: dict[str, float] = {}
        amounts: dict[str, dict[str, list[float]]] = {}
        for allocation in (item for run in runs for item in self._allocations.get((run.id, run.period), ())):
            cost = self.problem.resource[allocation.resource].unit_cost * allocation.amount
            worth[allocation.contributor] = worth.get(allocation.contributor, 0.0) + cost
            by_resource = amounts.setdefault(allocation.contributor, {})
            by_resource.setdefault(allocation.resource, []).append(allocation.amount)
        return [
            f"{self.names.contributor(who)} {' + '.join(self.names.amounts(*item) for item in amounts[who].items())}"
            for who in sorted(worth, key=lambda who: -worth[who])
        ]

    def _line(self, *cells: Text) -> None:
        line = Table.grid(padding=(0, 2, 0, 0))
        width = self.console.width - INDENT
        for name, share in COLUMNS.items():
            line.add_column(width=int(share * width) - 2, justify="right" if name == "effect" else "left")
        line.add_row(*cells)
        self.console.print(Padding(line, (0, 0, 0, INDENT)))


def _level(run: ActivityRun) -> str:
    return ", ".join(filter(None, (number(run.level), _counts(run))))


def _counts(run: ActivityRun) -> str:
    return f"counts as {number(run.effective_level)}" if abs(run.effective_level - run.level) > SAME else ""


def _effect(runs: Runs) -> float:
    return sum(run.effect for run in runs)


def _threshold(run: ActivityRun) -> str:
    if run.threshold is None:
        return ""
    short = "met" if run.threshold.met else f"short by {number(run.threshold.short_by)}"
    return f"needs {number(run.threshold.needed)}: {short}"
