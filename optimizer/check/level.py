"""C3: no effort without a chosen framework, no token mission."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C3, one row per activity and period that runs, and per limit: min_level ≤ level ≤ max_level  [level].

    What does not run has no level in a plan; that nothing is given to it is C2.
    """
    for activity_id, t in facts.flag:
        activity = facts.problem.activity[activity_id]
        level = facts.level[activity_id, t]
        where = f"{activity_id}/{facts.period(t)}"
        least = activity.min_level
        sentence = f"{activity_id} runs at level {level:g}, and runs at {least:g} or not at all"
        yield Row(key=f"{where}/min", left=level, sense=">=", right=least, sentence=sentence)
        if activity.max_level is not None:
            sentence = f"{activity_id} runs at level {level:g}, above its greatest, {activity.max_level:g}"
            yield Row(key=f"{where}/max", left=level, sense="<=", right=activity.max_level, sentence=sentence)
