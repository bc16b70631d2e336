"""The plan of given decisions, every figure in it recomputed from them."""

from models.ids import ScenarioId
from models.plan import ActivityRun, Allocation, Concession, Coordination, InvestmentMade, Plan, ScenarioResult, ThresholdReport
from models.problem.activity import Effect, ThresholdEffect
from optimizer.results.burdens import burdens
from optimizer.results.decided import ActivityPeriod, Decided
from optimizer.results.effects import THRESHOLD_SLACK, Levels, effective_levels, effects
from optimizer.results.removed import coverage, risk_reduction, risk_removed
from optimizer.results.standing_aside import divergence, stood_aside


def plan_of(decided: Decided) -> Plan:
    """The decisions, and what follows from them."""
    effective = effective_levels(decided)
    achieved = effects(decided, effective)
    cuts = risk_removed(decided, achieved)
    reduction = risk_reduction(decided, cuts)
    return Plan(
        allocations=tuple(
            Allocation(contributor=c, activity=a, resource=r, period=t, amount=amount)
            for (c, a, r, t), amount in decided.given.items()
        ),
        activities=tuple(_run(decided, key, effective, achieved) for key in decided.running),
        coverage=tuple(coverage(decided, cuts)),
        burden=tuple(burdens(decided)),
        divergence=tuple(divergence(decided, key) for key in decided.running),
        scenarios=(ScenarioResult(id=ScenarioId("base"), risk_reduction=reduction, regret=0.0),),
        coordination=tuple(
            Coordination(member=i, partner=k, resource=r, period=t, amount=amount)
            for (i, k, r, t), amount in decided.paid.items()
        ),
        concessions=tuple(
            Concession(member=i, activity=a, framework=f, amount=amount)
            for (i, a, f), amount in decided.conceded.items()
        ),
        investments=tuple(InvestmentMade(id=v, period=t, units=units) for (v, t), units in decided.bought.items()),
    )


def _run(decided: Decided, key: ActivityPeriod, effective: Levels, achieved: Levels) -> ActivityRun:
    (a, t), (f, level) = key, decided.runs[key]
    return ActivityRun(
        id=a,
        period=t,
        framework=f,
        role=decided.problem.framework[f].role,
        level=level,
        effective_level=effective[key],
        effect=achieved[key],
        threshold=_threshold(decided.problem.activity[a].effect, effective[key]),
        participants=decided.participants.get(key, ()),
        stood_aside=tuple(stood_aside(decided, key)),
    )


def _threshold(effect: Effect, effective: float) -> ThresholdReport | None:
    if not isinstance(effect, ThresholdEffect):
        return None
    met = effective >= effect.threshold - THRESHOLD_SLACK
    return ThresholdReport(needed=effect.threshold, met=met, short_by=0.0 if met else effect.threshold - effective)
