"""C7 consensus: one objection blocks, an abstention does not, and concessions can buy off objections."""

from collections.abc import Iterator

from models.ids import ActivityId, FrameworkId
from models.problem.framework import Consensus
from optimizer.data.politics import blocked_by_consensus, objectors, political_capital
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C7, one row per objection and period, if concessions can be made: gap * y[a,f,t] <= g[i,a,f]  [points].

    gap = beta[i] - pi[i,a,f] > 0 is the distance of position pi below beta, the member's `objects_below`. The gap is
    the coefficient, so the row needs no big-M.
    """
    if scenario.problem.concessions is None:
        return
    for a, f in _by_consensus(scenario):
        for i, gap in objectors(scenario.problem, a, f):
            for t in scenario.periods:
                yield (i, a, f, t), gap * d.run[a, f, t] - d.own["g"][i, a, f] <= 0


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C7, for every activity and framework decided by consensus: y[a,f,t] = 0 if an objection exceeds all concessions.

    Without concessions any objection does: pi[i,a,f] < beta[i]. Blocking is strict (T10): a member exactly at
    `objects_below` does not block. The limit follows from data, not from a row, so the tolerance of the solver plays no
    part: a position 1e-7 below blocks.
    """
    problem = scenario.problem
    for a, f in _by_consensus(scenario):
        if not blocked_by_consensus(problem, a, f, political_capital(problem)):
            continue
        opponents = [i for i, _ in objectors(problem, a, f)]
        says = f"{', '.join(opponents)} {'objects' if len(opponents) == 1 else 'object'} to {a} under {f}"
        says += ", which needs consensus" if problem.concessions is None else ", by more than can be conceded"
        for t in scenario.periods:
            yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


def _by_consensus(scenario: ScenarioData) -> Iterator[tuple[ActivityId, FrameworkId]]:
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            if isinstance(scenario.problem.framework[f].rule, Consensus):
                yield a, f


FAMILY = Family(
    number="C7",
    name="consensus",
    group="decision",
    says="one objection blocks, an abstention does not, and concessions can buy off an objection",
    rows=rows,
    limits=limits,
)
