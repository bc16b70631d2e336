"""min_coverage: the least share of its risk that is removed from any theatre with risk."""

from collections.abc import Iterator

from models.problem.problem import Problem
from optimizer.expressions import Expression, linear
from optimizer.family import Own, Rows
from optimizer.objectives.metric import Handles, Metric, Views

LEAST = ("all",)


def declare(_: Problem, __: Views) -> Iterator[Own]:
    """least_coverage in [.., 1], a share; negative only where activities make a theatre worse."""
    yield Own(name="least_coverage", index=(LEAST,), scope="future", lower=-float("inf"), upper=1.0)


def rows(problem: Problem, views: Views, handles: Handles) -> Rows:
    """One row per theatre with risk and future: least * sum of P <= sum of cut, over drivers and periods."""
    least = handles["least_coverage"][LEAST]
    for future, d in views:
        for h in problem.theatre:
            cells = [cell for cell in future.index.cells if cell[0] == h]
            risk = sum(future.bounds.risk[cell] for cell in cells) * future.risk_multiplier.get(h, 1.0)
            if risk > 0:
                yield (h, future.id), linear([(-risk, least), *((1.0, d.cut[cell]) for cell in cells)]) >= 0


def expression(_: Problem, __: Views, handles: Handles) -> Expression:
    """The least coverage."""
    return 1.0 * handles["least_coverage"][LEAST]


METRIC = Metric(name="min_coverage", unit="share", declare=declare, rows=rows, expression=expression)
