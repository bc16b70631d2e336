"""C20 burden: shares compare by ability to pay."""

from collections.abc import Iterator

from models.ids import MemberId
from models.problem.burden import BurdenSharing, Proportional
from models.problem.problem import Problem
from optimizer.decisions import Decisions
from optimizer.expressions import linear
from optimizer.family import Family, Own, Rows
from optimizer.future import Future
from optimizer.willing import willing


def who_shares(problem: Problem, rule: BurdenSharing) -> tuple[MemberId, ...]:
    """The members whose burdens the rule compares."""
    return tuple(problem.member) if rule.over == "members" else willing(problem)


def declare(future: Future) -> Iterator[Own]:
    """shared_cost >= 0: what those who share spend together, M EUR."""
    if isinstance(future.problem.burden_sharing, Proportional):
        yield Own(name="shared_cost", index=(("all",),), scope="effort")


def rows(future: Future, d: Decisions) -> Rows:
    """C20 proportional, over those who share: C = sum of c[i]; (1-tau) * sigma[i] * C <= c[i] <= (1+tau) * sigma[i] * C.

    In M EUR over the horizon; sigma[i] is i's share of the ability to pay of those who share.
    """
    rule = future.problem.burden_sharing
    if not isinstance(rule, Proportional):
        return
    sharing = who_shares(future.problem, rule)
    together = d.own["shared_cost"][("all",)]
    yield ("together",), linear([(-1.0, together), *((1.0, d.cost[i]) for i in sharing)]) == 0
    ability = sum(future.problem.member[i].ability_to_pay for i in sharing)
    for i in sharing:
        fair = future.problem.member[i].ability_to_pay / ability
        yield ("most", i), d.cost[i] - (1 + rule.tolerance) * fair * together <= 0
        if rule.tolerance < 1:
            yield ("least", i), d.cost[i] - (1 - rule.tolerance) * fair * together >= 0


FAMILY = Family(
    number="C20",
    name="burden",
    group="burden",
    says="shares compare by ability to pay",
    declare=declare,
    rows=rows,
)
