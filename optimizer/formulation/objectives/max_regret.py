"""max_regret: how far a plan falls behind what would have been best, in the scenario where it falls furthest (C25)."""

from collections.abc import Iterator

from models.problem.problem import Problem
from optimizer.formulation.family import Own, Rows
from optimizer.formulation.linear_expression import Expression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views

GREATEST = ("all",)


def declare(_: Problem, __: Views) -> Iterator[Own]:
    """regret, free: with relaxed politics a plan may do better than the problem as submitted ever could (T15)."""
    yield Own(name="regret", index=(GREATEST,), scope="scenario", lower=-float("inf"))


def rows(_: Problem, views: Views, handles: Handles) -> Rows:
    """C25, one row per scenario s: regret >= z*[s] - RR[s]  [risk points]; z* is of the problem as submitted."""
    for scenario, d in views:
        best = 0.0 if scenario.best is None else scenario.best
        yield (scenario.id,), linear([(1.0, handles["regret"][GREATEST]), *d.ledgers.score]) >= best


def expression(_: Problem, __: Views, handles: Handles) -> Expression:
    """The greatest regret."""
    return 1.0 * handles["regret"][GREATEST]


METRIC = Metric(name="max_regret", unit="risk points", declare=declare, rows=rows, expression=expression)
