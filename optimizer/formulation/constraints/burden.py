"""C20 burden: members share costs by their ability to pay.

minimax and lexicographic_minimax add no rows: they set how the metric max_burden is minimised.
"""

from collections.abc import Iterator
from itertools import combinations

from models.ids import MemberId
from models.problem.burden import BurdenSharing, Gini, Proportional
from models.problem.problem import Problem
from optimizer.data.payers import willing_members
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables

ALL = ("all",)


def compared_members(problem: Problem, rule: BurdenSharing) -> tuple[MemberId, ...]:
    """The members whose burdens the rule compares: all members, or only the willing."""
    return tuple(problem.member) if rule.over == "members" else willing_members(problem)


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """shared_cost >= 0: joint cost of the compared members, M EUR; burden_gap[i,j] >= 0: |b[i] - b[j]|, M EUR."""
    rule = scenario.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield VariableSet(name="shared_cost", index=(ALL,), scope="effect")
    if isinstance(rule, Gini) and _binds(rule, compared_members(scenario.problem, rule)):
        yield VariableSet(
            name="burden_gap", index=tuple(combinations(compared_members(scenario.problem, rule), 2)), scope="effect"
        )


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C20, rows per member i that the rule compares (all members or the willing), over the whole horizon.

    together, one row: shared_cost = sum of c[i]  [M EUR].
    proportional, two rows per member: (1-tau) * sigma[i] * C <= c[i] <= (1+tau) * sigma[i] * C  [M EUR].
    C is shared_cost, sigma[i] the share of i in the joint ability to pay, tau the tolerance.
    gini, two rows per pair: burden_gap[i,j] >= b[i] - b[j] and >= b[j] - b[i]; and one row:
    sum of burden_gap[i,j] <= G * n * sum of b[i]. n counts the members and b[i] = c[i] * W / W[i], in M EUR per average
    ability to pay W.
    """
    rule = scenario.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield from _proportional(scenario.problem, rule, d)
    if isinstance(rule, Gini) and _binds(rule, compared_members(scenario.problem, rule)):
        yield from _gini(scenario.problem, rule, d)


def _proportional(problem: Problem, rule: Proportional, d: DecisionVariables) -> Rows:
    compared = compared_members(problem, rule)
    shared_cost = d.own["shared_cost"][ALL]
    yield ("together",), linear([(-1.0, shared_cost), *((1.0, d.cost[i]) for i in compared)]) == 0
    ability = sum(problem.member[i].ability_to_pay for i in compared)
    for i in compared:
        fair = problem.member[i].ability_to_pay / ability
        yield ("most", i), d.cost[i] - (1 + rule.tolerance) * fair * shared_cost <= 0
        if rule.tolerance < 1:
            yield ("least", i), d.cost[i] - (1 - rule.tolerance) * fair * shared_cost >= 0


def _gini(problem: Problem, rule: Gini, d: DecisionVariables) -> Rows:
    compared = compared_members(problem, rule)
    average = sum(problem.member[i].ability_to_pay for i in compared) / len(compared)
    burden = {i: (average / problem.member[i].ability_to_pay, d.cost[i]) for i in compared}
    gaps = {pair: d.own["burden_gap"][pair] for pair in combinations(compared, 2)}
    for (i, j), gap in gaps.items():
        (a, paid_by_i), (b, paid_by_j) = burden[i], burden[j]
        yield ("gap", i, j), linear([(1.0, gap), (-a, paid_by_i), (b, paid_by_j)]) >= 0
        yield ("gap", j, i), linear([(1.0, gap), (a, paid_by_i), (-b, paid_by_j)]) >= 0
    permitted = ((-rule.max * len(compared) * scale, paid) for scale, paid in burden.values())
    yield ("gini",), linear([*((1.0, gap) for gap in gaps.values()), *permitted]) <= 0


def _binds(rule: Gini, compared: tuple[MemberId, ...]) -> bool:
    """Whether the cap excludes anything: the Gini coefficient of n members is at most (n-1)/n, if one pays all."""
    return rule.max * len(compared) < len(compared) - 1


FAMILY = Family(
    number="C20",
    name="burden",
    group="burden",
    says="members share costs by their ability to pay",
    declare=declare,
    rows=rows,
)
