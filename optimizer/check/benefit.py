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
            worth = {
                theatre.id: rule.max_ratio * member.threat.get(theatre.id, 0) * theatre.weight
                for theatre in facts.problem.theatres
            }
            cost, limit = facts.cost[member.id], sum(worth[theatre] * points for theatre, points in removed.items())
            sentence = f"{facts.titles.contributor[member.id]} pays {cost:g} M EUR; "
            sentence += f"the benefit by its own threat assessment allows {limit:g} M EUR."
            size = max(
                facts.least_size.money, sum(worth[cell[0]] * points for cell, points in facts.least_points.items())
            )
            yield RuleRow(key=member.id, left=cost, sense="<=", right=limit, sentence=sentence, scale=size)
