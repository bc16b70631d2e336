"""A point of a study: changes of the problem, and groups of relaxed constraints."""

from models.base import Part
from models.change import Change
from models.config import Group
from models.quantities import AnyValue


class Point(Part):
    """One question of a study to the solver."""

    number: int
    """Number of the point in the study; 0 is the unchanged problem."""
    at: dict[str, AnyValue]
    """{axis or input: value or label}: position of the point, for readers."""
    changes: tuple[Change, ...] = ()
    """Changes of the problem, applied in order; locks are among them (`policy/run/…`). Default: none."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints that are left out in addition to those of the configuration. Default: none."""
