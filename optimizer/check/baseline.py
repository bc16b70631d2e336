"""C33: what is announced is kept, or its reversal counted."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, ResourceId
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow
from optimizer.check.sparse import Amounts

AllocationKey = tuple[ContributorId, ActivityId, ResourceId, str]
"""Contributor, activity, resource and id of the period."""


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C33, one row if max_change is given: Σ unit cost · abs(given − announced) ≤ max_change  [M EUR]."""
    baseline = facts.problem.baseline
    if baseline is not None and baseline.max_change is not None:
        changed = change(facts)
        sentence = f"The plan changes contributions of {changed:g} M EUR against the baseline; "
        sentence += f"at most {baseline.max_change:g} M EUR may change."
        yield RuleRow(
            key="max_change",
            left=changed,
            sense="<=",
            right=baseline.max_change,
            sentence=sentence,
            scale=facts.least_size.money,
        )


def change(facts: Facts) -> float:
    """Return the change against the baseline at unit cost, in M EUR: Σ unit cost · abs(given − announced).

    An announced amount of a record that the problem no longer has counts as withdrawn. A resource that the problem no
    longer has is valued at 1 M EUR per unit.
    """
    baseline = facts.problem.baseline
    if baseline is None:
        return 0.0
    difference: Amounts[AllocationKey] = Amounts()
    for announced in baseline.plan.allocations:
        if facts.applies(announced.scenario):
            period = announced.period or facts.problem.periods[0]
            key = announced.contributor, announced.activity, announced.resource, period
            difference[key] -= announced.amount
    for (contributor, activity, t), bundle in facts.contributions.items():
        for resource, amount in bundle.items():
            key = contributor, activity, resource, facts.problem.periods[t]
            difference[key] += amount
    price = {resource.id: resource.unit_cost for resource in facts.problem.resources}
    return sum(price.get(key[2], 1.0) * abs(amount) for key, amount in difference.items())
