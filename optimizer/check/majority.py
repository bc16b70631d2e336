"""C8: an abstention counts against."""

from collections.abc import Iterator

from models.problem.framework import Majority
from models.problem.member import Member
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import Row
from optimizer.check.votes import ROUNDING


def rows(facts: Facts) -> Iterator[Row]:
    """C8, one row per run decided by majority, and one more where heads count too  [votes; members].

    Σ votes in favour ≥ quota · all votes; members in favour ≥ quota_members · members. Who is in favour is decided, so
    that the rows are data and as good as exact: a hair below the quota is outvoted.
    """
    for running, flag in facts.flag.items():
        rule = facts.problem.framework[flag].rule
        if not isinstance(rule, Majority):
            continue
        favour = [member for member in facts.problem.members if in_favour(facts, member, running)]
        votes, every = sum(one.votes for one in favour), sum(one.votes for one in facts.problem.members)
        yield _row(facts, running, "votes", votes, rule.quota * every)
        if rule.quota_members is not None:
            yield _row(facts, running, "members", len(favour), rule.quota_members * len(facts.problem.members))


def in_favour(facts: Facts, member: Member, running: Running) -> bool:
    """Whether a member votes for a run: from acquiescence on, or because the gap to it was bought (MODEL T9)."""
    vote = member.id, running[0], facts.flag[running]
    return facts.stances(running)[member.id] >= 0 or vote in facts.politics.won


def _row(facts: Facts, running: Running, what: str, favour: float, quota: float) -> Row:
    activity, t = running
    return Row(
        key=f"{activity}/{facts.flag[running]}/{what}/{facts.period(t)}",
        left=favour,
        sense=">=",
        right=quota,
        sentence=f"{what} for {activity} under {facts.flag[running]}: {favour:g}, it takes {quota:g}",
        tolerance=ROUNDING,
    )
