"""Number types with ranges. Every number of a document is finite; strings and booleans are never read as numbers."""

from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, AllowInfNan, Discriminator, Field, Strict, Tag
from pydantic_core import PydanticCustomError

from models.ids import DriverId, PeriodId

GREATEST_WHOLE = 2**53 - 1
"""Greatest integer that every JSON implementation reads exactly."""

Number = Annotated[float, Strict(), AllowInfNan(False)]  # noqa: FBT003
Whole = Annotated[int, Strict(), Field(le=GREATEST_WHOLE)]
Flag = Annotated[bool, Strict()]
NonNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
PositionValue = Annotated[Number, Field(ge=-2, le=2)]
"""Position of a member: -2 blocks, -1 abstains, 0 acquiesces, +1 supports and contributes, +2 champions."""


def _plain(value: Any) -> Any:  # noqa: ANN401  (any value of a document)
    """Return a JSON value with tuples as lists; raises `PydanticCustomError` for anything else."""
    match value:
        case None | bool():
            return value
        case int() if abs(value) <= GREATEST_WHOLE:
            return value
        case str() if value.isascii() or value.encode("utf-8", "ignore").decode() == value:
            return value
        case float() if isfinite(value):
            return value
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict() if all(isinstance(key, str) for key in value):
            return {key: _plain(entry) for key, entry in value.items()}
        case _:
            raise PydanticCustomError("invalid", "must be a JSON value")


AnyValue = Annotated[Any, AfterValidator(_plain)]
"""Any JSON value: the value of an override."""


def json_kind(value: Any) -> str:  # noqa: ANN401  (any value of a document)
    """Return the JSON kind of a value. It selects one form of a field with several, so errors come from that form."""
    match value:
        case bool():
            return "flag"
        case int() | float():
            return "number"
        case list() | tuple():
            return "list"
        case dict():
            return "object"
        case _:
            return "other"


def by_json_kind(expected: str) -> Discriminator:
    """Return a discriminator that selects the form of a field by JSON kind; `expected` lists the forms for messages."""
    return Discriminator(json_kind, custom_error_type="wrong_form", custom_error_message=expected)


FOR_EACH_PERIOD = "a number, a list with a number for each period, or an object {period: number}"
FOR_EACH_DRIVER = f"{FOR_EACH_PERIOD}, or an object {{driver: one of these}}"

PerPeriod = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[tuple[Number, ...], Tag("list")]
    | Annotated[dict[PeriodId, Number], Tag("object")],
    by_json_kind(FOR_EACH_PERIOD),
]
"""One number for all periods, a list in the order of the periods, or an object by period."""
NonNegativePerPeriod = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[tuple[NonNegative, ...], Tag("list")]
    | Annotated[dict[PeriodId, NonNegative], Tag("object")],
    by_json_kind(FOR_EACH_PERIOD),
]
PerDriver = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[tuple[NonNegative, ...], Tag("list")]
    | Annotated[dict[DriverId, NonNegativePerPeriod], Tag("object")],
    by_json_kind(FOR_EACH_DRIVER),
]
"""Risk by period (all keys of an object are periods), or an object by driver."""


def by_period(value: PerPeriod, periods: tuple[PeriodId, ...]) -> tuple[float, ...]:
    """Return the number of each period, in the order of `periods`. The problem has checked length and names."""
    if isinstance(value, dict):
        return tuple(float(value[period]) for period in periods)
    if isinstance(value, tuple):
        return tuple(float(number) for number in value)
    return (float(value),) * len(periods)
