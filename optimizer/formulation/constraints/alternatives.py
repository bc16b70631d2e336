"""C32 alternatives: build or borrow an instrument, not both."""

from collections.abc import Iterator

from models.problem.activity import Alternatives
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """run[a], binary: an activity that stands among alternatives runs at some time."""
    named = dict.fromkeys((a,) for one in _binding(scenario) for a in one.activities)
    yield Own(name="run", index=tuple(named), scope="politics", kind="binary")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C32, over the whole horizon.

    runs, one row per activity among alternatives and period: sum over f of y[a,f,t] <= run[a] (one flag at a time, C4).
    at_most, one row per set of alternatives: sum over its activities of run[a] <= at_most  [activities].
    """
    for (a,), run in d.own["run"].items():
        for t in scenario.periods:
            flags = ((1.0, d.run[a, f, t]) for f in scenario.index.frameworks[a])  # type: ignore[index]
            yield ("runs", a, t), linear([*flags, (-1.0, run)]) <= 0
    for one in _binding(scenario):
        yield ("at_most", *one.activities), total(d.own["run"][(a,)] for a in one.activities) <= one.at_most


def _binding(scenario: ScenarioData) -> Iterator[Alternatives]:
    """The sets that exclude anything."""
    return (one for one in scenario.problem.alternatives if one.at_most < len(one.activities))


FAMILY = Family(
    number="C32",
    name="alternatives",
    group=None,
    says="build or borrow an instrument, not both",
    declare=declare,
    rows=rows,
)
