"""C20: shares compare by ability to pay."""

from collections.abc import Iterator
from itertools import combinations

from models.problem.burden import Gini, Proportional
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C20, two rows per sharing member if proportional, one if gini  [M EUR; M EUR per ability to pay].

    (1−τ)·σ·C ≤ c ≤ (1+τ)·σ·C, with C the cost of all sharing members and σ the share of ability to pay.
    Σ_{i<j} abs(b_i − b_j) ≤ max · n · Σ b.
    """
    rule = facts.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield from _proportional(facts, rule.tolerance)
    elif isinstance(rule, Gini):
        yield _gini(facts, rule.max)


def _proportional(facts: Facts, tolerance: float) -> Iterator[RuleRow]:
    ability = {member: facts.problem.member[member].ability_to_pay for member in facts.sharing}
    total, abilities = sum(facts.cost[member] for member in facts.sharing), sum(ability.values())
    size = max(total, facts.least_size.money)
    for member in facts.sharing:
        fair, cost = ability[member] / abilities * total, facts.cost[member]
        sentence = f"{facts.titles.contributor[member]} pays {cost:g} M EUR; "
        sentence += f"its fair share of {total:g} M EUR is {fair:g} M EUR ± {tolerance:.0%}."
        least, most = (1 - tolerance) * fair, (1 + tolerance) * fair
        yield RuleRow(key=f"{member}/min", left=cost, sense=">=", right=least, sentence=sentence, scale=size)
        yield RuleRow(key=f"{member}/max", left=cost, sense="<=", right=most, sentence=sentence, scale=size)


def _gini(facts: Facts, most: float) -> RuleRow:
    burdens = [facts.cost[member] / facts.problem.member[member].ability_to_pay for member in facts.sharing]
    differences = sum(abs(burden - other) for burden, other in combinations(burdens, 2))
    limit = most * len(burdens) * sum(burdens)
    return RuleRow(
        key="gini",
        left=differences,
        sense="<=",
        right=limit,
        sentence=f"The relative burdens of the members differ by {differences:g} in total; "
        f"a Gini coefficient of {most:g} allows {limit:g}.",
        scale=max(len(burdens) * sum(burdens), facts.least_size.burden),
    )
