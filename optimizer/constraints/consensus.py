"""C7 consensus: one objection blocks; abstention does not."""

from collections.abc import Iterator

from models.problem.framework import Consensus
from optimizer.decisions import Decisions
from optimizer.family import Family, Limit
from optimizer.future import Future
from optimizer.politics import objectors


def limits(future: Future, d: Decisions) -> Iterator[Limit]:
    """C7, for a framework decided by consensus: y[a,f,t] = 0 if pi[i,a,f] < beta[i] for any member i.

    Blocking is strict: a member that stands exactly at `objects_below` does not block.
    """
    problem = future.problem
    for a, frameworks in future.index.frameworks.items():
        for f in frameworks:
            if not isinstance(problem.framework[f].rule, Consensus):
                continue
            against = [i for i, _ in objectors(problem, a, f)]
            if against:
                says = f"{', '.join(against)} objects to {a} under {f}, which needs consensus"
                for t in future.periods:
                    yield Limit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)


FAMILY = Family(
    number="C7",
    name="consensus",
    group="decision",
    says="one objection blocks; abstention does not",
    limits=limits,
)
