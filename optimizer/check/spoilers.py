"""C39: outsiders spoil."""

from collections.abc import Iterator
from math import prod

from models.ids import FrameworkId, TheatreId
from models.problem.politics import Spoiler
from models.problem.problem import Problem
from models.problem.theatre import ANY_FRAMEWORK


def spoiled(problem: Problem, theatre: TheatreId) -> float:
    """C39: what active spoilers leave of every effect in a theatre, a share; several multiply."""
    return prod(spoiler.effect_multiplier for spoiler in _active(problem, theatre))


def let_in(problem: Problem, theatre: TheatreId, flag: FrameworkId) -> bool:
    """C39: whether no active spoiler keeps a framework out of a theatre."""
    return all(_lets(spoiler, flag) for spoiler in _active(problem, theatre))


def _active(problem: Problem, theatre: TheatreId) -> Iterator[Spoiler]:
    for one in problem.spoilers:
        if one.active and (one.theatres is None or theatre in one.theatres):
            yield one


def _lets(spoiler: Spoiler, flag: FrameworkId) -> bool:
    consent = spoiler.consent
    return consent if isinstance(consent, bool) else consent.get(flag, consent.get(ANY_FRAMEWORK, True))
