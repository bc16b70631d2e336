"""C6: harnessing a partner has a price, paid by the willing."""

from collections.abc import Iterator

from models.ids import ContributorId, ResourceId
from models.problem.member import Partner
from optimizer.check.facts import Facts
from optimizer.check.payers import payers
from optimizer.check.row import Row
from optimizer.check.sparse import Amounts


def rows(facts: Facts) -> Iterator[Row]:
    """C6, one row per partner, resource and period that costs or is paid for, and one per payment of the unwilling.

    Σ_i pay = coordination cost if the partner gives anything in the period (in any future: C25), else that or nothing;
    pay = 0 for members that are not willing (a partner never pays its own: MODEL T11)  [unit of the resource].
    """
    for partner in facts.problem.partners:
        for t in facts.periods:
            for resource in _resources(facts, partner, t):
                yield _price(facts, partner, resource, t)
    paying = [one for one in facts.plan.coordination if facts.here(one.scenario)]
    able = payers(facts) if paying else frozenset()
    for one in paying:
        if one.member not in able:
            yield Row(
                key=f"{one.member}/{one.partner}/{one.resource}/{one.period}",
                left=one.amount,
                sense="<=",
                right=0.0,
                sentence=f"{one.member} pays {one.amount:g} {one.resource} to harness {one.partner} and is not willing",
            )


def _resources(facts: Facts, partner: Partner, t: int) -> list[ResourceId]:
    paid = {resource for (who, resource, when) in _paid(facts) if (who, when) == (partner.id, t)}
    cost = partner.coordination_cost
    return sorted(paid if cost is None else {*paid, cost.resource})


def _paid(facts: Facts) -> Amounts[tuple[str, ResourceId, int]]:
    total: Amounts[tuple[str, ResourceId, int]] = Amounts()
    for one in facts.plan.coordination:
        if facts.here(one.scenario):
            total[one.partner, one.resource, facts.number_of[one.period]] += one.amount
    return total


def _price(facts: Facts, partner: Partner, resource: ResourceId, t: int) -> Row:
    cost = partner.coordination_cost
    price = cost.amount if cost is not None and cost.resource == resource else 0.0
    paid = _paid(facts)[partner.id, resource, t]
    contributor = ContributorId(partner.id)
    used = any((who, when) == (contributor, t) for who, _, when in facts.politics.present)
    return Row(
        key=f"{partner.id}/{resource}/{facts.period(t)}",
        left=paid,
        sense="=",
        right=price if used else min(0.0, price, key=lambda owed: abs(paid - owed)),
        sentence=f"{paid:g} {resource} are paid to harness {partner.id}, it takes {price:g}",
    )
