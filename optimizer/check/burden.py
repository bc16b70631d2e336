"""C20: shares compare by ability to pay."""

from collections.abc import Iterator
from itertools import combinations

from models.problem.burden import Gini, Proportional
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C20, two rows per sharing member if proportional, one if gini  [M EUR; M EUR per ability to pay].

    (1−τ)·σ·C ≤ c ≤ (1+τ)·σ·C, C what the sharing members pay together, σ the share of ability to pay.
    Σ_{i<j} abs(b_i − b_j) ≤ max · n · Σ b.
    """
    rule = facts.problem.burden_sharing
    if isinstance(rule, Proportional):
        yield from _proportional(facts, rule.tolerance)
    elif isinstance(rule, Gini):
        yield _gini(facts, rule.max)


def _proportional(facts: Facts, tolerance: float) -> Iterator[Row]:
    over = facts.sharing
    ability = {one: facts.problem.member[one].ability_to_pay for one in over}
    total, abilities = sum(facts.cost[one] for one in over), sum(ability.values())
    for one in over:
        fair, cost = ability[one] / abilities * total, facts.cost[one]
        sentence = f"{one} pays {cost:g} M EUR; its fair share of {total:g} is {fair:g} ± {tolerance:.0%}"
        least, most = (1 - tolerance) * fair, (1 + tolerance) * fair
        yield Row(key=f"{one}/min", left=cost, sense=">=", right=least, sentence=sentence, scale=total)
        yield Row(key=f"{one}/max", left=cost, sense="<=", right=most, sentence=sentence, scale=total)


def _gini(facts: Facts, most: float) -> Row:
    burdens = [facts.cost[one] / facts.problem.member[one].ability_to_pay for one in facts.sharing]
    apart = sum(abs(one - other) for one, other in combinations(burdens, 2))
    limit = most * len(burdens) * sum(burdens)
    return Row(
        key="gini",
        left=apart,
        sense="<=",
        right=limit,
        sentence=f"burdens are {apart:g} apart in sum, at most {limit:g} is allowed (Gini {most:g})",
        scale=len(burdens) * sum(burdens),
    )
