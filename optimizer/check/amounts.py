"""What an amount may be: never below zero, and whole where it counts units. Facts, never relaxed."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """One row per amount and level of the plan: x, e, pay, g, n ≥ 0, in the unit of each; n whole."""
    for where, amount in _amounts(facts):
        yield Row(key=where, left=amount, sense=">=", right=0.0, sentence=f"{amount:g} is below zero")
    for (investment, t), units in facts.bought_units.items():
        where = f"investment/{investment}/{facts.period(t)}"
        sentence = f"{units:g} is no whole number of units"
        yield Row(key=where, left=units, sense="=", right=float(round(units)), sentence=sentence)


def _amounts(facts: Facts) -> Iterator[tuple[str, float]]:
    plan = facts.plan
    for one in plan.allocations:
        if facts.here(one.scenario):
            yield f"allocation/{one.contributor}/{one.activity}/{one.resource}/{one.period}", one.amount
    for run in plan.activities:
        if facts.here(run.scenario):
            yield f"level/{run.id}/{run.period}", run.level
    for paid in plan.coordination:
        if facts.here(paid.scenario):
            yield f"coordination/{paid.member}/{paid.partner}/{paid.resource}/{paid.period}", paid.amount
    for conceded in plan.concessions:
        yield f"concession/{conceded.member}/{conceded.activity}/{conceded.framework}", conceded.amount
    for made in plan.investments:
        yield f"investment/{made.id}/{made.period}", made.units
