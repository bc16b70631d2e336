"""The metrics of a tiny problem as linear expressions, written from the text of the model."""

from collections.abc import Callable, Mapping, Sequence

from models.problem.activity import LinearEffect
from models.problem.problem import Problem
from models.problem.scenario import Budgeted, CVaR, Regret, WorstCase
from tests.laws import balance
from tests.laws.choices import friction, opposition
from tests.laws.effects import Reach
from tests.laws.lp import Sum, total

Reaches = Sequence[Reach]


def metric(name: str, problem: Problem, reaches: Reaches, bests: Mapping[str, float]) -> Sum:
    """Return a metric; except for risk reduction and shared decisions, it is an expected value over the scenarios."""
    first = reaches[0].effort
    if name == "risk_reduction":
        return _judged(problem, reaches, bests)
    if name == "max_burden":
        return _max_burden(reaches)
    if name == "opposition":
        return Sum({}, opposition(first.world, first.choice.framework))
    if name == "concessions":
        return Sum({}, first.choice.conceded)
    each: Callable[[Reach], Sum] = {
        "residual_risk": _residual,
        "cost": lambda reach: total(reach.effort.cost(i) for i in reach.effort.members),
        "min_coverage": _least_coverage,
        "change_from_baseline": lambda reach: balance.change(reach.effort, reach.scenario.name),
    }[name]
    return total(reach.scenario.probability * each(reach) for reach in reaches)


def _judged(problem: Problem, reaches: Reaches, bests: Mapping[str, float]) -> Sum:
    """C25: return the expected value, the worst case, the mean of the worst, or the greatest regret."""
    criterion, block = problem.criterion, reaches[0].block
    scores = [(reach.scenario.name, reach.scenario.probability, score(reach)) for reach in reaches]
    if isinstance(criterion, WorstCase):
        worst = block.variable("worst", free=True)
        for _, _, one in scores:
            block.at_most(worst, one)
        return worst
    if isinstance(criterion, Regret):
        regret = block.variable("regret", free=True)
        for name, _, one in scores:
            block.at_most(bests[name] - one, regret)
        return regret
    if isinstance(criterion, CVaR):
        at = block.variable("at", free=True)
        behind = []
        for name, share, one in scores:
            below = block.variable("below", name)
            block.at_most(at - one, below)
            behind.append((share / (1 - criterion.alpha)) * below)
        return at - total(behind)
    return total(share * one for _, share, one in scores)


def score(reach: Reach) -> Sum:
    """Return the risk reduction RR of a scenario."""
    removed = total(reach.worth(h, t) * reach.cut(h, d, t) for h, d, t in reach.path())
    return removed - friction(reach.world, reach.effort.choice) - _protection(reach)


def _protection(reach: Reach) -> Sum:
    """C24, by its dual: gamma * theta + sum of q, with theta + q >= the deviation of each run."""
    problem, block, name = reach.world.problem, reach.block, reach.scenario.name
    if not isinstance(problem.criterion, Budgeted):
        return Sum()
    theta = block.variable(name, "theta")
    lost = [problem.criterion.gamma * theta]
    for a, t in reach.effort.choice.framework:
        activity = reach.world.activity(a)
        arrives = t + activity.lag
        deviation = activity.effect.deviation if isinstance(activity.effect, LinearEffect) else None
        if deviation and arrives < len(reach.world.periods):
            points = sum(
                reach.world.theatre(h).weight * max(0.0, reach.kappa(a, h, d))
                for h, drivers in problem.risk.items()
                for d in drivers
            )
            further = block.variable(name, "q", a, t)
            block.at_most(deviation * problem.discount**arrives * points * reach.effective(a, t), theta + further)
            lost.append(further)
    return total(lost)


def _max_burden(reaches: Reaches) -> Sum:
    greatest = reaches[0].block.variable("greatest")
    for i in reaches[0].effort.members:
        burden = total(
            (reach.scenario.probability / reach.world.member(i).ability_to_pay) * reach.effort.cost(i)
            for reach in reaches
        )
        reaches[0].block.at_most(burden, greatest)
    return greatest


def _residual(reach: Reach) -> Sum:
    return total(reach.worth(h, t) * (points - reach.cut(h, d, t)) for (h, d, t), points in reach.path().items())


def _least_coverage(reach: Reach) -> Sum:
    path = reach.path()
    risks = {h: sum(points for cell, points in path.items() if cell[0] == h) for h in reach.world.problem.risk}
    if not any(risk > 0 for risk in risks.values()):
        return Sum()
    least = reach.block.variable(reach.scenario.name, "least", free=True)
    for h, risk in risks.items():
        if risk > 0:
            removed = total(reach.cut(*cell) for cell in path if cell[0] == h)
            reach.block.at_most(risk * least, removed)
    return least
