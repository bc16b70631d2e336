"""C1: nobody spends what it has not got."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C1, one row per contributor, resource and period.

    Given + paid to harness partners + invested ≤ endowment + what investments added  [unit of the resource].
    """
    touched = {contributor: {*record.resources} for contributor, record in facts.problem.contributor.items()}
    for contributor, resource, _ in facts.use:
        touched[contributor].add(resource)
    for contributor, resources in touched.items():
        for resource in sorted(resources):
            for t in facts.periods:
                spent = facts.use[contributor, resource, t]
                limit = facts.capacity(contributor, resource, t)
                yield Row(
                    key=f"{contributor}/{resource}/{facts.period(t)}",
                    left=spent,
                    sense="<=",
                    right=limit,
                    sentence=f"{contributor} spends {spent:g} {resource} and has {limit:g}",
                )
