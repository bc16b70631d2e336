"""Whom hosts and active spoilers let in: what C12 asks of every run, and who is willing of every activity."""

from models.ids import FrameworkId, TheatreId
from models.problem.problem import Problem
from optimizer.check.spoilers import let_in


def consents(problem: Problem, theatre: TheatreId, flag: FrameworkId) -> bool:
    """Whether the host lets activities run in its theatre under a framework, and no active spoiler keeps them out."""
    return problem.theatre[theatre].consents_to(flag) and let_in(problem, theatre, flag)
