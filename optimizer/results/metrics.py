"""The metrics of a plan, as its own figures say them."""

from collections.abc import Sequence

from models.plan import Plan
from models.problem.futures import CVaR, Regret, WorstCase
from models.problem.objective import Metric
from optimizer.politics import opposition
from optimizer.results.decided import Decided
from optimizer.results.kept import change_from_baseline
from optimizer.results.standing_aside import divergence


def metrics(futures: Sequence[Decided], plan: Plan) -> dict[Metric, float]:
    """What the figures of a plan come to, where a program may say less than is true of its plan.

    That is wherever a variable is only bounded from one side: risk removed, the greatest burden, the least coverage,
    change. All but risk reduction are expected values over the futures.
    """
    found: dict[Metric, float] = {
        "residual_risk": sum(decided.probability * _residual(decided, plan) for decided in futures),
        "max_burden": max((burden.relative_burden for burden in plan.burden), default=0.0),
        "min_coverage": sum(decided.probability * _least_coverage(decided, plan) for decided in futures),
        "opposition": sum(decided.probability * _opposition(decided) for decided in futures),
        "divergence": sum(decided.probability * _widest(decided) for decided in futures),
        "concessions": sum(futures[0].conceded.values()),
        "change_from_baseline": sum(decided.probability * change_from_baseline(decided) for decided in futures),
    }
    criterion = futures[0].problem.criterion
    if not isinstance(criterion, Regret):
        return {**found, "risk_reduction": _judged(futures, plan)}
    regrets = [result.regret for result in plan.scenarios if result.regret is not None]
    return {**found, "max_regret": max(regrets)} if len(regrets) == len(futures) else found


def _judged(futures: Sequence[Decided], plan: Plan) -> float:
    """The risk reduction of all futures as one number, by the criterion (C25)."""
    criterion = futures[0].problem.criterion
    reached = [result.risk_reduction for result in plan.scenarios]
    if isinstance(criterion, WorstCase):
        return min(reached)
    likely = [(decided.probability, value) for decided, value in zip(futures, reached, strict=True)]
    if isinstance(criterion, CVaR):
        tail = 1 - criterion.alpha
        return max(at - sum(share * max(0.0, at - value) for share, value in likely) / tail for at in reached)
    return sum(share * value for share, value in likely)


def _opposition(decided: Decided) -> float:
    """The weighted objection to what runs in one future, over its periods (C38)."""
    opposed = opposition(decided.problem)
    return sum(opposed.get((a, f), 0.0) for (a, _), f in decided.flags.items())


def _widest(decided: Decided) -> float:
    """The greatest range of positions among those who are there (C14)."""
    return max((divergence(decided, key).range for key in decided.flags), default=0.0)


def _residual(decided: Decided, plan: Plan) -> float:
    """Weighted, discounted risk points that remain in one future."""
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
