"""C3: no effort without a chosen framework, no token mission."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C3, one row per activity and period that runs, and per limit: min_level ≤ level ≤ max_level  [level].

    An activity that does not run has no level in a plan; C2 checks that it receives no contributions.
    """
    sizes = facts.least_size.level
    for activity_id, t in facts.framework:
        activity, title = facts.problem.activity[activity_id], facts.titles.activity[activity_id]
        level, period = facts.level[activity_id, t], facts.period(t)
        key, least, size = f"{activity_id}/{period}", activity.min_level, sizes[activity_id]
        sentence = f"{title} runs at level {level:g} in {period}; if it runs, its level must be at least {least:g}."
        yield RuleRow(key=f"{key}/min", left=level, sense=">=", right=least, sentence=sentence, scale=size)
        if activity.max_level is not None:
            sentence = f"{title} runs at level {level:g} in {period}; its level may be at most {activity.max_level:g}."
            yield RuleRow(
                key=f"{key}/max", left=level, sense="<=", right=activity.max_level, sentence=sentence, scale=size
            )
