"""A point of a study: the problem with some values moved, and perhaps some groups of constraints set aside."""

from models.base import Part
from models.change import Change
from models.config import Group
from models.quantities import AnyValue


class Point(Part):
    """One of the questions that a study asks the solver."""

    number: int
    """Its place among the points of the study, from 0: the problem as it stands."""
    at: dict[str, AnyValue]
    """Where on each axis, or at which end of which input: what people know it by."""
    changes: tuple[Change, ...] = ()
    """What is different from the problem, made one after the other. What must or must not run is one of them
    (`policy/run/…`)."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints set aside, beside those of the configuration."""
