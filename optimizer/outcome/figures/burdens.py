"""Costs of members, and their burdens relative to ability to pay (C20)."""

from collections.abc import Iterator, Sequence

from models.ids import MemberId
from models.plan import Burden
from models.problem.problem import Problem
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
    return {i: _mean([(share, cost[i]) for share, cost in scenario_costs]) for i in scenarios[0].problem.member}


def burdens(scenarios: Sequence[ScenarioDecisions]) -> Iterator[Burden]:
    """Cost, share, fair share and relative burden of every member, as expected values over the scenarios.

    The share is that of the expected cost of all. The fair share of a scenario is 0 outside its burden sharing.
    """
    cost = expected_costs(scenarios)
    total = sum(cost.values())
    fair = [(decisions.probability, _fair_shares(decisions.problem)) for decisions in scenarios]
    relative = [(decisions, costs(decisions)) for decisions in scenarios]
    for i in scenarios[0].problem.member:
        yield Burden(
            member=i,
            cost=cost[i],
            share=cost[i] / total if total > 0 else 0.0,
            fair_share=_mean([(share, shares.get(i, 0.0)) for share, shares in fair]),
            relative_burden=_mean(
                [
                    (decisions.probability, paid[i] / decisions.problem.member[i].ability_to_pay)
                    for decisions, paid in relative
                ]
            ),
        )


def _fair_shares(problem: Problem) -> dict[MemberId, float]:
    """Ability to pay of each member whose burden is compared, as a share of that of all of them."""
    rule = problem.burden_sharing
    sharing = tuple(problem.member) if rule is not None and rule.over == "members" else willing_members(problem)
    ability = sum(problem.member[i].ability_to_pay for i in sharing)
    return {i: problem.member[i].ability_to_pay / ability for i in sharing}


def _mean(weighted: Sequence[tuple[float, float]]) -> float:
    """The mean of (probability, value); a value that is the same in all scenarios is returned as it is."""
    first = weighted[0][1]
    return first if all(value == first for _, value in weighted) else sum(share * value for share, value in weighted)
