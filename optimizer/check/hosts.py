"""Consent of hosts and active spoilers: C12 requires it of every run, and C6 and C20 read willing members from it."""

from models.ids import FrameworkId, TheatreId
from models.problem.problem import Problem
from optimizer.check.spoilers import spoilers_consent


def consents(problem: Problem, theatre: TheatreId, framework: FrameworkId) -> bool:
    """Return whether the host and every active spoiler of a theatre consent to a framework there."""
    return problem.theatre[theatre].consents_to(framework) and spoilers_consent(problem, theatre, framework)
