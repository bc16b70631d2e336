"""Index sets of the variables: the contributions, runs and cells that can exist. Pure Python, no Pyomo.

Index sets follow from endowments, needs, access and rules, never from politics. A position, a consent or a withdrawal
changes a bound or a row, so it can be changed or relaxed in the same program. With several scenarios the sets are the
union over them, so one plan can be evaluated in each.
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
    """The index sets that all scenarios share; `problems` has one problem per scenario, all with the same structure."""

    problems: tuple[Problem, ...]

    @property
    def problem(self) -> Problem:
        """The problem of the first scenario; ids and their order are the same in all."""
        return self.problems[0]

    @cached_property
    def place(self) -> dict[PeriodId, int]:
        """The position of each period, from 0."""
        return {period: place for place, period in enumerate(self.problem.periods)}

    @cached_property
    def frameworks(self) -> dict[ActivityId, tuple[FrameworkId, ...]]:
        """F_a: the frameworks each activity could run under."""
        return {activity.id: self.problem.frameworks_of(activity) for activity in self.problem.activities}

    @cached_property
    def activity_periods(self) -> tuple[ActivityPeriod, ...]:
        """(a, t) for all activities and periods."""
        return tuple((activity.id, period) for activity in self.problem.activities for period in self.problem.periods)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """(a, f, t) with f in F_a."""
        return tuple((a, f, t) for a, fs in self.frameworks.items() for f in fs for t in self.problem.periods)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """(h, d, t): the theatres, drivers and periods where risk can be removed."""
        risk, periods = self.problem.risk, self.problem.periods
        return tuple((h, d, t) for h, drivers in risk.items() for d in drivers for t in periods)

    @cached_property
    def contributions(self) -> tuple[Contribution, ...]:
        """(c, a, r, t): in some scenario c could have r in t, a needs r, and c has access to the theatre of a."""
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
            # Read once: the property builds the need lines at every access.
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
        """(a, t) -> the contributions to the activity in the period."""
        return self._group(lambda key: (key[1], key[3]))  # type: ignore[return-value]

    @cached_property
    def given_by(self) -> dict[tuple[ContributorId, ActivityId, PeriodId], tuple[Contribution, ...]]:
        """(c, a, t) -> the contributions of c to the activity in the period; only nonempty groups."""
        return self._group(lambda key: (key[0], key[1], key[3]))  # type: ignore[return-value]

    def _group(
        self, name: Callable[[Contribution], tuple[str, ...]]
    ) -> dict[tuple[str, ...], tuple[Contribution, ...]]:
        groups: dict[tuple[str, ...], list[Contribution]] = {}
        for key in self.contributions:
            groups.setdefault(name(key), []).append(key)
        return {key: tuple(members) for key, members in groups.items()}
