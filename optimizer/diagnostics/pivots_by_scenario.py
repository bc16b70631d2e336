"""Pivots that some scenarios keep out: with recourse too, who counts is decided once for all scenarios (C11, C25)."""

from collections.abc import Iterator, Sequence

from models.address import problem_in_scenario
from models.ids import MemberId, TheatreId
from models.problem.politics import Cascade
from models.problem.problem import Problem
from optimizer.data.titles import title, titles
from optimizer.diagnostics.cascade_fixpoints import greatest_presence
from optimizer.diagnostics.unrunnable import scenario_names


def absent_pivots(problem: Problem) -> Iterator[str]:
    """With recourse, a sentence for each pivot and theatre that it can only serve in some of the scenarios."""
    if not problem.criterion.recourse or not any(cascade.reference is None for cascade in problem.cascades):
        return
    scenarios = {
        title({one.id: one for one in problem.scenarios}, one.id): problem_in_scenario(problem, one.id)
        if one.overrides
        else problem
        for one in problem.scenarios
    }
    for cascade in problem.cascades:
        if cascade.reference is not None:
            continue
        by_absence: dict[tuple[str, ...], list[TheatreId]] = {}
        for h in problem.theatre:
            if cascade.theatres is None or h in cascade.theatres:
                absent = tuple(name for name, one in scenarios.items() if not _can_serve(one, cascade.pivot, h))
                if 0 < len(absent) < len(scenarios):
                    by_absence.setdefault(absent, []).append(h)
        for absent, theatres in by_absence.items():
            yield _sentence(problem, cascade, absent, theatres)


def _can_serve(problem: Problem, pivot: MemberId, h: TheatreId) -> bool:
    return any(greatest_presence(problem, h, t).get(pivot, 0.0) > 0 for t in problem.periods)


def _sentence(problem: Problem, cascade: Cascade, absent: Sequence[str], theatres: Sequence[TheatreId]) -> str:
    pivot = title(problem.member, cascade.pivot)
    followers = titles(problem.contributor, [follower.member for follower in cascade.followers])
    return (
        f"{pivot} counts in {titles(problem.theatre, theatres)} only if it can in every scenario, also with recourse: "
        f"it cannot in {scenario_names(absent)}, so {followers} "
        f"follow{'s' if len(cascade.followers) == 1 else ''} it out in all scenarios"
    )
