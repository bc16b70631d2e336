"""C19: no operation without a funded day after, each operation with a separate one."""

from collections.abc import Iterator

from models.ids import ActivityId
from models.problem.activity import Activity, DayAfter
from optimizer.check.facts import Facts
from optimizer.check.payers import beyond_horizon
from optimizer.check.row import EXACT, RuleRow

Operation = tuple[Activity, DayAfter]


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C19, one row per follow-on and period that is owed something, and per run whose day after has no room.

    Level of the follow-on ≥ Σ over its operations ratio · levels of the periods before  [level]. Operations that may
    fall short at the price of trust (C27) are left out. y = 0 if the day after would be past the horizon  [0/1].
    """
    titles = facts.titles.activity
    for follow_on, debtors in operations(facts).items():
        for t in facts.periods:
            owed = sum(owed_by(facts, operation, t) for operation in debtors if operation[1].trust_loss is None)
            level, period = facts.level[follow_on, t], facts.period(t)
            if owed > 0:
                sentence = f"{titles[follow_on]} runs at level {level:g} in {period}; "
                sentence += f"the operations before it require {owed:g}."
                yield RuleRow(
                    key=f"{follow_on}/{period}",
                    left=level,
                    sense=">=",
                    right=owed,
                    sentence=sentence,
                    scale=least_level(facts, follow_on, debtors),
                )
    for activity_id, t in facts.framework:
        activity = facts.problem.activity[activity_id]
        if activity.day_after is not None:
            yield RuleRow(
                key=f"{activity_id}/beyond_horizon/{facts.period(t)}",
                left=1.0,
                sense="<=",
                right=float(not beyond_horizon(facts.problem, activity, t)),
                sentence=f"{titles[activity_id]} runs in {facts.period(t)}, "
                "but its day after would be past the last period.",
                tolerance=EXACT,
            )


def operations(facts: Facts) -> dict[ActivityId, list[Operation]]:
    """Return the operations that owe a day after, by the follow-on activity."""
    found: dict[ActivityId, list[Operation]] = {}
    for activity in facts.problem.activities:
        if activity.day_after is not None:
            found.setdefault(activity.day_after.follow_on, []).append((activity, activity.day_after))
    return found


def least_level(facts: Facts, follow_on: ActivityId, debtors: list[Operation]) -> float:
    """Return the least size of a row about a follow-on and what its operations require of it, in its levels."""
    level = facts.least_size.level
    return max(level[follow_on], *(owed.ratio * level[activity.id] for activity, owed in debtors))


def owed_by(facts: Facts, operation: Operation, t: int) -> float:
    """Return the level of the follow-on that an operation requires in period t for its earlier periods."""
    activity, owed = operation
    return owed.ratio * sum(facts.level[activity.id, t - back] for back in range(1, owed.periods + 1))
