"""C19: no operation without a funded day after, each with its own."""

from collections.abc import Iterator

from models.ids import ActivityId
from models.problem.activity import Activity, DayAfter
from optimizer.check.facts import Facts
from optimizer.check.payers import beyond_horizon
from optimizer.check.row import EXACT, Row

Operation = tuple[Activity, DayAfter]


def rows(facts: Facts) -> Iterator[Row]:
    """C19, one row per follow-on and period that is owed something, and per run whose day after has no room.

    Level of the follow-on ≥ Σ over its operations ratio · levels of the periods before, but for operations that may
    fall short at the price of trust (C27)  [level]; y = 0 where the day after would be past the horizon  [0/1].
    """
    for follow_on, owing in operations(facts).items():
        for t in facts.periods:
            owed = sum(owed_by(facts, one, t) for one in owing if one[1].trust_loss is None)
            level = facts.level[follow_on, t]
            if owed > 0:
                sentence = f"{follow_on} is at level {level:g}; the operations before it take {owed:g}"
                yield Row(key=f"{follow_on}/{facts.period(t)}", left=level, sense=">=", right=owed, sentence=sentence)
    for activity_id, t in facts.flag:
        activity = facts.problem.activity[activity_id]
        if activity.day_after is not None:
            yield Row(
                key=f"{activity_id}/beyond_horizon/{facts.period(t)}",
                left=1.0,
                sense="<=",
                right=float(not beyond_horizon(facts.problem, activity, t)),
                sentence=f"{activity_id} runs in {facts.period(t)}, too late for the day after it owes",
                tolerance=EXACT,
            )


def operations(facts: Facts) -> dict[ActivityId, list[Operation]]:
    """The operations that owe a day after, by the activity they owe it to."""
    found: dict[ActivityId, list[Operation]] = {}
    for activity in facts.problem.activities:
        if activity.day_after is not None:
            found.setdefault(activity.day_after.follow_on, []).append((activity, activity.day_after))
    return found


def owed_by(facts: Facts, operation: Operation, t: int) -> float:
    """The level of the follow-on that an operation's earlier periods take in a period."""
    activity, owed = operation
    return owed.ratio * sum(facts.level[activity.id, t - back] for back in range(1, owed.periods + 1))
