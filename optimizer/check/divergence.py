"""C14: a coalition too divided is not formed."""

from collections.abc import Iterator
from itertools import combinations
from statistics import median
from typing import NamedTuple

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import Row


class Apart(NamedTuple):
    """How far apart the members stand that give to a run, in positions; pairwise is weighted by votes."""

    range: float
    total_deviation: float
    pairwise: float


def rows(facts: Facts) -> Iterator[Row]:
    """C14, one row per run it speaks of: range, total deviation or pairwise difference of members there ≤ max.

    In positions (pairwise: times votes).
    """
    rule = facts.problem.divergence
    if rule is None:
        return
    for running in facts.flag:
        activity, t = running
        if rule.activities is not None and activity not in rule.activities:
            continue
        distance = getattr(apart(facts, running), rule.metric)
        yield Row(
            key=f"{activity}/{facts.period(t)}",
            left=distance,
            sense="<=",
            right=rule.max,
            sentence=f"the members in {activity} stand {distance:g} apart ({rule.metric}), at most {rule.max:g} may be",
        )


def apart(facts: Facts, running: Running) -> Apart:
    """How far apart the members that give anything to a run stand on it."""
    stands = facts.stances(running)
    there = [(stands[one], facts.problem.member[one].votes) for one in facts.members_there(running)]
    if not there:
        return Apart(0.0, 0.0, 0.0)
    positions = [position for position, _ in there]
    centre = median(positions)
    return Apart(
        range=max(positions) - min(positions),
        total_deviation=sum(abs(position - centre) for position in positions),
        pairwise=sum(v * w * abs(p - q) for (p, v), (q, w) in combinations(there, 2)),
    )
