"""C39: outsiders spoil."""

from collections.abc import Iterator
from math import prod

from models.ids import FrameworkId, TheatreId
from models.problem.politics import Spoiler
from models.problem.problem import Problem
from models.problem.theatre import ANY_FRAMEWORK


def spoiler_multiplier(problem: Problem, theatre: TheatreId) -> float:
    """C39: return the share of every effect in a theatre that active spoilers leave; several spoilers multiply."""
    return prod(spoiler.effect_multiplier for spoiler in _active(problem, theatre))


def spoilers_consent(problem: Problem, theatre: TheatreId, framework: FrameworkId) -> bool:
    """C39: return whether every active spoiler of a theatre consents to a framework there."""
    return all(_consents(spoiler, framework) for spoiler in _active(problem, theatre))


def _active(problem: Problem, theatre: TheatreId) -> Iterator[Spoiler]:
    for spoiler in problem.spoilers:
        if spoiler.active and (spoiler.theatres is None or theatre in spoiler.theatres):
            yield spoiler


def _consents(spoiler: Spoiler, framework: FrameworkId) -> bool:
    consent = spoiler.consent
    return consent if isinstance(consent, bool) else consent.get(framework, consent.get(ANY_FRAMEWORK, True))
