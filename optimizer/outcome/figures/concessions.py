"""Political capital that a plan needs; granted points that win no vote and no objector are not spent (C7, C8)."""

from collections.abc import Collection, Iterator, Mapping

from models.ids import ActivityId, FrameworkId, MemberId
from models.problem.framework import Consensus, Majority
from models.problem.problem import Problem
from optimizer.data.politics import dissenters, majority_shortfall, objectors
from optimizer.tolerances import CONCESSION_SLACK

Case = tuple[MemberId, ActivityId, FrameworkId]


def needed_concessions(
    problem: Problem, frameworks: Collection[tuple[ActivityId, FrameworkId]], granted: Mapping[Case, float]
) -> dict[Case, float]:
    """The granted points that the runs of one scenario need: whole gaps only, and no more members than necessary.

    Args:
        problem: The problem of the scenario.
        frameworks: The activities that run, each with its framework.
        granted: Points conceded in the solution, by member, activity and framework.
    """
    found: dict[Case, float] = {}
    for a, f in sorted(frameworks):
        rule = problem.framework[f].rule
        if isinstance(rule, Consensus):
            found |= dict(_covered(granted, a, f, objectors(problem, a, f)))
        elif isinstance(rule, Majority):
            found |= _needed_votes(problem, rule, (a, f), dict(_covered(granted, a, f, dissenters(problem, a, f))))
    return found


def _covered(
    granted: Mapping[Case, float], a: ActivityId, f: FrameworkId, gaps: Iterator[tuple[MemberId, float]]
) -> Iterator[tuple[Case, float]]:
    for i, gap in gaps:
        if granted.get((i, a, f), 0.0) >= gap - CONCESSION_SLACK:
            yield (i, a, f), gap


def _needed_votes(
    problem: Problem, rule: Majority, run: tuple[ActivityId, FrameworkId], won: dict[Case, float]
) -> dict[Case, float]:
    """The votes won that a majority needs: drops unneeded votes, the most expensive first."""
    against = {i for i, _ in dissenters(problem, *run)}
    for case in sorted(won, key=lambda case: -won[case]):
        others = {i for i, _, _ in won if i != case[0]}
        in_favour = [i for i in problem.member if i not in against or i in others]
        if max(majority_shortfall(problem, rule, in_favour)) <= 0:
            del won[case]
    return won
