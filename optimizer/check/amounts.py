"""Sign and integrality of the plan's amounts: at least 0, and whole for units of investments. Never relaxed."""

from collections.abc import Iterator

from models.ids import ContributorId
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """One row per amount and level of the plan: x, e, pay, g, n ≥ 0, in the unit of each; n whole."""
    for where, amount, size in _amounts(facts):
        sentence = f"The plan states {amount:g} for {where}; it must be at least 0."
        yield RuleRow(key=where, left=amount, sense=">=", right=0.0, sentence=sentence, scale=size)
    for (investment, t), units in facts.bought_units.items():
        where = f"investment/{investment}/{facts.period(t)}"
        sentence = f"The plan buys {units:g} units of {facts.titles.investment[investment]} in {facts.period(t)}; "
        sentence += "it must buy a whole number."
        yield RuleRow(key=where, left=units - round(units), sense="=", right=0.0, sentence=sentence, scale=1.0)


def _amounts(facts: Facts) -> Iterator[tuple[str, float, float]]:
    """Yield where each amount stands, the amount and its size: what the contributor has, the level, 1 for a count."""
    plan, least_size = facts.plan, facts.least_size
    for allocation in plan.allocations:
        if facts.applies(allocation.scenario):
            yield (
                f"allocation/{allocation.contributor}/{allocation.activity}/{allocation.resource}/{allocation.period}",
                allocation.amount,
                least_size.own(allocation.contributor, allocation.resource),
            )
    for run in plan.activities:
        if facts.applies(run.scenario):
            yield f"level/{run.id}/{run.period}", run.level, least_size.level[run.id]
    for payment in plan.coordination:
        if facts.applies(payment.scenario):
            key = f"coordination/{payment.member}/{payment.partner}/{payment.resource}/{payment.period}"
            yield key, payment.amount, least_size.own(ContributorId(payment.member), payment.resource)
    for concession in plan.concessions:
        key = f"concession/{concession.member}/{concession.activity}/{concession.framework}"
        yield key, concession.amount, 1.0
    for purchase in plan.investments:
        yield f"investment/{purchase.id}/{purchase.period}", purchase.units, 1.0
