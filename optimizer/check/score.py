"""Every metric of a plan, recomputed from its allocations and runs alone."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import get_args

from models.config import Group
from models.ids import ScenarioId
from models.plan import Plan
from models.problem.objective import Metric
from models.problem.problem import Problem
from models.problem.scenario import Budgeted, CVaR, Expected, Regret, WorstCase
from optimizer.check.baseline import change
from optimizer.check.budgeted import protection
from optimizer.check.divergence import spread
from optimizer.check.facts import Facts
from optimizer.check.opposition import opposition
from optimizer.check.plan_index import RiskCell
from optimizer.check.rivalry import friction
from optimizer.check.scenarios import read

METRICS: tuple[Metric, ...] = get_args(Metric)

Best = Mapping[ScenarioId, float]
"""Greatest possible risk reduction of each scenario, in risk points: the reference of regret."""


def score(
    problem: Problem, plan: Plan, *, relax: Collection[Group] = (), best: Best | None = None
) -> dict[Metric, float]:
    """Return every metric of a plan whose ids the problem knows; the criterion determines `risk_reduction`.

    `max_regret` is measured against `best`, by default against the values that the plan states. It is left out if the
    best value of any scenario is unknown.
    """
    facts = read(problem, plan, relax)
    values = {name: metric(facts, name, best) for name in METRICS}
    return {name: value for name, value in values.items() if value is not None}


def metric(facts: Sequence[Facts], wanted: Metric, best: Best | None = None) -> float | None:
    """Return one metric of a plan already read in each scenario, or None if a regret has no reference.

    Except for risk reduction, regret and concessions, it is an expected value over the scenarios.
    """
    if wanted == "risk_reduction":
        return risk_reduction_by_criterion(facts)
    if wanted == "max_regret":
        values = regrets(facts, best_values(facts) if best is None else best)
        return max(values) if len(values) == len(facts) else None
    if wanted == "max_burden":
        return max(burdens(facts).values())
    if wanted == "concessions":
        return sum(facts[0].conceded.values())
    return expected(facts, [SCENARIO_METRICS[wanted](view) for view in facts])


def expected(facts: Sequence[Facts], values: Sequence[float]) -> float:
    """Return the expected value over the scenarios; raises `ValueError` unless there is one value per scenario."""
    return sum(view.scenario.probability * value for view, value in zip(facts, values, strict=True))


def weights(facts: Facts) -> Mapping[RiskCell, float]:
    """Return the weight of a removed risk point: that of its theatre, discounted to the first period."""
    problem = facts.problem
    return {cell: problem.theatre[cell[0]].weight * problem.discount ** cell[2] for cell in facts.path}


def risk_reduction(facts: Facts) -> float:
    """Return the weighted, discounted risk points removed in one scenario, less friction and protection (C24)."""
    lost = protection(facts) + (0.0 if "rivalry" in facts.relaxed else friction(facts))
    return sum(weight * facts.cut[cell] for cell, weight in weights(facts).items()) - lost


def residual_risk(facts: Facts) -> float:
    """Return the weighted, discounted risk points left in one scenario."""
    return sum(weight * (facts.path[cell] - facts.cut[cell]) for cell, weight in weights(facts).items())


def risk_reduction_by_criterion(facts: Sequence[Facts]) -> float:
    """C25: return the risk reduction of all scenarios as one number by the criterion; under regret, the average."""
    reductions = [risk_reduction(view) for view in facts]
    match facts[0].scenario.criterion:
        case Expected() | Budgeted() | Regret():
            return expected(facts, reductions)
        case WorstCase():
            return min(reductions)
        case CVaR(alpha=alpha):
            return conditional_value_at_risk(facts, reductions, alpha)


def conditional_value_at_risk(facts: Sequence[Facts], reductions: Sequence[float], alpha: float) -> float:
    """Return the mean of the worst 1 − alpha of the scenarios: max over η of η − Σ p (η − RR)⁺ / (1 − alpha)."""
    return max(
        eta - expected(facts, [max(0.0, eta - value) for value in reductions]) / (1 - alpha) for eta in reductions
    )


def regrets(facts: Sequence[Facts], best: Best) -> list[float]:
    """C25: return the regret of each scenario with a known best value: best − risk reduction."""
    found = []
    for view in facts:
        most = next(iter(best.values()), None) if view.scenario.id is None else best.get(view.scenario.id)
        if most is not None:
            found.append(most - risk_reduction(view))
    return found


def best_values(facts: Sequence[Facts]) -> Best:
    """Return the best value of each scenario as the plan states it: its risk reduction plus its regret."""
    results = facts[0].plan.scenarios
    return {result.id: result.risk_reduction + result.regret for result in results if result.regret is not None}


def total_cost(facts: Facts) -> float:
    """Return the cost of all members in one scenario, in M EUR."""
    return sum(facts.cost.values())


def burdens(facts: Sequence[Facts]) -> Mapping[str, float]:
    """Return each member's expected cost per unit of its ability to pay, in M EUR."""
    return {
        member: expected(facts, [view.cost[member] / view.problem.member[member].ability_to_pay for view in facts])
        for member in facts[0].problem.member
    }


def divergence(facts: Facts) -> float:
    """Return the greatest range of positions among the members of any run; 0 without runs."""
    return max((spread(facts, running).range for running in facts.framework), default=0.0)


def min_coverage(facts: Facts) -> float:
    """Return the least share of risk removed over the horizon, over the theatres with risk; 0 without risk."""
    shares = []
    for theatre in facts.problem.theatres:
        cells = [cell for cell in facts.path if cell[0] == theatre.id]
        risk = sum(facts.path[cell] for cell in cells)
        if risk > 0:
            shares.append(sum(facts.cut[cell] for cell in cells) / risk)
    return min(shares, default=0.0)


SCENARIO_METRICS: Mapping[Metric, Callable[[Facts], float]] = {
    "residual_risk": residual_risk,
    "cost": total_cost,
    "opposition": opposition,
    "divergence": divergence,
    "min_coverage": min_coverage,
    "change_from_baseline": change,
}
