"""The metrics of a plan, as its own figures say them."""

from collections.abc import Callable, Collection, Mapping, Sequence

from models.plan import Plan
from models.problem.objective import Metric
from models.problem.scenario import CVaR, Regret, WorstCase
from optimizer.data.politics import opposition
from optimizer.outcome.figures.decided import Decided
from optimizer.outcome.figures.kept import change_from_baseline
from optimizer.outcome.figures.standing_aside import divergence


def metrics(scenarios: Sequence[Decided], plan: Plan, wanted: Collection[Metric]) -> dict[Metric, float]:
    """What the figures of a plan come to, where a program may say less than is true of its plan.

    That is wherever a variable is only bounded from one side: risk removed, the greatest burden, the least coverage,
    change. All but risk reduction are expected values over the scenarios.
    """
    found = {metric: OF_PLAN[metric](scenarios, plan) for metric in wanted if metric in OF_PLAN}
    return {metric: value for metric, value in found.items() if value is not None}


def _expected(of: Callable[[Decided, Plan], float]) -> Callable[[Sequence[Decided], Plan], float]:
    return lambda scenarios, plan: sum(decided.probability * of(decided, plan) for decided in scenarios)


def _greatest_burden(_: Sequence[Decided], plan: Plan) -> float:
    return max((burden.relative_burden for burden in plan.burden), default=0.0)


def _concessions(scenarios: Sequence[Decided], _: Plan) -> float:
    return sum(scenarios[0].conceded.values())


def _greatest_regret(scenarios: Sequence[Decided], plan: Plan) -> float | None:
    """Where it is asked, and what was possible is known of every scenario."""
    regrets = [result.regret for result in plan.scenarios if result.regret is not None]
    known = isinstance(scenarios[0].problem.criterion, Regret) and len(regrets) == len(scenarios)
    return max(regrets) if known else None


def _judged(scenarios: Sequence[Decided], plan: Plan) -> float | None:
    """The risk reduction of all scenarios as one number, by the criterion (C25); under regret it is none."""
    criterion = scenarios[0].problem.criterion
    if isinstance(criterion, Regret):
        return None
    reached = [result.risk_reduction for result in plan.scenarios]
    if isinstance(criterion, WorstCase):
        return min(reached)
    likely = [(decided.probability, value) for decided, value in zip(scenarios, reached, strict=True)]
    if isinstance(criterion, CVaR):
        tail = 1 - criterion.alpha
        return max(at - sum(share * max(0.0, at - value) for share, value in likely) / tail for at in reached)
    return sum(share * value for share, value in likely)


def _opposition(decided: Decided, _: Plan) -> float:
    """The weighted objection to what runs in one scenario, over its periods (C38)."""
    opposed = opposition(decided.problem)
    return sum(opposed.get((a, f), 0.0) for (a, _), f in decided.flags.items())


def _change(decided: Decided, _: Plan) -> float:
    return change_from_baseline(decided)


def _widest(decided: Decided, _: Plan) -> float:
    """The greatest range of positions among those who are there (C14)."""
    return max((divergence(decided, key).range for key in decided.flags), default=0.0)


def _residual(decided: Decided, plan: Plan) -> float:
    """Weighted, discounted risk points that remain in one scenario."""
    theatre, discount = decided.problem.theatre, decided.problem.discount
    return sum(
        theatre[one.theatre].weight * discount ** decided.place[one.period] * one.residual
        for one in plan.coverage
        if one.scenario in (None, decided.scenario)
    )


def _least_coverage(decided: Decided, plan: Plan) -> float:
    """The least share of its risk that is removed from any theatre with risk, over the horizon; 0 without any risk."""
    risk, removed = dict.fromkeys(decided.problem.theatre, 0.0), dict.fromkeys(decided.problem.theatre, 0.0)
    for one in plan.coverage:
        if one.scenario in (None, decided.scenario):
            risk[one.theatre] += one.baseline
            removed[one.theatre] += one.reduction
    return min((removed[h] / risk[h] for h in risk if risk[h] > 0), default=0.0)


OF_PLAN: Mapping[Metric, Callable[[Sequence[Decided], Plan], float | None]] = {
    "risk_reduction": _judged,
    "max_regret": _greatest_regret,
    "residual_risk": _expected(_residual),
    "max_burden": _greatest_burden,
    "min_coverage": _expected(_least_coverage),
    "opposition": _expected(_opposition),
    "divergence": _expected(_widest),
    "concessions": _concessions,
    "change_from_baseline": _expected(_change),
}
"""What a plan's figures say of itself; what it costs is as the program says."""
