"""Costs of members, and their burdens relative to ability to pay (C20)."""

from collections.abc import Iterator, Sequence

from models.ids import MemberId
from models.plan import Burden
from optimizer.data.payers import willing_members
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions


def costs(decisions: ScenarioDecisions) -> dict[MemberId, float]:
    """c[i], M EUR over the horizon: contributions, payments and investments of each member.

    A partner's own contributions cost no member anything.
    """
    value = {r: resource.unit_cost for r, resource in decisions.problem.resource.items()}
    cost = dict.fromkeys(decisions.problem.member, 0.0)
    for (c, _, r, _), amount in decisions.contributions.items():
        giver = MemberId(c)
        if giver in cost:
            cost[giver] += value[r] * amount
    for (i, _, r, _), amount in decisions.payments.items():
        cost[i] += value[r] * amount
    for investment in decisions.problem.investments:
        buyer = MemberId(investment.contributor)
        if buyer in cost:
            units = sum(decisions.investments.get((investment.id, t), 0.0) for t in decisions.problem.periods)
            price = sum(value[r] * amount for r, amount in investment.cost.items())
            cost[buyer] += price * units
    return cost


def expected_costs(scenarios: Sequence[ScenarioDecisions]) -> dict[MemberId, float]:
    """The expected cost of each member over the scenarios, M EUR."""
    scenario_costs = [(decisions.probability, costs(decisions)) for decisions in scenarios]
    return {i: sum(share * cost[i] for share, cost in scenario_costs) for i in scenarios[0].problem.member}


def burdens(scenarios: Sequence[ScenarioDecisions]) -> Iterator[Burden]:
    """Cost, share, fair share and relative burden of every member; the fair share is 0 outside the burden sharing."""
    problem, cost = scenarios[0].problem, expected_costs(scenarios)
    rule = problem.burden_sharing
    sharing = tuple(problem.member) if rule is not None and rule.over == "members" else willing_members(problem)
    total, ability = sum(cost.values()), sum(problem.member[i].ability_to_pay for i in sharing)
    for i, member in problem.member.items():
        yield Burden(
            member=i,
            cost=cost[i],
            share=cost[i] / total if total > 0 else 0.0,
            fair_share=member.ability_to_pay / ability if i in sharing else 0.0,
            relative_burden=cost[i] / member.ability_to_pay,
        )
