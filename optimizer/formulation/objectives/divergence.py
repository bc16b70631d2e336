"""divergence: the greatest range of positions among the participants of an activity, over activities and periods."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Index, Rows, VariableSet
from optimizer.formulation.linear_expression import LinearExpression, Variable, linear, minus
from optimizer.formulation.objectives.metric import Handles, Metric, Views
from optimizer.formulation.variables import DecisionVariables


def declare(_problem: Problem, views: Views) -> Iterator[VariableSet]:
    """widest[s] >= 0: the greatest range of a scenario; highest[a,t,s] and lowest[a,t,s]: the ends of each range."""
    yield VariableSet(name="widest", index=tuple((scenario.id,) for scenario, _ in views), scope="scenario")
    low: dict[Index, float] = {}
    high: dict[Index, float] = {}
    for scenario, _ in views:
        for a, t in scenario.index.activity_periods:
            low[a, t, scenario.id], high[a, t, scenario.id] = scenario.bounds.position_range[a]
    for name in ("highest", "lowest"):
        yield VariableSet(name=name, index=tuple(low), scope="scenario", lower=low, upper=high)


def rows(_problem: Problem, views: Views, handles: Handles) -> Rows:
    """Per activity, period and scenario: widest >= highest - lowest  [points of position].

    Two more rows per member that can contribute:
    highest >= sum over f of pi[i,a,f] * y[a,f,t] - M * (1 - present[i,a,t]), and
    lowest <= the same sum + M * (1 - present[i,a,t]); M from `bounds.from_centre`.
    """
    for scenario, d in views:
        for a, t in scenario.index.activity_periods:
            key = (a, t, scenario.id)
            widest, highest, lowest = handles["widest"][(scenario.id,)], handles["highest"][key], handles["lowest"][key]
            yield ("range", *key), linear([(1.0, widest), (-1.0, highest), (1.0, lowest)]) >= 0
            for i in scenario.problem.member:
                if (ContributorId(i), a, t) in d.present:
                    yield from _ends(scenario, d, (highest, lowest), (i, a, t))


def _ends(
    scenario: ScenarioData,
    d: DecisionVariables,
    ends: tuple[Variable, Variable],
    key: tuple[MemberId, ActivityId, PeriodId],
) -> Rows:
    (i, a, t), (highest, lowest) = key, ends
    above, below = scenario.bounds.distance_from_centre(i, a)
    present = d.present[ContributorId(i), a, t]
    position = [(scenario.problem.position(i, a, f), d.run[a, f, t]) for f in scenario.index.frameworks[a]]
    yield ("highest", *key, scenario.id), linear([*position, (-1.0, highest), (above, present)]) <= above
    yield ("lowest", *key, scenario.id), linear([*minus(position), (1.0, lowest), (below, present)]) <= below


def expression(_: Problem, views: Views, handles: Handles) -> LinearExpression:
    """The greatest range, expected over scenarios  [points of position]."""
    return linear((scenario.probability, handles["widest"][(scenario.id,)]) for scenario, _ in views)


METRIC = Metric(name="divergence", unit="points of position", declare=declare, rows=rows, expression=expression)
