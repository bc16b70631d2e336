"""Every tight bound and every big-M, each computed from named data, with its derivation (MODEL section 3).

An M is derived data: an override of what it comes from changes it too. A bound may be tightened only by what no
relaxation can undo: never by a position, a consent or a withdrawal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, MemberId, PeriodId, ResourceId, TheatreId
from models.problem.activity import Activity, AwarenessGate, NeedLine, PiecewiseEffect
from models.problem.problem import Problem
from optimizer.data.endowments import Endowments, endowments, greatest_endowments
from optimizer.data.index_sets import IndexSets
from optimizer.data.risk_growth import untouched


@dataclass(frozen=True)
class Bounds:
    """The bounds of one scenario's problem over the index sets shared by all."""

    problem: Problem
    index: IndexSets

    @cached_property
    def need_lines(self) -> dict[ActivityId, tuple[NeedLine, ...]]:
        """What a level of each activity takes, in this scenario."""
        return {activity.id: activity.need_lines for activity in self.problem.activities}

    @cached_property
    def endowments(self) -> Endowments:
        """cap[c,r,t], in units of the resource."""
        return endowments(self.problem)

    @cached_property
    def greatest_endowments(self) -> Endowments:
        """capmax[c,r,t], in units of the resource."""
        return greatest_endowments(self.problem)

    @cached_property
    def level(self) -> dict[tuple[ActivityId, FrameworkId, PeriodId], float]:
        """The greatest level of a under f in t: min(max_level, what the means of that period fill of each need line).

        Derivation: C2 with every contributor of C1 giving all it could have to this activity alone, level = sum of
        eta * rho * capmax over the line, over (amount a level takes * cost multiplier). Contributors without access
        give nothing. Positions, consent and withdrawals do not enter: they can be relaxed.
        """
        return {(a, f, t): self._level(self.problem.activity[a], f, t) for a, f, t in self.index.runs}

    def _level(self, activity: Activity, f: FrameworkId, t: PeriodId) -> float:
        multiplier = self.problem.framework[f].cost_multiplier
        lines = enumerate(activity.need_lines)
        most = min(self._supply[activity.id, t, n] / (line.amount * multiplier) for n, line in lines)
        return most if activity.max_level is None else min(most, activity.max_level)

    @cached_property
    def _supply(self) -> dict[tuple[ActivityId, PeriodId, int], float]:
        return {
            (a, t, n): self._line_supply(line, a, t)
            for a, lines in self.need_lines.items()
            for t in self.problem.periods
            for n, line in enumerate(lines)
        }

    def _line_supply(self, line: NeedLine, a: ActivityId, t: PeriodId) -> float:
        contributor = self.problem.contributor
        return sum(
            contributor[c].productivity * line.from_[r] * self.greatest_endowments.get((c, r, t), 0.0)
            for c, _, r, _ in self.index.given_to.get((a, t), ())
            if r in line.from_
        )

    @cached_property
    def effective_level(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level of a in t: the greatest, over frameworks, of effect multiplier * level."""
        framework, frameworks = self.problem.framework, self.index.frameworks
        return {
            (a, t): max(framework[f].effect_multiplier * self.level[a, f, t] for f in frameworks[a])
            for a, t in self.index.activity_periods
        }

    @cached_property
    def segments(self) -> dict[tuple[ActivityId, PeriodId], tuple[float, ...]]:
        """The most levels on each segment of a piecewise effect: its length, or less where means do not reach its end.

        Derivation: what stands on all segments is at most the effective level; from a segment that is steeper than the
        one before on, all before it are full, so there is at most the greatest effective level less where that one
        starts. Up to the next steeper segment nothing says which is filled first, so they share that bound.
        """
        return {
            (a, t): tuple(_segments(effect, self.effective_level[a, t]))
            for a, t in self.index.activity_periods
            for effect in (self.problem.activity[a].effect,)
            if isinstance(effect, PiecewiseEffect)
        }

    @cached_property
    def allowed(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level that awareness can allow a gated activity in t.

        Derivation: C18 with every activity that informs it at its greatest effective level the period before.
        """
        return {
            (a, t): self._allowed(gate, self.problem.activity[a].theatre, self.index.place[t])
            for a, t in self.index.activity_periods
            for gate in (self.problem.activity[a].awareness_gate,)
            if gate is not None
        }

    def _allowed(self, gate: AwarenessGate, h: TheatreId, place: int) -> float:
        before = self.problem.periods[place - 1 : place]
        told = sum(self.effective_level[b, t] for t in before for b in gate.from_)
        return gate.factor * (self.problem.theatre[h].awareness + told)

    @cached_property
    def contribution(self) -> dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]:
        """The most of r that c can give to a in t: min(capmax, what the greatest level can take of it by C2 and C3)."""
        greatest_endowments, greatest = self.greatest_endowments, self._greatest
        productivity = {c: contributor.productivity for c, contributor in self.problem.contributor.items()}
        found = {}
        for key in self.index.contributions:
            c, a, r, t = key
            takes, substitutes = greatest[a, r, t]
            found[key] = min(greatest_endowments.get((c, r, t), 0.0), takes / (substitutes * productivity[c]))
        return found

    @cached_property
    def _greatest(self) -> dict[tuple[ActivityId, ResourceId, PeriodId], tuple[float, float]]:
        """What the greatest level takes of the line that r fills, in its units, and how many a unit of r fills."""
        framework, found = self.problem.framework, {}
        for a, t in self.index.activity_periods:
            most = max(framework[f].cost_multiplier * self.level[a, f, t] for f in self.index.frameworks[a])
            for line in reversed(self.need_lines[a]):
                found.update({(a, r, t): (line.amount * most, fills) for r, fills in line.from_.items()})
        return found

    def takes(self, a: ActivityId, n: int, f: FrameworkId, level: float) -> float:
        """What a level of a under f takes of its need line n, in units of the line (C2); of the greatest, an M."""
        return self.need_lines[a][n].amount * self.problem.framework[f].cost_multiplier * level

    @cached_property
    def positions(self) -> dict[ActivityId, tuple[float, float]]:
        """The least and greatest that the sum over f of pi[i,a,f] * y[a,f,t] comes to for any member, in points.

        Derivation: by C4 at most one framework runs, so it is 0 or one of the positions.
        """
        return {a: self._positions(a) for a in self.index.frameworks}

    def _positions(self, a: ActivityId) -> tuple[float, float]:
        stands = [self._stands[i, a] for i in self.problem.member]
        return min(low for low, _ in stands), max(high for _, high in stands)

    def from_centre(self, i: MemberId, a: ActivityId) -> tuple[float, float]:
        """How far i can stand above and below the centre of a, in points: the M of C14 where i is not there.

        Derivation: the position of i lies between its own extremes, or 0, and the centre between those of all.
        """
        (low, high), (least, greatest) = self._stands[i, a], self.positions[a]
        return high - least, greatest - low

    @cached_property
    def _stands(self) -> dict[tuple[MemberId, ActivityId], tuple[float, float]]:
        found = {}
        for a, frameworks in self.index.frameworks.items():
            for i in self.problem.member:
                stands = [0.0, *(self.problem.position(i, a, f) for f in frameworks)]
                found[i, a] = min(stands), max(stands)
        return found

    @cached_property
    def risk(self) -> dict[tuple[TheatreId, DriverId, PeriodId], float]:
        """P[h,d,t]: the risk if nothing is done, in points (before a scenario's multiplier), with growth and spill-over.

        Derivation: nobody can remove more of a risk than there is (C17, C28).
        """
        return untouched(self.problem)


def rises(effect: PiecewiseEffect) -> tuple[int, ...]:
    """The segments of a piecewise effect that are steeper than the one before, by number."""
    slopes = effect.slopes
    return tuple(n for n in range(1, len(slopes)) if slopes[n] > slopes[n - 1])


def _segments(effect: PiecewiseEffect, greatest: float) -> Iterator[float]:
    steeper = rises(effect)
    start = 0.0
    for n, ((before, _), (after, _)) in enumerate(pairwise(effect.points)):
        start = before if n in steeper else start
        yield min(after - before, max(0.0, greatest - start))
