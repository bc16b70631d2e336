"""C32 alternatives: of several ways to the same end, only some are chosen, for example build or borrow."""

from collections.abc import Iterator

from models.problem.activity import Alternatives
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """run[a], binary: activity a, one of the alternatives, runs in at least one period."""
    activities = dict.fromkeys((a,) for choice in _binding(scenario) for a in choice.activities)
    yield VariableSet(name="run", index=tuple(activities), scope="politics", kind="binary")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C32, rows over the whole horizon  [activities].

    runs, one row per activity among alternatives and period: sum over f of y[a,f,t] <= run[a]. C4 allows one framework.
    at_most, one row per set of alternatives: sum over its activities a of run[a] <= at_most.
    """
    for (a,), ever_runs in d.own["run"].items():
        for t in scenario.periods:
            runs = ((1.0, d.run[a, f, t]) for f in scenario.index.frameworks[a])  # type: ignore[index]
            yield ("runs", a, t), linear([*runs, (-1.0, ever_runs)]) <= 0
    for choice in _binding(scenario):
        activities = choice.activities
        yield ("at_most", *activities), total(d.own["run"][(a,)] for a in activities) <= choice.at_most


def _binding(scenario: ScenarioData) -> Iterator[Alternatives]:
    """The sets of alternatives that exclude something: at_most is below the number of activities."""
    return (choice for choice in scenario.problem.alternatives if choice.at_most < len(choice.activities))


FAMILY = Family(
    number="C32",
    name="alternatives",
    group=None,
    says="of a set of alternative activities, only a given number may ever run",
    declare=declare,
    rows=rows,
)
