"""Tight bounds and big-M coefficients, each computed from the document, with its derivation (MODEL section 3).

A big-M is derived data: an override of its inputs changes it too. A bound may use only facts that no relaxation can
undo: never a position, a consent or a withdrawal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from models.ids import ActivityId, ContributorId, DriverId, FrameworkId, MemberId, PeriodId, ResourceId, TheatreId
from models.problem.activity import Activity, AwarenessGate, NeedLine, PiecewiseEffect, ThresholdEffect
from models.problem.problem import Problem
from optimizer.data.endowments import Endowments, endowments, greatest_endowments
from optimizer.data.index_sets import IndexSets
from optimizer.data.risk_growth import baseline_risk
from optimizer.tolerances import POSITION_ROUNDING


@dataclass(frozen=True)
class Bounds:
    """The bounds of one scenario's problem, over the index sets that all scenarios share."""

    problem: Problem
    index: IndexSets

    @cached_property
    def need_lines(self) -> dict[ActivityId, tuple[NeedLine, ...]]:
        """The need lines of each activity in this scenario: what one level takes."""
        return {activity.id: activity.need_lines for activity in self.problem.activities}

    @cached_property
    def endowments(self) -> Endowments:
        """cap[c,r,t]: the endowments, in units of the resource."""
        return endowments(self.problem)

    @cached_property
    def greatest_endowments(self) -> Endowments:
        """capmax[c,r,t]: the endowments plus all possible investments, in units of the resource."""
        return greatest_endowments(self.problem)

    @cached_property
    def level(self) -> dict[tuple[ActivityId, FrameworkId, PeriodId], float]:
        """The greatest level of a under f in t: the least of max_level and what the endowments of t allow by need line.

        Derivation: C2 and C1, with every contributor giving all its greatest endowment to this activity alone. For each
        line, level = (sum of eta * rho * capmax) / (amount per level * cost multiplier). Contributors without access
        give nothing. Positions, consent and withdrawals are left out, because they can be relaxed.
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
        """The greatest effective level of a in t: the maximum over its frameworks of effect multiplier * level."""
        framework, frameworks = self.problem.framework, self.index.frameworks
        return {
            (a, t): max(framework[f].effect_multiplier * self.level[a, f, t] for f in frameworks[a])
            for a, t in self.index.activity_periods
        }

    @cached_property
    def reachable_level(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level of a in t that means and situational awareness both allow.

        Derivation: C15 and, for a gated activity, C18.
        """
        limit = self.awareness_limit
        return {key: min(level, limit.get(key, level)) for key, level in self.effective_level.items()}

    @cached_property
    def threshold_level(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level that meets the threshold of a in t; 0 if a cannot meet it.

        Derivation: C16 counts a level only from the threshold on, and no level is above the greatest reachable one.
        """
        return {
            (a, t): max(reachable, effect.threshold) if reachable >= effect.threshold * (1 - POSITION_ROUNDING) else 0.0
            for (a, t), reachable in self.reachable_level.items()
            for effect in (self.problem.activity[a].effect,)
            if isinstance(effect, ThresholdEffect)
        }

    @cached_property
    def segments(self) -> dict[tuple[ActivityId, PeriodId], tuple[float, ...]]:
        """The most levels on each segment of a piecewise effect: its length, or less if endowments end before it.

        Derivation: the levels on all segments sum to at most the effective level. All segments before a steeper one
        are full once it is used. So it carries at most the greatest reachable level minus its own start. The segments
        up to the next steeper one fill in no fixed order, so they share that bound.
        """
        return {
            (a, t): tuple(_segments(effect, self.reachable_level[a, t]))
            for a, t in self.index.activity_periods
            for effect in (self.problem.activity[a].effect,)
            if isinstance(effect, PiecewiseEffect)
        }

    @cached_property
    def awareness_limit(self) -> dict[tuple[ActivityId, PeriodId], float]:
        """The greatest effective level that awareness can allow a gated activity in t.

        Derivation: C18, with every informing activity at its greatest reachable level in the period before.
        """
        found: dict[tuple[ActivityId, PeriodId], float] = {}
        for a, t in sorted(self.index.activity_periods, key=lambda one: self.index.place[one[1]]):
            activity = self.problem.activity[a]
            if activity.awareness_gate is not None:
                found[a, t] = self._awareness_limit(activity.awareness_gate, activity.theatre, t, found)
        return found

    def _awareness_limit(
        self,
        gate: AwarenessGate,
        h: TheatreId,
        t: PeriodId,
        limits: Mapping[tuple[ActivityId, PeriodId], float],
    ) -> float:
        """The limit in t, given those of all periods before."""
        place, level = self.index.place[t], self.effective_level
        sources = [(b, before) for before in self.problem.periods[place - 1 : place] for b in gate.from_]
        gained = sum(min(level[source], limits.get(source, level[source])) for source in sources)
        return gate.factor * (self.problem.theatre[h].awareness + gained)

    @cached_property
    def contribution(self) -> dict[tuple[ContributorId, ActivityId, ResourceId, PeriodId], float]:
        """The most of r that c can give to a in t: min(capmax, what the greatest level can take by C2 and C3)."""
        greatest_endowments, greatest_needs = self.greatest_endowments, self._greatest_needs
        productivity = {c: contributor.productivity for c, contributor in self.problem.contributor.items()}
        found = {}
        for key in self.index.contributions:
            c, a, r, t = key
            needed, rate = greatest_needs[a, r, t]
            found[key] = min(greatest_endowments.get((c, r, t), 0.0), needed / (rate * productivity[c]))
        return found

    @cached_property
    def _greatest_needs(self) -> dict[tuple[ActivityId, ResourceId, PeriodId], tuple[float, float]]:
        """For the need line that r fills: units that the greatest level takes, and units per unit of r."""
        framework, found = self.problem.framework, {}
        for a, t in self.index.activity_periods:
            most = max(framework[f].cost_multiplier * self.level[a, f, t] for f in self.index.frameworks[a])
            for line in reversed(self.need_lines[a]):
                found.update({(a, r, t): (line.amount * most, rate) for r, rate in line.from_.items()})
        return found

    def units_needed(self, a: ActivityId, n: int, f: FrameworkId, level: float) -> float:
        """Units of need line n that a level of a under f takes (C2); a big-M if `level` is the greatest."""
        return self.need_lines[a][n].amount * self.problem.framework[f].cost_multiplier * level

    @cached_property
    def position_range(self) -> dict[ActivityId, tuple[float, float]]:
        """For each activity the least and greatest position (-2 to +2) that any member can have on it as it runs.

        Derivation: the position counts as the sum over f of pi[i,a,f] * y[a,f,t]. By C4 at most one framework runs, so
        the sum is 0 or one of the positions; the range holds for every member and period.
        """
        return {a: self._range_over_members(a) for a in self.index.frameworks}

    def _range_over_members(self, a: ActivityId) -> tuple[float, float]:
        ranges = [self._member_range[i, a] for i in self.problem.member]
        return min(low for low, _ in ranges), max(high for _, high in ranges)

    def distance_from_centre(self, i: MemberId, a: ActivityId) -> tuple[float, float]:
        """The greatest distance of i above and below the centre of a, in points: the M of C14 if i is not present.

        Derivation: the position of i lies between its own least and greatest, or is 0. The centre lies between the
        least and greatest of all members.
        """
        (low, high), (least, greatest) = self._member_range[i, a], self.position_range[a]
        return high - least, greatest - low

    @cached_property
    def _member_range(self) -> dict[tuple[MemberId, ActivityId], tuple[float, float]]:
        """The least and greatest position of each member on each activity, 0 included."""
        found = {}
        for a, frameworks in self.index.frameworks.items():
            for i in self.problem.member:
                positions = [0.0, *(self.problem.position(i, a, f) for f in frameworks)]
                found[i, a] = min(positions), max(positions)
        return found

    @cached_property
    def risk(self) -> dict[tuple[TheatreId, DriverId, PeriodId], float]:
        """P[h,d,t]: the risk if nothing is done, in points, with growth and spill-over, before a scenario's multiplier.

        Derivation: a plan cannot remove more risk than there is (C17, C28).
        """
        return baseline_risk(self.problem)


def steeper_segments(effect: PiecewiseEffect) -> tuple[int, ...]:
    """The numbers, from 0, of the segments of a piecewise effect that are steeper than the segment before."""
    slopes = effect.slopes
    return tuple(n for n in range(1, len(slopes)) if slopes[n] > slopes[n - 1])


def _segments(effect: PiecewiseEffect, greatest: float) -> Iterator[float]:
    steeper = steeper_segments(effect)
    start = 0.0
    for n, ((before, _), (after, _)) in enumerate(pairwise(effect.points)):
        start = before if n in steeper else start
        yield min(after - before, max(0.0, greatest - start))
