"""max_regret: how far a plan falls short of the best plan for each scenario, in the worst scenario (C25)."""

from collections.abc import Iterator

from models.problem.problem import Problem
from optimizer.formulation.family import Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views

GREATEST = ("all",)


def declare(_: Problem, __: Views) -> Iterator[VariableSet]:
    """regret, free: it can be negative.

    The reference z* is always that of the problem as submitted (T15), so a plan with relaxed politics can exceed it.
    """
    yield VariableSet(name="regret", index=(GREATEST,), scope="scenario", lower=-float("inf"))


def rows(_: Problem, views: Views, handles: Handles) -> Rows:
    """C25, one row per scenario s: regret >= z*[s] - RR[s]  [risk points]; z* is the optimum of s as submitted."""
    for scenario, d in views:
        best = 0.0 if scenario.best is None else scenario.best
        yield (scenario.id,), linear([(1.0, handles["regret"][GREATEST]), *d.ledgers.score]) >= best


def expression(_: Problem, __: Views, handles: Handles) -> LinearExpression:
    """The greatest regret  [risk points]."""
    return 1.0 * handles["regret"][GREATEST]


METRIC = Metric(name="max_regret", unit="risk points", declare=declare, rows=rows, expression=expression)
