"""Why a plan is as it is, and why there is none: what binds, what blocks, which rows conflict."""

from typing import Annotated

from pydantic import Field

from models.base import Part


class Binding(Part):
    """A constraint that limits the plan."""

    constraint: str
    """The family."""
    name: str
    """Which row of it."""
    gain_per_unit: float | None
    """What one more unit buys, in the first objective; null where it was not re-solved."""
    loss_per_unit: float | None
    """What one unit less costs."""
    unit: str
    """Of what."""
    method: str
    """How it was found: `re-solved`."""
    frozen_dual: float | None
    """The price with all choices held; never what one more unit buys."""
    sentence: str
    """In words."""


class Blocker(Part):
    """What stands in the way of an activity."""

    activity: str
    """Which activity."""
    sentence: str
    """In words."""


class Explanation(Part):
    """What binds, what blocks."""

    binding: tuple[Binding, ...]
    """What limits the plan."""
    blockers: tuple[Blocker, ...]
    """What stands in the way of activities that do not run."""


class RelaxedChange(Part):
    """One change of a relaxation: from one number at an address to another."""

    constraint: str
    """The family that it changes."""
    address: str
    """Where the number stands in the problem."""
    from_: Annotated[float, Field(alias="from")]
    """The number as it is."""
    to: float
    """The number as it would be."""
    unit: str
    """Of what."""
    sentence: str
    """In words."""


class Relaxation(Part):
    """Changes that together make the problem feasible: applied and re-solved before they are offered."""

    changes: tuple[RelaxedChange, ...]
    """To be made together."""
    weight: float
    """How much they ask for, over all; less is easier."""


class Infeasibility(Part):
    """Which named rows cannot hold together, and what would mend it."""

    conflict: tuple[str, ...]
    """Rows that cannot hold together; without any one of them the others can."""
    relaxations: tuple[Relaxation, ...]
    """Ways out, the easiest first."""
    method: str
    """How they were found."""
