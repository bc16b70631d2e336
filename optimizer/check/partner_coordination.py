"""C6: harnessing a partner has a price, paid by the willing, and a partner that is harnessed gives."""

from collections.abc import Iterator

from models.ids import ContributorId, ResourceId
from models.problem.member import Partner
from optimizer.check.facts import Facts
from optimizer.check.payers import payers
from optimizer.check.row import RuleRow
from optimizer.check.sparse import Amounts


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C6, one row per partner, resource and period that costs or is paid for, and one per payment of the unwilling.

    One more per partner and period with a price that is paid or owed: the partner gives at least its stake, or a token
    if it has none  [stakes].

    Σ_i pay = coordination cost if the partner gives anything in the period (in any scenario: C25), else that or
    nothing; pay = 0 for members that are not willing (a partner never pays its own: MODEL T11)
    [unit of the resource].
    """
    for partner in facts.problem.partners:
        for t in facts.periods:
            for resource in _resources(facts, partner, t):
                price = _price(facts, partner, resource, t)
                yield price
                if price.right > 0:
                    yield _gives(facts, partner, t)
    payments = [payment for payment in facts.plan.coordination if facts.applies(payment.scenario)]
    allowed = payers(facts) if payments else frozenset()
    titles = facts.titles
    for payment in payments:
        if payment.member not in allowed:
            yield RuleRow(
                key=f"{payment.member}/{payment.partner}/{payment.resource}/{payment.period}",
                left=payment.amount,
                sense="<=",
                right=0.0,
                sentence=f"{titles.contributor[payment.member]} pays {titles.amount(payment.resource, payment.amount)} "
                f"to harness {titles.contributor[payment.partner]} in {payment.period}, "
                "but it is not willing to contribute to any activity.",
                scale=facts.least_size.own(ContributorId(payment.member), payment.resource),
            )


def _resources(facts: Facts, partner: Partner, t: int) -> list[ResourceId]:
    paid = {resource for (payee, resource, period) in _paid(facts) if (payee, period) == (partner.id, t)}
    cost = partner.coordination_cost
    return sorted(paid if cost is None else {*paid, cost.resource})


def _paid(facts: Facts) -> Amounts[tuple[str, ResourceId, int]]:
    total: Amounts[tuple[str, ResourceId, int]] = Amounts()
    for payment in facts.plan.coordination:
        if facts.applies(payment.scenario):
            total[payment.partner, payment.resource, facts.period_index[payment.period]] += payment.amount
    return total


def _price(facts: Facts, partner: Partner, resource: ResourceId, t: int) -> RuleRow:
    cost = partner.coordination_cost
    price = cost.amount if cost is not None and cost.resource == resource else 0.0
    paid = _paid(facts)[partner.id, resource, t]
    contributor, titles = ContributorId(partner.id), facts.titles
    is_used = any((giver, period) == (contributor, t) for giver, _, period in facts.politics.participations)
    return RuleRow(
        key=f"{partner.id}/{resource}/{facts.period(t)}",
        left=paid,
        sense="=",
        right=price if is_used else min(0.0, price, key=lambda owed: abs(paid - owed)),
        sentence=f"Members pay {titles.amount(resource, paid)} to harness {titles.contributor[partner.id]} "
        f"in {facts.period(t)}; the price is {price:g}.",
        scale=facts.least_size.amount[resource],
    )


def _gives(facts: Facts, partner: Partner, t: int) -> RuleRow:
    contributor = ContributorId(partner.id)
    given, name = facts.stakes_given(contributor, t), facts.titles.contributor[partner.id]
    return RuleRow(
        key=f"{partner.id}/gives/{facts.period(t)}",
        left=given,
        sense=">=",
        right=1.0,
        sentence=f"Members pay to harness {name} in {facts.period(t)}, but it gives less than counts as taking part: "
        f"{given:g} times its stake, or a ten-thousandth of its means if it has no stake.",
        scale=facts.stakes_in_reach(contributor),
    )
