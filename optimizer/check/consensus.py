"""C7: one objection blocks; abstention does not; objections can be bought off."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, FEASIBILITY, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C7, one row per member and run decided by consensus, then the concession budget.

    (objects_below − position)⁺ ≤ what was conceded  [positions]. Blocking is strict (MODEL T10): without a concession
    the row is data and exact, so that a hair below the limit objects.
    """
    for running, flag in facts.flag.items():
        if facts.problem.framework[flag].rule.type == "consensus":
            yield from _votes(facts, running)
    yield from _budget(facts)


def _votes(facts: Facts, running: Running) -> Iterator[Row]:
    activity, flag, stands = running[0], facts.flag[running], facts.stances(running)
    period, granted = facts.period(running[1]), facts.conceded
    for member in facts.problem.members:
        position, least = stands[member.id], member.objects_below
        conceded = granted.get((member.id, activity, flag), 0.0)
        yield Row(
            key=f"{member.id}/{activity}/{flag}/{period}",
            left=max(0.0, least - position),
            sense="<=",
            right=conceded,
            sentence=f"{member.id} objects to {activity} under {flag} ({position:g} < {least:g})",
            tolerance=FEASIBILITY if conceded > 0 else EXACT,
        )


def _budget(facts: Facts) -> Iterator[Row]:
    """One row per concession and one for all: at most max_per_case each, at most the budget  [points]."""
    offered = facts.problem.concessions
    budget, each = (offered.budget, offered.max_per_case) if offered else (0.0, 0.0)
    for (member, activity, flag), points in facts.conceded.items():
        yield Row(
            key=f"concession/{member}/{activity}/{flag}",
            left=points,
            sense="<=",
            right=each,
            sentence=f"{points:g} points are conceded to {member} over {activity}, at most {each:g} can be",
        )
    total = sum(facts.conceded.values())
    sentence = f"{total:g} points of political capital are spent, there are {budget:g}"
    yield Row(key="concession/budget", left=total, sense="<=", right=budget, sentence=sentence)
