"""C20 burden: shares compare by ability to pay.

minimax and lexicographic_minimax add no rows: they say how the metric max_burden is minimised.
"""

from collections.abc import Iterator
from itertools import combinations

from models.ids import MemberId
from models.problem.burden import BurdenSharing, Gini, Proportional
from models.problem.problem import Problem
from optimizer.data.payers import willing_members
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import Decisions

ALL = ("all",)


def who_shares(problem: Problem, rule: BurdenSharing) -> tuple[MemberId, ...]:
    """The members whose burdens the rule compares."""
    return tuple(problem.member) if rule.over == "members" else willing_members(problem)


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """shared_cost >= 0: what those who share spend together, M EUR; apart[i,j] >= 0: how far two burdens differ."""
    rule = scenario.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield Own(name="shared_cost", index=(ALL,), scope="effect")
    if isinstance(rule, Gini) and _binds(rule, who_shares(scenario.problem, rule)):
        yield Own(name="burden_gap", index=tuple(combinations(who_shares(scenario.problem, rule), 2)), scope="effect")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C20, over those who share, over the horizon.

    proportional, two rows per member: (1-tau) * sigma[i] * C <= c[i] <= (1+tau) * sigma[i] * C  [M EUR], C being what
    they spend together and sigma[i] i's share of their ability to pay.
    gini, two rows per pair: apart[i,j] >= b[i] - b[j] and >= b[j] - b[i]; and one: sum of apart[i,j] <= G * n * sum of
    b[i], with b[i] = c[i] * W / W[i] in M EUR per average ability to pay W.
    """
    rule = scenario.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield from _proportional(scenario.problem, rule, d)
    if isinstance(rule, Gini) and _binds(rule, who_shares(scenario.problem, rule)):
        yield from _gini(scenario.problem, rule, d)


def _proportional(problem: Problem, rule: Proportional, d: Decisions) -> Rows:
    sharing = who_shares(problem, rule)
    together = d.own["shared_cost"][ALL]
    yield ("together",), linear([(-1.0, together), *((1.0, d.cost[i]) for i in sharing)]) == 0
    ability = sum(problem.member[i].ability_to_pay for i in sharing)
    for i in sharing:
        fair = problem.member[i].ability_to_pay / ability
        yield ("most", i), d.cost[i] - (1 + rule.tolerance) * fair * together <= 0
        if rule.tolerance < 1:
            yield ("least", i), d.cost[i] - (1 - rule.tolerance) * fair * together >= 0


def _gini(problem: Problem, rule: Gini, d: Decisions) -> Rows:
    sharing = who_shares(problem, rule)
    average = sum(problem.member[i].ability_to_pay for i in sharing) / len(sharing)
    burden = {i: (average / problem.member[i].ability_to_pay, d.cost[i]) for i in sharing}
    apart = {pair: d.own["burden_gap"][pair] for pair in combinations(sharing, 2)}
    for (i, j), difference in apart.items():
        (a, paid_by_i), (b, paid_by_j) = burden[i], burden[j]
        yield ("apart", i, j), linear([(1.0, difference), (-a, paid_by_i), (b, paid_by_j)]) >= 0
        yield ("apart", j, i), linear([(1.0, difference), (a, paid_by_i), (-b, paid_by_j)]) >= 0
    allowed = ((-rule.max * len(sharing) * scale, paid) for scale, paid in burden.values())
    yield ("gini",), linear([*((1.0, difference) for difference in apart.values()), *allowed]) <= 0


def _binds(rule: Gini, sharing: tuple[MemberId, ...]) -> bool:
    """Whether the cap excludes anything: n members are at most (n-1)/n unequal, when one of them pays everything."""
    return rule.max * len(sharing) < len(sharing) - 1


FAMILY = Family(
    number="C20",
    name="burden",
    group="burden",
    says="shares compare by ability to pay",
    declare=declare,
    rows=rows,
)
