"""Along what a study moves a problem: the axes of a sweep, the inputs of a tornado."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from models.base import Part
from models.change import Change
from models.config import Group
from models.quantities import AnyValue, Number, Whole

MAX_POINTS = 10_000
"""Points of one study: a day and a half of ten-second solves on one core."""
MAX_CHANGES = 1_000

By = Literal["value", "times", "plus"]
"""What a number does at an address: stands there, multiplies what stands there, or is added to it."""
Label = Annotated[str, Field(min_length=1, max_length=200)]


class Option(Part):
    """One place on an axis: changes that are made together, and groups of constraints that are set aside."""

    label: Label
    """What it is called where people read it."""
    changes: Annotated[tuple[Change, ...], Field(max_length=MAX_CHANGES)] = ()
    """What is different from the problem; none: the problem as it stands."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints to set aside."""


class Axis(Part):
    """Places in a row: `values` at an address, `steps` from `low` to `high` at one, or labelled `options`."""

    label: Label | None = None
    """What the axis is called; required with `options`. Default: its address."""
    address: str | None = None
    """Where the values are put: members/us/resources/money; `*` stands for every record of a list."""
    by: By = "value"
    """What the values do there: `value` stands there, `times` multiplies and `plus` adds to what does."""
    values: Annotated[tuple[AnyValue, ...], Field(min_length=1, max_length=MAX_POINTS)] | None = None
    """Every value, in order."""
    low: Number | None = None
    """The first of evenly spaced numbers."""
    high: Number | None = None
    """The last of them, above `low`."""
    steps: Annotated[Whole, Field(ge=2, le=MAX_POINTS)] | None = None
    """How many there are, both ends included."""
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MAX_POINTS)] | None = None
    """Labelled changes, in order."""

    @property
    def name(self) -> str:
        """What the axis is called."""
        return self.label or self.address or ""

    @property
    def length(self) -> int:
        """How many places it has."""
        return len(self.options or self.values or ()) or self.steps or 0

    @property
    def places(self) -> Iterator[tuple[Any, Option]]:
        """Every place: what it is called, and what is different there."""
        if self.options is not None:
            yield from ((option.label, option) for option in self.options)
            return
        for value in self.numbers if self.values is None else self.values:
            yield value, Option(label="-", changes=(moved(self.address or "", self.by, value),))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The evenly spaced numbers, both ends exact."""
        if self.low is None or self.high is None or self.steps is None:
            return ()
        width = (self.high - self.low) / (self.steps - 1)
        return (*(self.low + width * step for step in range(self.steps - 1)), self.high)


class Input(Part):
    """A number that is not known exactly: at an address, from `low` to `high`."""

    address: str
    """Where the number stands: members/us/resources/money; `*` stands for every record of a list."""
    low: Number
    """The least it may be."""
    high: Number
    """The greatest it may be, above `low`."""
    by: By = "value"
    """What low and high do there: `value` stands there, `times` multiplies and `plus` adds to what does."""
    label: Label | None = None
    """What it is called where people read it. Default: its address."""

    @property
    def name(self) -> str:
        """What the input is called."""
        return self.label or self.address


def moved(address: str, by: By, value: Any) -> Change:  # noqa: ANN401  (any value of a document)
    """The change that puts, multiplies by or adds a value at an address."""
    return Change.model_validate({"address": address, by: value})
