"""C9 quorum: enough of the willing, and a framework nation."""

from collections.abc import Iterable, Iterator

from models.ids import ActivityId, MemberId, PeriodId
from optimizer.decisions import Decisions
from optimizer.expressions import Term, linear
from optimizer.family import Family, Rows
from optimizer.future import Future


def counts(future: Future) -> Iterator[tuple[MemberId, ActivityId]]:
    """All members where a number is asked for; the lead nations where one of them is."""
    for a, frameworks in future.index.frameworks.items():
        for f in frameworks:
            rule = future.problem.framework[f].rule
            if rule.min_participants > 0:
                yield from ((i, a) for i in future.problem.member)
            yield from ((i, a) for i in rule.lead_nations)


def rows(future: Future, d: Decisions) -> Rows:
    """C9, per activity, framework and period.

    participants: sum over i of counts[i,a,t] >= min_participants * y[a,f,t]  [members].
    lead: sum over lead nations of counts[i,a,t] >= y[a,f,t].
    """
    for a, f, t in future.index.runs:
        rule, run = future.problem.framework[f].rule, d.run[a, f, t]
        if rule.min_participants > 0:
            counted = _counted(future.problem.member, a, t, d)
            yield ("participants", a, f, t), linear([*counted, (-rule.min_participants, run)]) >= 0
        if rule.lead_nations:
            yield ("lead", a, f, t), linear([*_counted(rule.lead_nations, a, t, d), (-1.0, run)]) >= 0


def _counted(members: Iterable[MemberId], a: ActivityId, t: PeriodId, d: Decisions) -> list[Term]:
    return [(1.0, d.counts[i, a, t]) for i in members if (i, a, t) in d.counts]


FAMILY = Family(
    number="C9",
    name="quorum",
    group="decision",
    says="enough of the willing, a framework nation, the partners",
    counts=counts,
    rows=rows,
)
