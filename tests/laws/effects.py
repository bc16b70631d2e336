"""The linear model of effects for given choices: effective levels, effects and risk over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from models.ids import TheatreId
from models.problem.activity import LinearEffect, PiecewiseEffect, ThresholdEffect
from models.problem.theatre import Theatre
from models.quantities import by_period
from tests.laws.effort import Effort
from tests.laws.lp import Block, Sum, total
from tests.laws.world import ScenarioRules

Cell = tuple[str, str, int]


@dataclass(frozen=True)
class ScenarioModel:
    """A scenario: its problem and the multipliers that apply after the overrides."""

    name: str
    probability: float
    world: ScenarioRules
    effect: dict[str, float]
    risk: dict[str, float]


@dataclass(frozen=True)
class Reach:
    """The influence of the contributions in a scenario on its risk."""

    scenario: ScenarioModel
    effort: Effort

    @property
    def world(self) -> ScenarioRules:
        return self.scenario.world

    @property
    def block(self) -> Block:
        return self.effort.block

    def effective(self, a: str, t: int) -> Sum:
        return self._variable("E", a, t)

    def effect(self, a: str, t: int) -> Sum:
        return self._variable("w", a, t)

    def _variable(self, letter: str, a: str, t: int) -> Sum:
        """Return a variable of this scenario, or 0 if the activity does not run."""
        runs = (a, t) in self.effort.choice.framework
        return self.block.variable(self.scenario.name, letter, a, t) if runs else Sum()

    def path(self) -> dict[Cell, float]:
        """Return P, the risk without any activity.

        C28: P[t] = (1+growth) P[t-1] + spill-over, unless the risk is given by period.
        """
        found: dict[Cell, float] = {}
        for theatre in self.world.problem.theatres:
            start = self.world.problem.risk[theatre.id]
            for t in self.world.periods:
                for d in start:
                    found[theatre.id, d, t] = start[d][t]
                    if t > 0 and (theatre.growth or theatre.spillover):
                        before: dict[str, float] = {one: found[theatre.id, one, t - 1] for one in start}
                        found[theatre.id, d, t] = _propagated(theatre, d, before)
        return {cell: self.scenario.risk.get(cell[0], 1.0) * points for cell, points in found.items()}

    def kappa(self, a: str, h: str, d: str) -> float:
        """Return the risk points that one effect point removes from a driver in this scenario."""
        activity, problem = self.world.activity(a), self.world.problem
        if h not in activity.theatres_served or (activity.task == "military" and d in self.world.theatre(h).structural):
            return 0.0
        stated = 1.0
        if activity.reduces is not None:
            stated = activity.reduces.get(f"{h}/{d}", activity.reduces.get(d, 0.0))
        for spoiler in problem.spoilers:
            if self.world.spoils(spoiler.id, h):
                stated *= spoiler.effect_multiplier
        return stated * self.scenario.effect.get(a, 1.0)

    def is_harmful(self, a: str) -> bool:
        return any(self.kappa(a, h, d) < 0 for h, drivers in self.world.problem.risk.items() for d in drivers)

    def cut(self, h: str, d: str, t: int) -> Sum:
        """Return the cut; it may be negative if an activity increases the driver, directly or by spill-over."""
        return self.block.variable(self.scenario.name, "cut", h, d, t, free=self._worsens(h, d))

    def _worsens(self, h: str, d: str) -> bool:
        theatre = self.world.theatre(h)
        feeding = {d}
        if theatre.persistence > 0:
            for _ in theatre.spillover:
                feeding |= {one.from_ for one in theatre.spillover if one.to in feeding}
        return any(self.kappa(a, h, one) < 0 for a in self.world.frameworks_by_activity for one in feeding)

    def arriving(self, a: str, t: int) -> Sum:
        """Return the effect of an activity that arrives in period t, after its lag or its lead time (C29)."""
        lead = self.world.activity(a).lead_time
        if lead is None:
            acted = t - self.world.activity(a).lag
            return self.effect(a, acted) if acted >= 0 else Sum()
        soon, late = t - lead.with_presence, t - lead.without
        early = self.early(a, soon) if soon >= 0 else Sum()
        return early + (self.effect(a, late) - self.early(a, late) if late >= 0 else Sum())

    def early(self, a: str, t: int) -> Sum:
        """Return the part of an effect that arrives early; 0 without presence in the period before."""
        lead = self.world.activity(a).lead_time
        assert lead is not None
        near = t > 0 and any((b, t - 1) in self.effort.choice.framework for b in lead.presence_from)
        return self._variable("early", a, t) if near else Sum()

    def risk_rows(self) -> None:
        """C17, C28, C35: cut <= P and cut <= arriving effects + synergies + persistent part of the cut before."""
        for (h, d, t), risk in self.path().items():
            theatre = self.world.theatre(h)
            drivers = self.world.problem.risk[h]  # type: ignore[index]
            stays = Sum()
            if t > 0:
                kept: dict[str, Sum] = {one: theatre.persistence * self.cut(h, one, t - 1) for one in drivers}
                stays = _propagated_sum(theatre, d, kept)
            arrives = total(self.kappa(a, h, d) * self.arriving(a, t) for a in self.world.frameworks_by_activity)
            self.block.at_most(self.cut(h, d, t), risk)
            self.block.at_most(self.cut(h, d, t), stays + arrives + self._synergies(h, d, t))

    def _synergies(self, h: str, d: str, t: int) -> float:
        drivers = {one.id: next(iter(self.world.problem.risk[one.id])) for one in self.world.problem.theatres}
        return sum(
            one.effect
            for one in self.world.problem.synergies
            if self.world.activity(one.activities[0]).theatre == h
            and (one.driver or drivers[TheatreId(h)]) == d
            and all((a, t) in self.effort.choice.framework for a in one.activities)
        )

    def worth(self, h: str, t: int) -> float:
        return self.world.theatre(h).weight * self.world.problem.discount**t


def _propagated(theatre: Theatre, d: str, before: Mapping[str, float]) -> float:
    grown = (1 + dict(theatre.growth).get(d, 0.0)) * before[d]  # type: ignore[call-overload]
    return grown + sum(one.rate * before[one.from_] for one in theatre.spillover if one.to == d)


def _propagated_sum(theatre: Theatre, d: str, kept: Mapping[str, Sum]) -> Sum:
    grown = (1 + dict(theatre.growth).get(d, 0.0)) * kept[d]  # type: ignore[call-overload]
    return grown + total(one.rate * kept[one.from_] for one in theatre.spillover if one.to == d)


def effect_rows(reach: Reach) -> None:
    """C15, C16, C18, C29: from levels to effective levels to effects."""
    block, world = reach.block, reach.world
    for (a, t), f in reach.effort.choice.framework.items():
        activity = world.activity(a)
        level, multiplied = reach.effective(a, t), world.framework(f).effect_multiplier * reach.effort.level(a, t)
        if reach.is_harmful(a):
            block.equal(level, multiplied)
        else:
            block.at_most(level, multiplied)
        gate = activity.awareness_gate
        if gate is not None:
            known = Sum({}, world.theatre(activity.theatre).awareness)
            from_sources = total(reach.effective(b, t - 1) for b in gate.from_) if t > 0 else Sum()
            block.at_most(level, gate.factor * (known + from_sources))
        _shape(reach, a, t)
        if activity.lead_time is not None:
            block.at_most(reach.early(a, t), reach.effect(a, t))


def _shape(reach: Reach, a: str, t: int) -> None:
    block, level, points = reach.block, reach.effective(a, t), reach.effect(a, t)
    effect, piece = reach.world.activity(a).effect, reach.effort.choice.piece[a, t]
    if isinstance(effect, LinearEffect):
        block.equal(points, by_period(effect.per_level, reach.world.problem.periods)[t] * level)
    elif isinstance(effect, ThresholdEffect):
        if piece:
            block.at_most(effect.threshold, level)
        block.at_most(points, piece * effect.per_level * level)
    else:
        _broken_line(block, effect, level, points, piece)


def _broken_line(block: Block, effect: PiecewiseEffect, level: Sum, points: Sum, piece: int) -> None:
    lines = [(x, y, (v - y) / (u - x)) for (x, y), (u, v) in pairwise(effect.points)]
    if effect.is_concave:
        for x, y, slope in lines:
            block.at_most(points, y + slope * (level - x))
        block.at_most(points, effect.points[-1][1])
        return
    block.at_most(effect.points[piece][0], level)
    if piece == len(lines):
        block.at_most(points, effect.points[-1][1])
    else:
        x, y, slope = lines[piece]
        block.at_most(level, effect.points[piece + 1][0])
        block.at_most(points, y + slope * (level - x))
