"""The plan of given decisions, every figure in it recomputed from them."""

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
from optimizer.outcome.figures.decided import ActivityPeriod, Decided
from optimizer.outcome.figures.effects import THRESHOLD_SLACK, Levels, effective_levels, effects
from optimizer.outcome.figures.protection import protection
from optimizer.outcome.figures.removed import Cuts, coverage, risk_reduction, risk_removed
from optimizer.outcome.figures.standing_aside import divergence, stood_aside

Bests = Mapping[ScenarioId, float]


def plan_of(scenarios: Sequence[Decided], bests: Bests) -> Plan:
    """What was decided, as each scenario sees it, and what follows; `bests` is what each scenario could reach at best.

    Decisions that all scenarios share are listed once; under recourse each scenario's efforts carry its scenario.
    """
    seen = [_seen(decided) for decided in scenarios]
    separate = seen if scenarios[0].has_separate_scenarios else seen[:1]
    return Plan(
        allocations=tuple(chain.from_iterable(_allocations(one.decided) for one in separate)),
        activities=tuple(chain.from_iterable(_runs(one) for one in separate)),
        coverage=tuple(chain.from_iterable(coverage(one.decided, one.cuts) for one in seen)),
        burden=tuple(burdens(scenarios)),
        divergence=tuple(_divergences(scenarios)),
        scenarios=tuple(_scenario(one, bests) for one in seen),
        coordination=tuple(chain.from_iterable(_coordination(one.decided) for one in separate)),
        concessions=tuple(
            Concession(member=i, activity=a, framework=f, amount=amount)
            for (i, a, f), amount in scenarios[0].conceded.items()
        ),
        investments=tuple(InvestmentMade(id=v, period=t, units=units) for (v, t), units in scenarios[0].bought.items()),
    )


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """The decisions of one scenario, and what they achieve there."""

    decided: Decided
    effective: Levels
    achieved: Levels
    cuts: Cuts


def _seen(decided: Decided) -> _Seen:
    effective = effective_levels(decided)
    achieved = effects(decided, effective)
    return _Seen(decided=decided, effective=effective, achieved=achieved, cuts=risk_removed(decided, achieved))


def _allocations(decided: Decided) -> Iterator[Allocation]:
    for (c, a, r, t), amount in decided.given.items():
        yield Allocation(
            contributor=c, activity=a, resource=r, period=t, amount=amount, scenario=decided.effort_scenario
        )


def _coordination(decided: Decided) -> Iterator[Coordination]:
    for (i, k, r, t), amount in decided.paid.items():
        yield Coordination(member=i, partner=k, resource=r, period=t, amount=amount, scenario=decided.effort_scenario)


def _divergences(scenarios: Sequence[Decided]) -> Iterator[DivergenceReport]:
    seen: set[ActivityPeriod] = set()
    for decided in scenarios:
        for key in decided.running:
            if key not in seen:
                seen.add(key)
                yield divergence(decided, key)


def _scenario(seen: _Seen, bests: Bests) -> ScenarioResult:
    decided = seen.decided
    reduction = risk_reduction(decided, seen.cuts) - protection(decided, seen.effective)
    if decided.is_only:
        return ScenarioResult(id=decided.scenario, risk_reduction=reduction, regret=0.0)
    best = bests.get(decided.scenario)
    return ScenarioResult(
        id=decided.scenario, risk_reduction=reduction, regret=None if best is None else best - reduction
    )


def _runs(seen: _Seen) -> Iterator[ActivityRun]:
    aside = stood_aside(seen.decided)
    return (_run(seen, key, aside[key]) for key in seen.decided.running)


def _run(seen: _Seen, key: ActivityPeriod, aside: tuple[StoodAside, ...]) -> ActivityRun:
    decided, (a, t), (f, level) = seen.decided, key, seen.decided.runs[key]
    return ActivityRun(
        id=a,
        period=t,
        framework=f,
        role=decided.problem.framework[f].role,
        level=level,
        effective_level=seen.effective[key],
        effect=seen.achieved[key],
        threshold=_threshold(decided.problem.activity[a].effect, seen.effective[key]),
        participants=decided.participants.get(key, ()),
        stood_aside=aside,
        scenario=decided.effort_scenario,
    )


def _threshold(effect: Effect, effective: float) -> ThresholdReport | None:
    if not isinstance(effect, ThresholdEffect):
        return None
    met = effective >= effect.threshold - THRESHOLD_SLACK
    return ThresholdReport(needed=effect.threshold, met=met, short_by=0.0 if met else effect.threshold - effective)
