"""The metrics of a plan, computed from its figures."""

from collections.abc import Callable, Collection, Mapping, Sequence

from models.plan import Plan
from models.problem.objective import Metric
from models.problem.scenario import CVaR, Regret, WorstCase
from optimizer.data.politics import opposition
from optimizer.outcome.figures.baseline_change import change_from_baseline
from optimizer.outcome.figures.non_participation import divergence
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions


def metrics(scenarios: Sequence[ScenarioDecisions], plan: Plan, wanted: Collection[Metric]) -> dict[Metric, float]:
    """The values of the `wanted` metrics that differ from the program's, computed from the figures of the plan.

    The program bounds some variables from one side only (risk removed, greatest burden, least coverage, change), so its
    value may be worse than the plan's. All metrics except risk reduction are expected values over the scenarios.
    """
    found = {metric: FROM_FIGURES[metric](scenarios, plan) for metric in wanted if metric in FROM_FIGURES}
    return {metric: value for metric, value in found.items() if value is not None}


def _expected(of: Callable[[ScenarioDecisions, Plan], float]) -> Callable[[Sequence[ScenarioDecisions], Plan], float]:
    return lambda scenarios, plan: sum(decisions.probability * of(decisions, plan) for decisions in scenarios)


def _greatest_burden(_: Sequence[ScenarioDecisions], plan: Plan) -> float:
    return max((burden.relative_burden for burden in plan.burden), default=0.0)


def _concessions(scenarios: Sequence[ScenarioDecisions], _: Plan) -> float:
    return sum(scenarios[0].concessions.values())


def _greatest_regret(scenarios: Sequence[ScenarioDecisions], plan: Plan) -> float | None:
    """None unless the criterion is regret and the regret of every scenario is known."""
    regrets = [result.regret for result in plan.scenarios if result.regret is not None]
    known = isinstance(scenarios[0].problem.criterion, Regret) and len(regrets) == len(scenarios)
    return max(regrets) if known else None


def _aggregate_risk_reduction(scenarios: Sequence[ScenarioDecisions], plan: Plan) -> float | None:
    """The risk reduction over all scenarios, aggregated by the criterion (C25); None under regret."""
    criterion = scenarios[0].problem.criterion
    if isinstance(criterion, Regret):
        return None
    by_scenario = {result.id: result.risk_reduction for result in plan.scenarios}
    likely = [(decisions.probability, by_scenario[decisions.scenario]) for decisions in scenarios]
    reached = [value for _, value in likely]
    if isinstance(criterion, WorstCase):
        return min(reached)
    if isinstance(criterion, CVaR):
        tail = 1 - criterion.alpha
        return max(at - sum(share * max(0.0, at - value) for share, value in likely) / tail for at in reached)
    return sum(share * value for share, value in likely)


def _opposition(decisions: ScenarioDecisions, _: Plan) -> float:
    """The opposition to all runs of one scenario, summed over periods (C38)."""
    opposed = opposition(decisions.problem)
    return sum(opposed.get((a, f), 0.0) for (a, _), f in decisions.frameworks.items())


def _change(decisions: ScenarioDecisions, _: Plan) -> float:
    return change_from_baseline(decisions)


def _greatest_range(decisions: ScenarioDecisions, _: Plan) -> float:
    """The greatest range of positions among the members present in any run, in points (C14)."""
    return max((divergence(decisions, key).range for key in decisions.frameworks), default=0.0)


def _residual(decisions: ScenarioDecisions, plan: Plan) -> float:
    """Weighted, discounted residual risk of one scenario, in points."""
    theatre, discount = decisions.problem.theatre, decisions.problem.discount
    return sum(
        theatre[entry.theatre].weight * discount ** decisions.place[entry.period] * entry.residual
        for entry in plan.coverage
        if entry.scenario in (None, decisions.scenario)
    )


def _least_coverage(decisions: ScenarioDecisions, plan: Plan) -> float:
    """The least share of risk removed over the horizon, over theatres with risk; 0 if no theatre has risk."""
    risk, removed = dict.fromkeys(decisions.problem.theatre, 0.0), dict.fromkeys(decisions.problem.theatre, 0.0)
    for entry in plan.coverage:
        if entry.scenario in (None, decisions.scenario):
            risk[entry.theatre] += entry.baseline
            removed[entry.theatre] += entry.reduction
    return min((removed[h] / risk[h] for h in risk if risk[h] > 0), default=0.0)


FROM_FIGURES: Mapping[Metric, Callable[[Sequence[ScenarioDecisions], Plan], float | None]] = {
    "risk_reduction": _aggregate_risk_reduction,
    "max_regret": _greatest_regret,
    "residual_risk": _expected(_residual),
    "max_burden": _greatest_burden,
    "min_coverage": _expected(_least_coverage),
    "opposition": _expected(_opposition),
    "divergence": _expected(_greatest_range),
    "concessions": _concessions,
    "change_from_baseline": _expected(_change),
}
"""How each metric follows from the figures of a plan; cost is missing, because the program's value is exact."""
