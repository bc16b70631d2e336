"""C9: enough of the willing, a framework nation, the partners."""

from collections.abc import Iterable, Iterator

from models.ids import ContributorId
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C9, one row per run and quorum of its framework, and per partner that its activity requires  [count]."""
    members, partners = facts.problem.member, facts.problem.partner
    for running, flag in facts.flag.items():
        rule = facts.problem.framework[flag].rule
        if rule.min_participants:
            yield _row(facts, running, "min_participants", members, rule.min_participants)
        if rule.lead_nations:
            yield _row(facts, running, "lead_nations", rule.lead_nations, 1)
        if rule.min_partners:
            yield _row(facts, running, "min_partners", partners, rule.min_partners)
        for partner in facts.problem.activity[running[0]].requires:
            yield _row(facts, running, f"requires/{partner}", (partner,), 1)


def _row(facts: Facts, running: Running, what: str, whom: Iterable[str], least: int) -> Row:
    activity, t = running
    counting = [one for one in whom if facts.counts(ContributorId(one), running)]
    flag = facts.flag[running]
    return Row(
        key=f"{activity}/{flag}/{what}/{facts.period(t)}",
        left=float(len(counting)),
        sense=">=",
        right=float(least),
        sentence=f"{activity} under {flag} needs {least} by {what}; {', '.join(counting) or 'nobody'} counts",
        tolerance=EXACT,
    )
