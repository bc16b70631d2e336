"""C35 synergy: two activities that run together achieve more than separately."""

from collections.abc import Iterator

from models.problem.activity import Synergy
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, VariableSet
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """combined[n,x,y,t] in [0,1]: both activities x and y of synergy n run."""
    index = tuple(key for key, _ in _gaining_synergies(scenario))
    yield VariableSet(name="combined", index=index, scope="effect", upper=1.0)


def win(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes effect * combined[n,x,y,t] into removed[h,d,t], h their theatre, d the synergy's driver; risk points."""
    for key, synergy in _gaining_synergies(scenario):
        h = scenario.problem.activity[synergy.activities[0]].theatre
        driver = synergy.driver or next(iter(scenario.problem.risk[h]))
        d.ledgers.removed[h, driver, key[-1]].append((synergy.effect, d.own["combined"][key]))  # type: ignore[index]


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C35, one row per synergy n of x and y, period and activity a of the two: combined[n,x,y,t] <= sum of y[a,f,t]."""
    for key, synergy in _gaining_synergies(scenario):
        for a in synergy.activities:
            runs = total(d.run[a, f, key[-1]] for f in scenario.index.frameworks[a])  # type: ignore[index]
            yield (*key, a), d.own["combined"][key] - runs <= 0


def _gaining_synergies(scenario: ScenarioData) -> Iterator[tuple[Index, Synergy]]:
    """((number, a, b, t), synergy) of each synergy with an effect above 0, per period."""
    for n, synergy in enumerate(scenario.problem.synergies):
        if synergy.effect > 0:
            yield from (((str(n), *synergy.activities, t), synergy) for t in scenario.periods)


FAMILY = Family(
    number="C35",
    name="synergy",
    group=None,
    says="two activities that run together can achieve more than separately",
    declare=declare,
    terms=win,
    rows=rows,
)
