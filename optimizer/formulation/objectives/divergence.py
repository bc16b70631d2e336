"""divergence: the greatest range of positions among those who take part in one activity."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, MemberId, PeriodId
from models.problem.problem import Problem
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Index, Own, Rows
from optimizer.formulation.linear_expression import Expression, Variable, linear, minus
from optimizer.formulation.objectives.metric import Handles, Metric, Views
from optimizer.formulation.variables import Decisions


def declare(_problem: Problem, views: Views) -> Iterator[Own]:
    """The greatest range of each scenario: widest[s] >= 0; the ends of each range: highest[a,t,s], lowest[a,t,s]."""
    yield Own(name="widest", index=tuple((scenario.id,) for scenario, _ in views), scope="scenario")
    low: dict[Index, float] = {}
    high: dict[Index, float] = {}
    for scenario, _ in views:
        for a, t in scenario.index.activity_periods:
            low[a, t, scenario.id], high[a, t, scenario.id] = scenario.bounds.position_range[a]
    for name in ("highest", "lowest"):
        yield Own(name=name, index=tuple(low), scope="scenario", lower=low, upper=high)


def rows(_problem: Problem, views: Views, handles: Handles) -> Rows:
    """Per activity, period and scenario: widest >= highest - lowest  [points of position].

    Per member that could give besides: highest >= sum over f of pi[i,a,f] * y[a,f,t] - M * (1 - present[i,a,t]), and
    lowest <= the same sum + M * (1 - present[i,a,t]); M from `bounds.distance_from_centre`.
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
    scenario: ScenarioData, d: Decisions, ends: tuple[Variable, Variable], key: tuple[MemberId, ActivityId, PeriodId]
) -> Rows:
    (i, a, t), (highest, lowest) = key, ends
    above, below = scenario.bounds.distance_from_centre(i, a)
    present = d.present[ContributorId(i), a, t]
    stands = [(scenario.problem.position(i, a, f), d.run[a, f, t]) for f in scenario.index.frameworks[a]]
    yield ("highest", *key, scenario.id), linear([*stands, (-1.0, highest), (above, present)]) <= above
    yield ("lowest", *key, scenario.id), linear([*minus(stands), (1.0, lowest), (below, present)]) <= below


def expression(_: Problem, views: Views, handles: Handles) -> Expression:
    """The greatest range, expected over scenarios."""
    return linear((scenario.probability, handles["widest"][(scenario.id,)]) for scenario, _ in views)


METRIC = Metric(name="divergence", unit="points of position", declare=declare, rows=rows, expression=expression)
