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
from optimizer.check.divergence import apart
from optimizer.check.facts import Facts
from optimizer.check.opposition import opposition
from optimizer.check.plan_index import Place
from optimizer.check.rivalry import friction
from optimizer.check.scenarios import read

EVERY: tuple[Metric, ...] = get_args(Metric)

Best = Mapping[ScenarioId, float]
"""The most risk reduction that was possible in each future: what regret is measured against."""


def score(
    problem: Problem, plan: Plan, *, relax: Collection[Group] = (), best: Best | None = None
) -> dict[Metric, float]:
    """Every metric of a plan whose names the problem knows; `risk_reduction` is what its criterion makes of it.

    `max_regret` is measured against `best` (by default against what the plan itself says was possible in each future),
    and left out where that is not known of every future.
    """
    facts = read(problem, plan, relax)
    scored = {one: metric(facts, one, best) for one in EVERY}
    return {one: value for one, value in scored.items() if value is not None}


def metric(facts: Sequence[Facts], wanted: Metric, best: Best | None = None) -> float | None:
    """One of them, for a plan already read in each future. What is not risk reduction is an expected value."""
    if wanted == "risk_reduction":
        return judged(facts)
    if wanted == "max_regret":
        regrets = behind(facts, references(facts) if best is None else best)
        return max(regrets) if len(regrets) == len(facts) else None
    if wanted == "max_burden":
        return max(burdens(facts).values())
    if wanted == "concessions":
        return sum(facts[0].conceded.values())
    return expected(facts, [IN_ONE_FUTURE[wanted](one) for one in facts])


def expected(facts: Sequence[Facts], values: Sequence[float]) -> float:
    """The average over the futures, by probability."""
    return sum(one.future.probability * value for one, value in zip(facts, values, strict=True))


def worth(facts: Facts) -> Mapping[Place, float]:
    """What a risk point removed counts: the weight of its theatre, discounted to the first period."""
    problem = facts.problem
    return {place: problem.theatre[place[0]].weight * problem.discount ** place[2] for place in facts.path}


def risk_reduction(facts: Facts) -> float:
    """Weighted, discounted risk points removed in one future, less friction and what may disappoint."""
    lost = protection(facts) + (0.0 if "rivalry" in facts.relaxed else friction(facts))
    return sum(weight * facts.cut[place] for place, weight in worth(facts).items()) - lost


def residual_risk(facts: Facts) -> float:
    """Weighted, discounted risk points left in one future."""
    return sum(weight * (facts.path[place] - facts.cut[place]) for place, weight in worth(facts).items())


def judged(facts: Sequence[Facts]) -> float:
    """C25: the risk reduction of all futures as one number, by the criterion; under regret, the average."""
    reductions = [risk_reduction(one) for one in facts]
    match facts[0].future.criterion:
        case Expected() | Budgeted() | Regret():
            return expected(facts, reductions)
        case WorstCase():
            return min(reductions)
        case CVaR(alpha=alpha):
            return tail(facts, reductions, alpha)


def tail(facts: Sequence[Facts], reductions: Sequence[float], alpha: float) -> float:
    """The mean of the worst 1 − alpha of the futures: max over η of η − Σ p (η − RR)⁺ / (1 − alpha)."""
    return max(
        eta - expected(facts, [max(0.0, eta - value) for value in reductions]) / (1 - alpha) for eta in reductions
    )


def behind(facts: Sequence[Facts], best: Best) -> list[float]:
    """C25: how far a plan falls behind what was possible, in each future of which that is known."""
    found = []
    for one in facts:
        most = next(iter(best.values()), None) if one.future.id is None else best.get(one.future.id)
        if most is not None:
            found.append(most - risk_reduction(one))
    return found


def references(facts: Sequence[Facts]) -> Best:
    """What the plan says was possible in each future: its risk reduction and its regret together."""
    return {one.id: one.risk_reduction + one.regret for one in facts[0].plan.scenarios if one.regret is not None}


def paid(facts: Facts) -> float:
    """What all members pay in one future, in M EUR."""
    return sum(facts.cost.values())


def burdens(facts: Sequence[Facts]) -> Mapping[str, float]:
    """What each member pays for each unit of its ability to pay, expected over the futures."""
    return {
        member: expected(facts, [one.cost[member] / one.problem.member[member].ability_to_pay for one in facts])
        for member in facts[0].problem.member
    }


def divergence(facts: Facts) -> float:
    """The greatest range of positions among the members that give to a run."""
    return max((apart(facts, running).range for running in facts.flag), default=0.0)


def min_coverage(facts: Facts) -> float:
    """The least share of risk removed over the horizon, over theatres that have any risk."""
    shares = []
    for theatre in facts.problem.theatres:
        here = [place for place in facts.path if place[0] == theatre.id]
        risk = sum(facts.path[place] for place in here)
        if risk > 0:
            shares.append(sum(facts.cut[place] for place in here) / risk)
    return min(shares, default=0.0)


IN_ONE_FUTURE: Mapping[Metric, Callable[[Facts], float]] = {
    "residual_risk": residual_risk,
    "cost": paid,
    "opposition": opposition,
    "divergence": divergence,
    "min_coverage": min_coverage,
    "change_from_baseline": change,
}
