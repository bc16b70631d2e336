"""C8: an abstention counts against."""

from collections.abc import Iterator

from models.problem.framework import Majority
from models.problem.member import Member
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow
from optimizer.tolerances import POSITION_ROUNDING


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C8, one row per run decided by majority, and a second if heads count too  [votes; members].

    Σ votes in favour ≥ quota · all votes; members in favour ≥ quota_members · members. The members in favour are
    already decided, so the rows are data and nearly exact: a run minimally below the quota is outvoted.
    """
    for running, framework in facts.framework.items():
        rule = facts.problem.framework[framework].rule
        if not isinstance(rule, Majority):
            continue
        favour = [member for member in facts.problem.members if in_favour(facts, member, running)]
        votes = sum(member.votes for member in favour)
        all_votes = sum(member.votes for member in facts.problem.members)
        yield _row(facts, running, "votes", votes, rule.quota * all_votes)
        if rule.quota_members is not None:
            yield _row(facts, running, "members", len(favour), rule.quota_members * len(facts.problem.members))


def in_favour(facts: Facts, member: Member, running: Running) -> bool:
    """Return whether a member votes for a run: its position is at least 0, or concessions buy its vote (MODEL T9)."""
    vote = member.id, running[0], facts.framework[running]
    return facts.stances(running)[member.id] >= 0 or vote in facts.politics.bought_votes


def _row(facts: Facts, running: Running, what: str, favour: float, quota: float) -> RuleRow:
    (activity, t), framework, titles = running, facts.framework[running], facts.titles
    return RuleRow(
        key=f"{activity}/{framework}/{what}/{facts.period(t)}",
        left=favour,
        sense=">=",
        right=quota,
        sentence=f"{what.capitalize()} in favour of {titles.activity[activity]} "
        f"under {titles.framework[framework]} in {facts.period(t)}: {favour:g} of the {quota:g} required.",
        tolerance=POSITION_ROUNDING,
    )
