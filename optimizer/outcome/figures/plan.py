"""The plan document: the decisions of all scenarios, with every figure recomputed from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

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
from optimizer.outcome.figures.burdens import burdens
from optimizer.outcome.figures.effects import Levels, effective_levels, effects, is_met
from optimizer.outcome.figures.non_participation import divergence, non_participants
from optimizer.outcome.figures.risk_removal import Cuts, coverage, risk_reduction, risk_removed
from optimizer.outcome.figures.robustness import worst_case_loss
from optimizer.outcome.figures.scenario_decisions import ActivityPeriod, ScenarioDecisions

Bests = Mapping[ScenarioId, float]


def build_plan(scenarios: Sequence[ScenarioDecisions], bests: Bests) -> Plan:
    """The plan of the decisions of all scenarios; `bests` is the greatest risk reduction of each scenario (z*).

    Decisions that all scenarios share are listed once. Under recourse, contributions and runs name their scenario.
    """
    figures = [_figures(decisions) for decisions in scenarios]
    separate = figures if scenarios[0].has_recourse else figures[:1]
    return Plan(
        allocations=tuple(chain.from_iterable(_allocations(each.decisions) for each in separate)),
        activities=tuple(chain.from_iterable(_runs(each) for each in separate)),
        coverage=tuple(chain.from_iterable(coverage(each.decisions, each.cuts) for each in figures)),
        burden=tuple(burdens(scenarios)),
        divergence=tuple(_divergences(scenarios)),
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


def _divergences(scenarios: Sequence[ScenarioDecisions]) -> Iterator[DivergenceReport]:
    reported: set[ActivityPeriod] = set()
    for decisions in scenarios:
        for key in decisions.running:
            if key not in reported:
                reported.add(key)
                yield divergence(decisions, key)


def _scenario(figures: _Figures, bests: Bests) -> ScenarioResult:
    decisions = figures.decisions
    reduction = risk_reduction(decisions, figures.cuts) - worst_case_loss(decisions, figures.effective)
    if decisions.is_only_scenario:
        return ScenarioResult(id=decisions.scenario, risk_reduction=reduction, regret=0.0)
    best = bests.get(decisions.scenario)
    return ScenarioResult(
        id=decisions.scenario, risk_reduction=reduction, regret=None if best is None else best - reduction
    )


def _runs(figures: _Figures) -> Iterator[ActivityRun]:
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
        effect=figures.achieved[key],
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
