"""Which contribution, level, run can exist at all: what nobody has or needs gets no variable. Pure Python, no Pyomo.

Index sets follow from means, needs, access and rules, never from politics: a position, a consent or a withdrawal
changes a bound or a row, so that it can be changed or relaxed without another program. With several scenarios the sets
are the union over them, so that one plan can be held against each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, PeriodId, ResourceId, TheatreId
from models.problem.activity import Activity
from models.problem.problem import Problem
from optimizer.data.endowments import greatest_endowments

Contribution = tuple[ContributorId, ActivityId, ResourceId, PeriodId]
Run = tuple[ActivityId, FrameworkId, PeriodId]
ActivityPeriod = tuple[ActivityId, PeriodId]
Cell = tuple[TheatreId, DriverId, PeriodId]


@dataclass(frozen=True)
class IndexSets:
    """The index sets shared by all scenarios; `problems` holds one problem a scenario, all of one structure."""

    problems: tuple[Problem, ...]

    @property
    def problem(self) -> Problem:
        """The first scenario's problem: ids and their order are the same in all."""
        return self.problems[0]

    @cached_property
    def place(self) -> dict[PeriodId, int]:
        """The place of each period, from 0."""
        return {period: place for place, period in enumerate(self.problem.periods)}

    @cached_property
    def frameworks(self) -> dict[ActivityId, tuple[FrameworkId, ...]]:
        """F_a: under which frameworks each activity could run."""
        return {activity.id: self.problem.frameworks_of(activity) for activity in self.problem.activities}

    @cached_property
    def activity_periods(self) -> tuple[ActivityPeriod, ...]:
        """(a, t), every one."""
        return tuple((activity.id, period) for activity in self.problem.activities for period in self.problem.periods)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """(a, f, t) with f in F_a."""
        return tuple((a, f, t) for a, fs in self.frameworks.items() for f in fs for t in self.problem.periods)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """(h, d, t): where risk can be removed."""
        risk, periods = self.problem.risk, self.problem.periods
        return tuple((h, d, t) for h, drivers in risk.items() for d in drivers for t in periods)

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """(c, a, r, t): c could have r in t, a needs it, and c has access to where a runs, in some scenario."""
        if len(self.problems) == 1:
            return tuple(self._contributions(self.problem))
        possible = {key for problem in self.problems for key in self._contributions(problem)}
        order = {c: place for place, c in enumerate(self.problem.contributor)}
        by_activity = {a: place for place, a in enumerate(self.problem.activity)}
        return tuple(sorted(possible, key=lambda k: (by_activity[k[1]], self.place[k[3]], order[k[0]], k[2])))

    def _contributions(self, problem: Problem) -> list[Contribution]:
        have = greatest_endowments(problem)
        found: list[Contribution] = []
        for activity in problem.activities:
            # Read once: need lines are made anew at every asking.
            resources = [r for line in activity.need_lines for r in line.from_]
            able = self._with_access(problem, activity)
            found.extend(
                (c, activity.id, r, t)
                for t in problem.periods
                for c in able
                for r in resources
                if have.get((c, r, t), 0) > 0
            )
        return found

    @staticmethod
    def _with_access(problem: Problem, activity: Activity) -> tuple[ContributorId, ...]:
        access = problem.theatre[activity.theatre].access
        return tuple(c for c in problem.contributor if access is None or c in access)

    @cached_property
    def given_to(self) -> dict[ActivityPeriod, tuple[Contribution, ...]]:
        """The contributions to each activity in each period."""
        return self._group(lambda key: (key[1], key[3]))  # type: ignore[return-value]

    @cached_property
    def given_by(self) -> dict[tuple[ContributorId, ActivityId, PeriodId], tuple[Contribution, ...]]:
        """The contributions of each contributor to each activity in each period; only where there are any."""
        return self._group(lambda key: (key[0], key[1], key[3]))  # type: ignore[return-value]

    def _group(
        self, name: Callable[[Contribution], tuple[str, ...]]
    ) -> dict[tuple[str, ...], tuple[Contribution, ...]]:
        groups: dict[tuple[str, ...], list[Contribution]] = {}
        for key in self.contributions:
            groups.setdefault(name(key), []).append(key)
        return {key: tuple(members) for key, members in groups.items()}
