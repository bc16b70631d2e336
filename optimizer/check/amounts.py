"""Sign and integrality of the plan's amounts: at least 0, and whole for units of investments. Never relaxed."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """One row per amount and level of the plan: x, e, pay, g, n ≥ 0, in the unit of each; n whole."""
    for where, amount in _amounts(facts):
        sentence = f"The plan states {amount:g} for {where}; it must be at least 0."
        yield RuleRow(key=where, left=amount, sense=">=", right=0.0, sentence=sentence)
    for (investment, t), units in facts.bought_units.items():
        where = f"investment/{investment}/{facts.period(t)}"
        sentence = f"The plan buys {units:g} units of {facts.titles.investment[investment]} in {facts.period(t)}; "
        sentence += "it must buy a whole number."
        yield RuleRow(key=where, left=units, sense="=", right=float(round(units)), sentence=sentence)


def _amounts(facts: Facts) -> Iterator[tuple[str, float]]:
    plan = facts.plan
    for allocation in plan.allocations:
        if facts.applies(allocation.scenario):
            yield (
                f"allocation/{allocation.contributor}/{allocation.activity}/{allocation.resource}/{allocation.period}",
                allocation.amount,
            )
    for run in plan.activities:
        if facts.applies(run.scenario):
            yield f"level/{run.id}/{run.period}", run.level
    for payment in plan.coordination:
        if facts.applies(payment.scenario):
            key = f"coordination/{payment.member}/{payment.partner}/{payment.resource}/{payment.period}"
            yield key, payment.amount
    for concession in plan.concessions:
        key = f"concession/{concession.member}/{concession.activity}/{concession.framework}"
        yield key, concession.amount
    for purchase in plan.investments:
        yield f"investment/{purchase.id}/{purchase.period}", purchase.units
