"""The plan document: the decisions of all scenarios, with every figure recomputed from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from models.ids import ScenarioId
from models.plan import (
    ActivityRun,
    Allocation,
    Concession,
    Coordination,
    DivergenceReport,
    InvestmentMade,
    Plan,
    ScenarioResult,
    StoodAside,
    ThresholdReport,
)
from models.problem.activity import Effect, ThresholdEffect
from models.problem.scenario import Regret
from optimizer.outcome.figures.burdens import burdens
from optimizer.outcome.figures.effects import Levels, effective_levels, effects, is_met
from optimizer.outcome.figures.non_participation import divergence, non_participants
from optimizer.outcome.figures.risk_removal import Cuts, coverage, risk_reduction, risk_removed
from optimizer.outcome.figures.robustness import worst_case_loss
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions

Bests = Mapping[ScenarioId, float]
Row = TypeVar("Row", ActivityRun, DivergenceReport)


def build_plan(scenarios: Sequence[ScenarioDecisions], bests: Bests) -> Plan:
    """The plan of the decisions of all scenarios; `bests` is the greatest risk reduction of each scenario (z*).

    What all scenarios share is listed once. Rows that differ between scenarios name their scenario, in the order of the
    document: under recourse contributions and runs, otherwise the runs with a figure that differs.
    """
    figures = sorted((_figures(decisions) for decisions in scenarios), key=_place_in_document)
    separate = figures if scenarios[0].has_recourse else figures[:1]
    return Plan(
        allocations=tuple(chain.from_iterable(_allocations(each.decisions) for each in separate)),
        activities=tuple(_runs(figures)),
        coverage=tuple(chain.from_iterable(coverage(each.decisions, each.cuts) for each in figures)),
        burden=tuple(burdens(scenarios)),
        divergence=tuple(_divergences([each.decisions for each in figures])),
        scenarios=tuple(_scenario(each, bests) for each in figures),
        coordination=tuple(chain.from_iterable(_coordination(each.decisions) for each in separate)),
        concessions=tuple(
            Concession(member=i, activity=a, framework=f, amount=amount)
            for (i, a, f), amount in scenarios[0].concessions.items()
        ),
        investments=tuple(
            InvestmentMade(id=v, period=t, units=units) for (v, t), units in scenarios[0].investments.items()
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Figures:
    """The decisions of one scenario, and what they achieve in it."""

    decisions: ScenarioDecisions
    effective: Levels
    """E[a,t], effective levels."""
    achieved: Levels
    """w[a,t], risk points."""
    cuts: Cuts
    """cut[h,d,t], risk points."""


def _figures(decisions: ScenarioDecisions) -> _Figures:
    effective = effective_levels(decisions)
    achieved = effects(decisions, effective)
    return _Figures(decisions=decisions, effective=effective, achieved=achieved, cuts=risk_removed(decisions, achieved))


def _allocations(decisions: ScenarioDecisions) -> Iterator[Allocation]:
    for (c, a, r, t), amount in decisions.contributions.items():
        yield Allocation(
            contributor=c, activity=a, resource=r, period=t, amount=amount, scenario=decisions.effort_scenario
        )


def _coordination(decisions: ScenarioDecisions) -> Iterator[Coordination]:
    for (i, k, r, t), amount in decisions.payments.items():
        yield Coordination(member=i, partner=k, resource=r, period=t, amount=amount, scenario=decisions.effort_scenario)


def _place_in_document(figures: _Figures) -> int:
    stated = [scenario.id for scenario in figures.decisions.problem.scenarios]
    return stated.index(figures.decisions.scenario) if stated else 0


def _divergences(scenarios: Sequence[ScenarioDecisions]) -> Iterator[DivergenceReport]:
    """One report for each run, or one for each scenario if they differ."""
    runs = {key for decisions in scenarios for key in decisions.runs}
    for key in (key for key in scenarios[0].activity_periods if key in runs):
        yield from _merged(
            [divergence(decisions, key) for decisions in scenarios], [decisions.scenario for decisions in scenarios]
        )


def _merged(rows: Sequence[Row], scenarios: Sequence[ScenarioId]) -> Iterator[Row]:
    """The first row if all are equal, otherwise each with its scenario."""
    if all(row == rows[0] for row in rows):
        yield rows[0]
    else:
        yield from (row.model_copy(update={"scenario": s}) for row, s in zip(rows, scenarios, strict=True))


def _scenario(figures: _Figures, bests: Bests) -> ScenarioResult:
    decisions = figures.decisions
    reduction = risk_reduction(decisions, figures.cuts) - worst_case_loss(decisions, figures.effective)
    best = bests.get(decisions.scenario)
    is_measured = best is not None and isinstance(decisions.problem.criterion, Regret)
    if decisions.is_only_scenario and not is_measured:
        return ScenarioResult(id=decisions.scenario, risk_reduction=reduction, regret=0.0)
    return ScenarioResult(
        id=decisions.scenario, risk_reduction=reduction, regret=None if best is None else best - reduction
    )


def _runs(scenarios: Sequence[_Figures]) -> Iterator[ActivityRun]:
    """The runs of each scenario under recourse; otherwise those of all, apart where a figure differs."""
    runs = [list(_runs_in(each)) for each in scenarios]
    if scenarios[0].decisions.has_recourse:
        yield from chain.from_iterable(runs)
        return
    for rows in zip(*runs, strict=True):
        yield from _merged(rows, [each.decisions.scenario for each in scenarios])


def _runs_in(figures: _Figures) -> Iterator[ActivityRun]:
    aside = non_participants(figures.decisions)
    return (_run(figures, key, aside[key]) for key in figures.decisions.running)


def _run(figures: _Figures, key: ActivityPeriod, aside: tuple[StoodAside, ...]) -> ActivityRun:
    decisions, (a, t), (f, level) = figures.decisions, key, figures.decisions.runs[key]
    return ActivityRun(
        id=a,
        period=t,
        framework=f,
        role=decisions.problem.framework[f].role,
        level=level,
        effective_level=figures.effective[key],
        effect=figures.achieved[key] * decisions.effect_multiplier.get(a, 1.0),
        threshold=_threshold(decisions.problem.activity[a].effect, figures.effective[key]),
        participants=decisions.participants.get(key, ()),
        stood_aside=aside,
        scenario=decisions.effort_scenario,
    )


def _threshold(effect: Effect, effective: float) -> ThresholdReport | None:
    if not isinstance(effect, ThresholdEffect):
        return None
    met = is_met(effect, effective)
    return ThresholdReport(needed=effect.threshold, met=met, short_by=0.0 if met else effect.threshold - effective)
