"""Axes of a sweep, and inputs of a tornado."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from models.base import Part
from models.change import Change
from models.config import Group
from models.quantities import AnyValue, Number, Whole
from models.texts import Address

MAX_POINTS = 10_000
"""Greatest number of points of a study: 28 hours of ten-second solves on one core."""
MAX_CHANGES = 1_000

By = Literal["value", "times", "plus"]
"""How a number changes the value at an address: it replaces, multiplies, or is added to it."""
Label = Annotated[str, Field(min_length=1, max_length=200)]


class Option(Part):
    """One position on an axis: changes that apply together, and groups of constraints that are relaxed."""

    label: Label
    """Name of the option for readers, 1 to 200 characters."""
    changes: Annotated[tuple[Change, ...], Field(max_length=MAX_CHANGES)] = ()
    """Changes of the problem, at most 1000. Default: none, the problem unchanged."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints that the solve leaves out. Default: none."""


class Axis(Part):
    """An axis: `address` with `values`, or `address` with `low`, `high` and `steps`, or `label` with `options`."""

    label: Label | None = None
    """Name of the axis, 1 to 200 characters; required with `options`. Default: the address."""
    address: Address | None = None
    """Address of the values: members/us/resources/money; `*` means every record of a list. Absent with `options`."""
    by: By = "value"
    """How the values change the present value: `value` replaces, `times` multiplies, `plus` adds. Default: value."""
    values: Annotated[tuple[AnyValue, ...], Field(min_length=1, max_length=MAX_POINTS)] | None = None
    """Values of the axis, in order; 1 to 10000."""
    low: Number | None = None
    """First of the evenly spaced numbers."""
    high: Number | None = None
    """Last of the evenly spaced numbers, above `low`."""
    steps: Annotated[Whole, Field(ge=2, le=MAX_POINTS)] | None = None
    """Number of evenly spaced numbers, `low` and `high` included; 2 to 10000."""
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MAX_POINTS)] | None = None
    """Options of the axis, in order; 1 to 10000."""

    @property
    def name(self) -> str:
        """Name of the axis: its label, or its address."""
        return self.label or self.address or ""

    @property
    def length(self) -> int:
        """Number of positions on the axis."""
        return len(self.options or self.values or ()) or self.steps or 0

    @property
    def places(self) -> Iterator[tuple[Any, Option]]:
        """Every position: its value or label, and its option."""
        if self.options is not None:
            yield from ((option.label, option) for option in self.options)
            return
        for value in self.numbers if self.values is None else self.values:
            yield value, Option(label="-", changes=(change_at(self.address or "", self.by, value),))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The evenly spaced numbers, with exact ends; empty for another form."""
        if self.low is None or self.high is None or self.steps is None:
            return ()
        width = (self.high - self.low) / (self.steps - 1)
        return (*(self.low + width * step for step in range(self.steps - 1)), self.high)


class Input(Part):
    """An uncertain number at an address, from `low` to `high`."""

    address: Address
    """Address of the number: members/us/resources/money; `*` means every record of a list."""
    low: Number
    """Least value of the number."""
    high: Number
    """Greatest value of the number, above `low`."""
    by: By = "value"
    """How `low` and `high` change the present number: `value` replaces, `times` multiplies, `plus` adds. Default:
    value."""
    label: Label | None = None
    """Name of the input for readers, 1 to 200 characters. Default: the address."""

    @property
    def name(self) -> str:
        """Name of the input: its label, or its address."""
        return self.label or self.address


def change_at(address: str, by: By, value: Any) -> Change:  # noqa: ANN401  (any value of a document)
    """Return the change that replaces, multiplies or adds to the value at an address."""
    return Change.model_validate({"address": address, by: value})
