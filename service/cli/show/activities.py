"""What runs, under which flag, and who gives what to it."""

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
"""Levels closer than this are one level to a reader."""
COLUMNS = {"activity": 0.38, "under": 0.24, "level": 0.29, "effect": 0.09}
"""Shares of the width: the same in every line, so that the figures of all activities stand one above the other."""
INDENT = 2

Runs = Sequence[ActivityRun]
Flagged = tuple[ActivityId, FrameworkId]


def show_activities(console: Console, plan: Plan, problem: Problem) -> None:
    """A line for each activity and framework, theatre by theatre, and below it who gives what."""
    if not plan.activities:
        heading(console, "Nothing runs")
    for scenario in dict.fromkeys(run.scenario for run in plan.activities):
        _Page(console=console, plan=plan, problem=problem, names=Names(problem), scenario=scenario).show()


@dataclass(frozen=True, kw_only=True)
class _Page:
    console: Console
    plan: Plan
    problem: Problem
    names: Names
    scenario: ScenarioId | None

    def show(self) -> None:
        future = "" if self.scenario is None else f" in the future {self.scenario}"
        a_period = " (amounts a period, from the least to the most)" if len(self.problem.periods) > 1 else ""
        heading(self.console, f"Who contributes what{future}{a_period}")
        self._line(*(Text(word, style=DIM) for word in COLUMNS))
        for theatre in self.problem.theatres:
            by_flag = self._runs.get(theatre.id, {})
            if by_flag:
                self.console.print(Text(self.names.theatre(theatre.id), style="bold cyan"))
            for (activity, framework), runs in by_flag.items():
                self._activity(activity, framework, runs)

    @cached_property
    def _runs(self) -> dict[TheatreId, dict[Flagged, list[ActivityRun]]]:
        """The runs of each theatre by activity and framework, in the order of the problem, then of time."""
        activities = {activity.id: place for place, activity in enumerate(self.problem.activities)}
        periods = {period: place for place, period in enumerate(self.problem.periods)}
        found: dict[TheatreId, dict[Flagged, list[ActivityRun]]] = {}
        for run in sorted(self.plan.activities, key=lambda run: (activities[run.id], periods[run.period])):
            if run.scenario == self.scenario:
                of_theatre = found.setdefault(self.problem.activity[run.id].theatre, {})
                of_theatre.setdefault((run.id, run.framework), []).append(run)
        return found

    @cached_property
    def _allocations(self) -> dict[tuple[ActivityId, PeriodId], list[Allocation]]:
        found: dict[tuple[ActivityId, PeriodId], list[Allocation]] = {}
        for gift in self.plan.allocations:
            if gift.scenario == self.scenario:
                found.setdefault((gift.activity, gift.period), []).append(gift)
        return found

    def _activity(self, activity: ActivityId, framework: FrameworkId, runs: Runs) -> None:
        self._line(
            Text.assemble(self.names.activity(activity), (self._serves(activity), DIM)),
            Text.assemble(self.names.framework(framework), (" (leads)" if runs[0].role == "lead" else "", DIM)),
            Text("\n".join((*self._over_time(runs, _level), *self._thresholds(runs)))),
            Text(number(sum(run.effect for run in runs))),
        )
        self.console.print(Padding(Packed(self._gifts(runs)), (0, 0, 0, 2 * INDENT)))

    def _serves(self, activity: ActivityId) -> str:
        own, served = self.problem.activity[activity].theatre, self.problem.activity[activity].theatres_served
        if served == (own,):
            return ""
        everywhere = len(served) == len(self.problem.theatres)
        return f" · serves {'all theatres' if everywhere else ', '.join(map(self.names.theatre, served))}"

    def _thresholds(self, runs: Runs) -> Iterator[str]:
        """Whether the threshold was met; when, only where that differs."""
        told = {_threshold(run) for run in runs}
        return self._over_time(runs, _threshold) if len(told) > 1 else iter(filter(None, told))

    def _over_time(self, runs: Runs, told: Callable[[ActivityRun], str]) -> Iterator[str]:
        """What is told of the runs, once for each stretch of periods in which it is the same."""
        stretches = [(text, [run.period for run in stretch]) for text, stretch in groupby(runs, told)]
        for text, periods in stretches:
            until = f"–{periods[-1]}" if len(periods) > 1 else ""
            yield text if len(self.problem.periods) == 1 else f"{text} in {periods[0]}{until}"

    def _gifts(self, runs: Runs) -> list[str]:
        """Who gives what to these runs, the greatest giver first."""
        worth: dict[str, float] = {}
        amounts: dict[str, dict[str, list[float]]] = {}
        for gift in (gift for run in runs for gift in self._allocations.get((run.id, run.period), ())):
            worth.setdefault(gift.contributor, 0.0)
            worth[gift.contributor] += self.problem.resource[gift.resource].unit_cost * gift.amount
            amounts.setdefault(gift.contributor, {}).setdefault(gift.resource, []).append(gift.amount)
        return [
            f"{self.names.contributor(who)} {' + '.join(self.names.amounts(*given) for given in amounts[who].items())}"
            for who in sorted(worth, key=lambda who: -worth[who])
        ]

    def _line(self, *cells: Text) -> None:
        line = Table.grid(padding=(0, 2, 0, 0))
        room = self.console.width - INDENT
        for name, share in COLUMNS.items():
            line.add_column(width=int(share * room) - 2, justify="right" if name == "effect" else "left")
        line.add_row(*cells)
        self.console.print(Padding(line, (0, 0, 0, INDENT)))


def _level(run: ActivityRun) -> str:
    counts = f", counts as {number(run.effective_level)}" if abs(run.effective_level - run.level) > SAME else ""
    return f"{number(run.level)}{counts}"


def _threshold(run: ActivityRun) -> str:
    if run.threshold is None:
        return ""
    short = "met" if run.threshold.met else f"short by {number(run.threshold.short_by)}"
    return f"needs {number(run.threshold.needed)}: {short}"
