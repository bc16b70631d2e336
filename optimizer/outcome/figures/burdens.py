"""What members spend, and how that compares by ability to pay (C20)."""

from collections.abc import Iterator, Sequence

from models.ids import MemberId
from models.plan import Burden
from optimizer.data.payers import willing
from optimizer.outcome.figures.decided import Decided


def costs(decided: Decided) -> dict[MemberId, float]:
    """c[i], M EUR over the horizon: what each member gives, pays and invests; a partner's own means are free to all."""
    value = {r: resource.unit_cost for r, resource in decided.problem.resource.items()}
    cost = dict.fromkeys(decided.problem.member, 0.0)
    for (c, _, r, _), amount in decided.given.items():
        giver = MemberId(c)
        if giver in cost:
            cost[giver] += value[r] * amount
    for (i, _, r, _), amount in decided.paid.items():
        cost[i] += value[r] * amount
    for investment in decided.problem.investments:
        buyer = MemberId(investment.contributor)
        if buyer in cost:
            units = sum(decided.bought.get((investment.id, t), 0.0) for t in decided.problem.periods)
            price = sum(value[r] * amount for r, amount in investment.cost.items())
            cost[buyer] += price * units
    return cost


def expected_costs(scenarios: Sequence[Decided]) -> dict[MemberId, float]:
    """What each member spends, on average over the scenarios, M EUR."""
    by_scenario = [(decided.probability, costs(decided)) for decided in scenarios]
    return {i: sum(share * cost[i] for share, cost in by_scenario) for i in scenarios[0].problem.member}


def burdens(scenarios: Sequence[Decided]) -> Iterator[Burden]:
    """Every member's cost beside its fair share; who does not share in the burden has a fair share of 0."""
    problem, cost = scenarios[0].problem, expected_costs(scenarios)
    rule = problem.burden_sharing
    sharing = tuple(problem.member) if rule is not None and rule.over == "members" else willing(problem)
    together, ability = sum(cost.values()), sum(problem.member[i].ability_to_pay for i in sharing)
    for i, member in problem.member.items():
        yield Burden(
            member=i,
            cost=cost[i],
            share=cost[i] / together if together > 0 else 0.0,
            fair_share=member.ability_to_pay / ability if i in sharing else 0.0,
            relative_burden=cost[i] / member.ability_to_pay,
        )
