"""C7 consensus: one objection blocks; abstention does not; objections can be bought off."""

from collections.abc import Iterator

from models.ids import ActivityId, FrameworkId
from models.problem.framework import Consensus
from optimizer.data.politics import blocked_by_consensus, objectors, political_capital
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Limit, Rows
from optimizer.formulation.variables import Decisions


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C7, where concessions can be made, one row per objection and period: gap * y[a,f,t] <= g[i,a,f]  [points].

    gap = beta[i] - pi[i,a,f] > 0: how far i stands below `objects_below`. It is the coefficient, no M is needed.
    """
    if scenario.problem.concessions is None:
        return
    for a, f in _by_consensus(scenario):
        for i, gap in objectors(scenario.problem, a, f):
            for t in scenario.periods:
                yield (i, a, f, t), gap * d.run[a, f, t] - d.own["g"][i, a, f] <= 0


def limits(scenario: ScenarioData, d: Decisions) -> Iterator[Limit]:
    """C7, y[a,f,t] = 0 for a framework decided by consensus if some objection is more than all capital could buy.

    Without concessions that is any: pi[i,a,f] < beta[i]. Blocking is strict (T10): a member that stands exactly at
    `objects_below` does not block; and it is data, not a row, so that a hair below blocks whatever the tolerance.
    """
    problem = scenario.problem
    for a, f in _by_consensus(scenario):
        if not blocked_by_consensus(problem, a, f, political_capital(problem)):
            continue
        against = [i for i, _ in objectors(problem, a, f)]
        says = f"{', '.join(against)} {'objects' if len(against) == 1 else 'object'} to {a} under {f}"
        says += ", which needs consensus" if problem.concessions is None else ", and that is more than can be conceded"
        for t in scenario.periods:
            yield Limit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


def _by_consensus(scenario: ScenarioData) -> Iterator[tuple[ActivityId, FrameworkId]]:
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            if isinstance(scenario.problem.framework[f].rule, Consensus):
                yield a, f


FAMILY = Family(
    number="C7",
    name="consensus",
    group="decision",
    says="one objection blocks; abstention does not; objections can be bought off",
    rows=rows,
    limits=limits,
)
