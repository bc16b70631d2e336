"""C5: a contributor without access to a theatre gives nothing there.

The stake of a participant needs no row: the check reads from the contributions who counts.
"""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C5, one row per contribution without access: x = 0  [unit of the resource]."""
    titles = facts.titles
    for (contributor, activity_id, t), bundle in facts.contributions.items():
        activity = facts.problem.activity[activity_id]
        if facts.has_access(contributor, activity):
            continue
        for resource, amount in bundle.items():
            yield RuleRow(
                key=f"{contributor}/{activity_id}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=0.0,
                sentence=f"{titles.contributor[contributor]} gives {titles.amount(resource, amount)} "
                f"in {titles.theatre[activity.theatre]} in {facts.period(t)}, but it has no access there.",
                scale=facts.least_size.own(contributor, resource),
            )
