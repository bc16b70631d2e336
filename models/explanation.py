"""Explanations: which constraints limit a plan, what blocks an activity, and which rows make a problem infeasible."""

from typing import Annotated

from pydantic import Field

from models.base import Part


class Binding(Part):
    """A constraint that limits the plan, with the value of one unit more or less."""

    constraint: str
    """Family of the constraint: `availability`."""
    name: str
    """Name of the row within its family."""
    gain_per_unit: float | None
    """Gain in the first objective from one more unit; null if it was not re-solved."""
    loss_per_unit: float | None
    """Loss in the first objective from one unit less; null if it was not re-solved."""
    unit: str
    """Unit of the row: M EUR, flight hours."""
    method: str
    """How the gain and the loss were computed: `re-solved`."""
    frozen_dual: float | None
    """Dual value of the row with the integers fixed, per unit; null if there is none. It is not the gain of one more
    unit."""
    sentence: str
    """The same in one sentence."""


class Blocker(Part):
    """A reason why an activity does not run."""

    activity: str
    """Id of the activity."""
    sentence: str
    """The reason in one sentence."""


class Explanation(Part):
    """Explanation of a plan: binding constraints and blockers."""

    binding: tuple[Binding, ...]
    """Constraints that limit the plan; empty if they were not computed."""
    blockers: tuple[Blocker, ...]
    """Reasons why activities do not run; empty if they were not computed."""


class RelaxedChange(Part):
    """One change of a relaxation: a new number at an address of the problem."""

    constraint: str
    """Family of constraints that the number belongs to."""
    address: str
    """Address of the number in the problem."""
    from_: Annotated[float, Field(alias="from")]
    """Present number."""
    to: float
    """Proposed number."""
    unit: str
    """Unit of both numbers."""
    sentence: str
    """The same in one sentence."""


class Relaxation(Part):
    """Changes that together make the problem feasible. Each relaxation was applied and re-solved."""

    changes: tuple[RelaxedChange, ...]
    """Changes to make together."""
    weight: float
    """Total size of the changes; the smaller, the easier."""


class Infeasibility(Part):
    """Explanation of an infeasible problem: the rows that conflict, and changes that resolve the conflict."""

    proven: bool
    """Whether a weighted sum of rows, recomputed with round-off, contradicts itself; otherwise only the solver's search
    claims that there is no plan."""
    conflict: tuple[str, ...]
    """Names of the conflicting rows. The set is minimal: without any one of them, the others can hold together."""
    relaxations: tuple[Relaxation, ...]
    """Changes that make the problem feasible, the easiest first."""
    method: str
    """How the conflict and the relaxations were found."""
