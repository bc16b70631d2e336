"""C7: one objection blocks; abstention does not; objections can be bought off."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import ROW_FEASIBILITY


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C7, one row per member and run decided by consensus, then the concession budget.

    (objects_below − position)⁺ ≤ what was conceded  [positions]. Blocking is strict (MODEL T10): without a concession
    the row is data and exact, so a position minimally below the limit objects.
    """
    for running, framework in facts.framework.items():
        if facts.problem.framework[framework].rule.type == "consensus":
            yield from _votes(facts, running)
    yield from _budget(facts)


def _votes(facts: Facts, running: Running) -> Iterator[RuleRow]:
    activity, framework, stances = running[0], facts.framework[running], facts.stances(running)
    period, concessions, titles = facts.period(running[1]), facts.conceded, facts.titles
    for member in facts.problem.members:
        position, least = stances[member.id], member.objects_below
        conceded = concessions.get((member.id, activity, framework), 0.0)
        yield RuleRow(
            key=f"{member.id}/{activity}/{framework}/{period}",
            left=max(0.0, least - position),
            sense="<=",
            right=conceded,
            sentence=f"{titles.contributor[member.id]} objects to {titles.activity[activity]} "
            f"under {titles.framework[framework]}: its position is {position:g}, it objects below {least:g}, "
            f"and {conceded:g} points are conceded.",
            scale=1.0,
            tolerance=ROW_FEASIBILITY if conceded > 0 else EXACT,
        )


def _budget(facts: Facts) -> Iterator[RuleRow]:
    """One row per concession and one for all: at most max_per_case each, at most the budget  [points]."""
    offered, titles = facts.problem.concessions, facts.titles
    budget, most = (offered.budget, offered.max_per_case) if offered else (0.0, 0.0)
    for (member, activity, framework), points in facts.conceded.items():
        yield RuleRow(
            key=f"concession/{member}/{activity}/{framework}",
            left=points,
            sense="<=",
            right=most,
            sentence=f"{points:g} points are conceded to {titles.contributor[member]} "
            f"over {titles.activity[activity]} under {titles.framework[framework]}; at most {most:g} are allowed.",
            scale=1.0,
        )
    total = sum(facts.conceded.values())
    sentence = f"{total:g} points of political capital are spent; the budget is {budget:g}."
    yield RuleRow(key="concession/budget", left=total, sense="<=", right=budget, sentence=sentence, scale=1.0)
