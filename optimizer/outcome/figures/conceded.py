"""The political capital that a plan needs: what is conceded beyond that buys nothing and is not spent (C7, C8)."""

from collections.abc import Collection, Iterator, Mapping

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.framework import Consensus, Majority
from models.problem.problem import Problem
from optimizer.data.politics import dissenters, missing, objectors

Case = tuple[MemberId, ActivityId, FrameworkId]

SLACK = 1e-6
"""Points of position: a gap missed by the solver's own tolerance is bought."""


def needed(
    problem: Problem, flags: Collection[tuple[ActivityId, FrameworkId]], granted: Mapping[Case, float]
) -> dict[Case, float]:
    """The points that let what runs run in one scenario, out of those granted: whole gaps, and no more than it takes."""
    found: dict[Case, float] = {}
    for a, f in sorted(flags):
        rule = problem.framework[f].rule
        if isinstance(rule, Consensus):
            found |= dict(_bought(granted, a, f, objectors(problem, a, f)))
        elif isinstance(rule, Majority):
            found |= _votes(problem, rule, (a, f), dict(_bought(granted, a, f, dissenters(problem, a, f))))
    return found


def _bought(
    granted: Mapping[Case, float], a: ActivityId, f: FrameworkId, gaps: Iterator[tuple[MemberId, float]]
) -> Iterator[tuple[Case, float]]:
    for i, gap in gaps:
        if granted.get((i, a, f), 0.0) >= gap - SLACK:
            yield (i, a, f), gap


def _votes(
    problem: Problem, rule: Majority, case: tuple[ActivityId, FrameworkId], bought: dict[Case, float]
) -> dict[Case, float]:
    """The votes bought that a majority needs: the dearest that it does not need are given up first."""
    against = {i for i, _ in dissenters(problem, *case)}
    for one in sorted(bought, key=lambda one: -bought[one]):
        others = {i for i, _, _ in bought if i != one[0]}
        favour = [i for i in problem.member if i not in against or i in others]
        if max(missing(problem, rule, favour)) <= 0:
            del bought[one]
    return bought
