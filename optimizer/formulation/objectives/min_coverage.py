"""min_coverage: the least share of risk removed, over the theatres with risk."""

from collections.abc import Iterator

from models.ids import TheatreId
from models.problem.problem import Problem
from optimizer.data.index_sets import Cell
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Index, Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, linear
from optimizer.formulation.objectives.metric import Handles, Metric, Views


def declare(problem: Problem, views: Views) -> Iterator[VariableSet]:
    """least_coverage[s] <= 1, a share; negative only if activities add risk, and 0 if there is no risk."""
    index = tuple((scenario.id,) for scenario, _ in views)
    most: dict[Index, float] = {
        (scenario.id,): 1.0 if any(True for _ in _at_risk(problem, scenario)) else 0.0 for scenario, _ in views
    }
    yield VariableSet(name="least_coverage", index=index, scope="scenario", lower=-float("inf"), upper=most)


def rows(problem: Problem, views: Views, handles: Handles) -> Rows:
    """One row per theatre with risk and scenario: least[s] * sum of P <= sum of cut, over drivers and periods."""
    for scenario, d in views:
        least = handles["least_coverage"][(scenario.id,)]
        for h, cells, risk in _at_risk(problem, scenario):
            yield (h, scenario.id), linear([(-risk, least), *((1.0, d.cut[cell]) for cell in cells)]) >= 0


def expression(_: Problem, views: Views, handles: Handles) -> LinearExpression:
    """The least coverage, expected over scenarios  [share]."""
    return linear((scenario.probability, handles["least_coverage"][(scenario.id,)]) for scenario, _ in views)


def _at_risk(problem: Problem, scenario: ScenarioData) -> Iterator[tuple[TheatreId, list[Cell], float]]:
    """Each theatre with risk, its cells (theatre, driver, period) and their summed risk, risk points."""
    for h in problem.theatre:
        cells = [cell for cell in scenario.index.cells if cell[0] == h]
        risk = sum(scenario.bounds.risk[cell] for cell in cells) * scenario.risk_multiplier.get(h, 1.0)
        if risk > 0:
            yield h, cells, risk


METRIC = Metric(name="min_coverage", unit="share", declare=declare, rows=rows, expression=expression)
