"""risk_reduction: weighted, discounted risk points removed, combined over scenarios by the criterion (C25)."""

from collections.abc import Iterator

from models.problem.problem import Problem
from models.problem.scenario import CVaR, WorstCase
from optimizer.formulation.family import Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, linear, minus
from optimizer.formulation.objectives.metric import Handles, Metric, Views

WORST = ("all",)
UNBOUNDED = -float("inf")


def declare(problem: Problem, views: Views) -> Iterator[VariableSet]:
    """worst: the least score; var: the value at risk; tail[s] >= 0: how far s falls below var  [risk points]."""
    if isinstance(problem.criterion, WorstCase):
        yield VariableSet(name="worst", index=(WORST,), scope="scenario", lower=UNBOUNDED)
    if isinstance(problem.criterion, CVaR):
        yield VariableSet(name="var", index=(WORST,), scope="scenario", lower=UNBOUNDED)
        yield VariableSet(name="tail", index=tuple((scenario.id,) for scenario, _ in views), scope="scenario")


def rows(problem: Problem, views: Views, handles: Handles) -> Rows:
    """C25, one row per scenario s, RR[s] its score  [risk points].

    worst_case: worst <= RR[s]. cvar: tail[s] >= var - RR[s] (Rockafellar and Uryasev 2000).
    """
    for scenario, d in views:
        score = d.ledgers.score
        if isinstance(problem.criterion, WorstCase):
            yield (scenario.id,), linear([(1.0, handles["worst"][WORST]), *minus(score)]) <= 0
        if isinstance(problem.criterion, CVaR):
            var, tail = handles["var"][WORST], handles["tail"][(scenario.id,)]
            yield (scenario.id,), linear([(1.0, tail), (-1.0, var), *score]) >= 0


def expression(problem: Problem, views: Views, handles: Handles) -> LinearExpression:
    """Expected: sum of p[s] * RR[s]; worst case: worst; CVaR: var - sum of p[s] * tail[s] / (1 - alpha)."""
    criterion = problem.criterion
    if isinstance(criterion, WorstCase):
        return 1.0 * handles["worst"][WORST]
    if isinstance(criterion, CVaR):
        weights = [
            (-scenario.probability / (1 - criterion.alpha), handles["tail"][(scenario.id,)]) for scenario, _ in views
        ]
        return linear([(1.0, handles["var"][WORST]), *weights])
    return expected(views)


def expected(views: Views) -> LinearExpression:
    """The expected score over scenarios: sum of p[s] * RR[s]  [risk points]."""
    return linear(
        (scenario.probability * weight, variable) for scenario, d in views for weight, variable in d.ledgers.score
    )


METRIC = Metric(name="risk_reduction", unit="risk points", declare=declare, rows=rows, expression=expression)
