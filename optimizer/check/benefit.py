"""C30: no member pays beyond its own threat assessment."""

from collections.abc import Iterator

from models.problem.burden import Benefit
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C30, one row per member with a threat map: cost ≤ max_ratio · Σ threat · weight · risk removed  [M EUR].

    A theatre that is not on the map counts 0.
    """
    rule = facts.problem.burden_sharing
    if not isinstance(rule, Benefit):
        return
    removed = {theatre.id: 0.0 for theatre in facts.problem.theatres}
    for cell, cut in facts.cut.items():
        removed[cell[0]] += cut
    for member in facts.problem.members:
        if member.threat is not None:
            gain = sum(
                member.threat.get(theatre.id, 0) * theatre.weight * removed[theatre.id]
                for theatre in facts.problem.theatres
            )
            cost, limit = facts.cost[member.id], rule.max_ratio * gain
            sentence = f"{facts.titles.contributor[member.id]} pays {cost:g} M EUR; "
            sentence += f"the benefit by its own threat assessment allows {limit:g} M EUR."
            yield RuleRow(key=member.id, left=cost, sense="<=", right=limit, sentence=sentence)
