"""max_burden: the greatest cost relative to ability to pay."""

from collections.abc import Iterator

from models.problem.problem import Problem
from optimizer.expressions import Expression, linear
from optimizer.family import Own, Rows
from optimizer.objectives.metric import Handles, Metric, Views

GREATEST = ("all",)


def declare(_: Problem, __: Views) -> Iterator[Own]:
    """greatest_burden >= 0, M EUR per unit of ability to pay."""
    yield Own(name="greatest_burden", index=(GREATEST,), scope="effort")


def rows(problem: Problem, views: Views, handles: Handles) -> Rows:
    """One row per member: W[i] * greatest >= c[i], expected over futures."""
    greatest = handles["greatest_burden"][GREATEST]
    for i, member in problem.member.items():
        paid = ((-future.probability, d.cost[i]) for future, d in views)
        yield (i,), linear([(member.ability_to_pay, greatest), *paid]) >= 0


def expression(_: Problem, __: Views, handles: Handles) -> Expression:
    """The greatest burden."""
    return 1.0 * handles["greatest_burden"][GREATEST]


METRIC = Metric(
    name="max_burden", unit="M EUR per unit of ability to pay", declare=declare, rows=rows, expression=expression
)
