"""C1: no contributor uses more than it has."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C1, one row per contributor, resource and period.

    Contributions + payments for partners + payments for investments ≤ endowment + what investments added
    [unit of the resource].
    """
    resources_of = {contributor: {*record.resources} for contributor, record in facts.problem.contributor.items()}
    for contributor, resource, _ in facts.use:
        resources_of[contributor].add(resource)
    for contributor, resources in resources_of.items():
        for resource in sorted(resources):
            for t in facts.periods:
                used = facts.use[contributor, resource, t]
                limit = facts.capacity(contributor, resource, t)
                yield RuleRow(
                    key=f"{contributor}/{resource}/{facts.period(t)}",
                    left=used,
                    sense="<=",
                    right=limit,
                    sentence=f"{facts.titles.contributor[contributor]} uses {facts.titles.amount(resource, used)} "
                    f"in {facts.period(t)}; it has {limit:g}.",
                    scale=facts.least_size.amount[resource],
                )
