"""C33: what is announced is kept, or its reversal counted."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, ResourceId
from optimizer.check.facts import Facts
from optimizer.check.row import Row
from optimizer.check.sparse import Amounts

Announced = tuple[ContributorId, ActivityId, ResourceId, str]


def rows(facts: Facts) -> Iterator[Row]:
    """C33, one row if max_change is given: Σ unit cost · abs(given − announced) ≤ max_change  [M EUR]."""
    baseline = facts.problem.baseline
    if baseline is not None and baseline.max_change is not None:
        changed = change(facts)
        sentence = f"{changed:g} M EUR are given differently, at most {baseline.max_change:g} may be"
        yield Row(key="max_change", left=changed, sense="<=", right=baseline.max_change, sentence=sentence)


def change(facts: Facts) -> float:
    """What is given differently from the plan in force, valued at unit cost; what can no longer be given counts."""
    baseline = facts.problem.baseline
    if baseline is None:
        return 0.0
    difference: Amounts[Announced] = Amounts()
    for one in baseline.plan.allocations:
        if facts.here(one.scenario):
            key = one.contributor, one.activity, one.resource, one.period
            difference[key] -= one.amount
    for (contributor, activity, t), gift in facts.given.items():
        for resource, amount in gift.items():
            key = contributor, activity, resource, facts.problem.periods[t]
            difference[key] += amount
    price = {resource.id: resource.unit_cost for resource in facts.problem.resources}
    return sum(price.get(key[2], 1.0) * abs(amount) for key, amount in difference.items())
