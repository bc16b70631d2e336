"""Endowments of contributors, without and with all possible investments."""

from models.ids import ContributorId, PeriodId, ResourceId
from models.problem.problem import Problem
from models.quantities import by_period

Endowments = dict[tuple[ContributorId, ResourceId, PeriodId], float]


def endowments(problem: Problem) -> Endowments:
    """cap[c,r,t]: the endowment of each contributor, in units of the resource; only amounts above zero."""
    return {
        (c, r, t): amount
        for c, contributor in problem.contributor.items()
        for r, given in contributor.resources.items()
        for t, amount in zip(problem.periods, by_period(given, problem.periods), strict=True)
        if amount > 0
    }


def greatest_endowments(problem: Problem) -> Endowments:
    """capmax[c,r,t]: the endowment plus all that investments (C26) can add by t, in units of the resource."""
    most = endowments(problem)
    for investment in problem.investments:
        for place, t in enumerate(problem.periods):
            if place < investment.lead_time:
                continue
            for r, amount in investment.adds.items():
                key = (investment.contributor, r, t)
                most[key] = most.get(key, 0.0) + investment.max * amount
    return {key: amount for key, amount in most.items() if amount > 0}
