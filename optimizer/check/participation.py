"""C5: who cannot be there gives nothing there.

That taking part costs something before it counts needs no row: who counts is read from what is given.
"""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C5, one row per gift outside access: x = 0  [unit of the resource]."""
    for (contributor, activity_id, t), gift in facts.given.items():
        activity = facts.problem.activity[activity_id]
        if facts.has_access(contributor, activity):
            continue
        for resource, amount in gift.items():
            yield Row(
                key=f"{contributor}/{activity_id}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=0.0,
                sentence=f"{contributor} gives {amount:g} {resource} in {activity.theatre}, where it cannot be",
                scale=facts.endowment(contributor, resource)[t],
            )
