"""C14: a coalition too divided is not formed."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import median
from typing import NamedTuple

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow


class Spread(NamedTuple):
    """Spread of the positions of the members in a run, in positions; the pairwise sum is weighted by votes."""

    range: float
    total_deviation: float
    pairwise: float


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C14, one row per run to which the rule applies: divergence of the members in it ≤ max.

    The metric is range, total deviation or pairwise difference, in positions (pairwise: times votes).
    """
    rule = facts.problem.divergence
    if rule is None:
        return
    for running in facts.framework:
        activity, t = running
        if rule.activities is not None and activity not in rule.activities:
            continue
        distance = getattr(spread(facts, running), rule.metric)
        yield RuleRow(
            key=f"{activity}/{facts.period(t)}",
            left=distance,
            sense="<=",
            right=rule.max,
            sentence=f"The positions of the members in {facts.titles.activity[activity]} diverge by {distance:g} "
            f"({rule.metric.replace('_', ' ')}) in {facts.period(t)}; at most {rule.max:g} is allowed.",
            scale=sizes(facts)[rule.metric],
        )


def sizes(facts: Facts) -> Mapping[str, float]:
    """Return the size of each measure of spread: a point of position, for the pairwise sum times the greatest votes."""
    votes = max(member.votes for member in facts.problem.members)
    return {"range": 1.0, "total_deviation": 1.0, "pairwise": votes * votes}


def spread(facts: Facts, running: Running) -> Spread:
    """Return the spread of the positions of the members that give anything to a run; zeros without members."""
    stances = facts.stances(running)
    weighted = [(stances[i], facts.problem.member[i].votes) for i in facts.participating_members(running)]
    if not weighted:
        return Spread(0.0, 0.0, 0.0)
    positions = [position for position, _ in weighted]
    centre = median(positions)
    return Spread(
        range=max(positions) - min(positions),
        total_deviation=sum(abs(position - centre) for position in positions),
        pairwise=sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(weighted, 2)),
    )
