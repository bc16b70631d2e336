"""Every tight bound and every big-M, each computed from named data, with its derivation in the docstring (MODEL section 3).

An M is derived data: an override of what it comes from changes it too. A bound may be tightened only by what no
relaxation can undo: never by a position, a consent or a withdrawal.
"""

from dataclasses import dataclass
from functools import cached_property

from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, PeriodId, ResourceId, TheatreId
from models.problem.activity import Activity, LinearEffect, NeedLine, PiecewiseEffect
from models.problem.problem import Problem
from models.quantities import by_period
from optimizer.indices import Indices
from optimizer.means import Means, could_have, means


@dataclass(frozen=True)
class Bounds:
    """The bounds of one future's problem over the index sets shared by all."""

    problem: Problem
    index: Indices

    @cached_property
    def means(self) -> Means:
        """cap[c,r,t], in units of the resource."""
        return means(self.problem)

    @cached_property
    def could_have(self) -> Means:
        """capmax[c,r,t], in units of the resource."""
        return could_have(self.problem)

    @cached_property
    def level(self) -> dict[tuple[ActivityId, FrameworkId, PeriodId], float]:
        """The greatest level of a under f in t: min(max_level, what the means of that period can fill of each need line).

        Derivation: C2 with every contributor of C1 giving all it could have to this activity alone, level = sum of
        eta * rho * capmax over the line, over (amount a level takes * cost multiplier). Contributors without access
        give nothing. Positions, consent and withdrawals do not enter: they can be relaxed.
        """
        return {
            (a, f, t): self._level(self.problem.activity[a], f, t)
            for a, f, t in self.index.runs
        }

    def _level(self, activity: Activity, f: FrameworkId, t: PeriodId) -> float:
        multiplier = self.problem.framework[f].cost_multiplier
        filled = (self._supply[activity.id, t, n] / (line.amount * multiplier) for n, line in enumerate(activity.need_lines))
        most = min(filled)
        return most if activity.max_level is None else min(most, activity.max_level)

    @cached_property
    def _supply(self) -> dict[tuple[ActivityId, PeriodId, int], float]:
        return {
            (a, t, n): self._line_supply(line, a, t)
            for a, lines in self.index.need_lines.items()
            for t in self.problem.periods
            for n, line in enumerate(lines)
        }

    def _line_supply(self, line: NeedLine, a: ActivityId, t: PeriodId) -> float:
        contributor = self.problem.contributor
        return sum(
            contributor[c].productivity * line.from_[r] * self.could_have.get((c, r, t), 0.0)
            for c, _, r, _ in self.index.given_to.get((a, t), ())
            if r in line.from_
        )

    @cached_property
    def effective_level(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level of a in t: the greatest over frameworks of effect multiplier * greatest level."""
        return {
            (a, t): max(self.problem.framework[f].effect_multiplier * self.level[a, f, t] for f in self.index.frameworks[a])
            for a, t in self.index.activity_periods
        }

    def greatest_effect(self, a: ActivityId, t: PeriodId) -> float:
        """The greatest effect of a in t, in risk points: its effect at the greatest effective level."""
        effect, level = self.problem.activity[a].effect, self.effective_level[a, t]
        if isinstance(effect, LinearEffect):
            return level * by_period(effect.per_level, self.problem.periods)[self.index.place[t]]
        if isinstance(effect, PiecewiseEffect):
            return effect.points[-1][1]
        return level * effect.per_level

    @cached_property
    def contribution(self) -> dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]:
        """The most of r that c can give to a in t: min(capmax, what the greatest level can take of it by C2 and C3)."""
        return {key: self._contribution(*key) for key in self.index.contributions}

    def _contribution(self, c: ContributorId, a: ActivityId, r: ResourceId, t: PeriodId) -> float:
        line = next(line for line in self.index.need_lines[a] if r in line.from_)
        framework, frameworks = self.problem.framework, self.index.frameworks[a]
        takes = line.amount * max(framework[f].cost_multiplier * self.level[a, f, t] for f in frameworks)
        taken = takes / (line.from_[r] * self.problem.contributor[c].productivity)
        return min(self.could_have.get((c, r, t), 0.0), taken)

    @cached_property
    def risk(self) -> dict[tuple[TheatreId, DriverId, PeriodId], float]:
        """P[h,d,t]: the risk if nothing is done, in points (before a future's multiplier)."""
        return {
            (h, d, t): amount
            for h, drivers in self.problem.risk.items()
            for d, amounts in drivers.items()
            for t, amount in zip(self.problem.periods, amounts, strict=True)
        }
