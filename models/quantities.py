"""Numbers with a range. Every number of a document is finite; texts and booleans are never taken for numbers."""

from math import isfinite
from typing import Annotated, Any

from pydantic import AfterValidator, AllowInfNan, Discriminator, Field, Strict, Tag
from pydantic_core import PydanticCustomError

from models.ids import DriverId, PeriodId

GREATEST_WHOLE = 2**53 - 1
"""The greatest whole number that JSON carries everywhere without rounding it."""

Number = Annotated[float, Strict(), AllowInfNan(False)]  # noqa: FBT003
Whole = Annotated[int, Strict(), Field(le=GREATEST_WHOLE)]
Flag = Annotated[bool, Strict()]
NonNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
PositionValue = Annotated[Number, Field(ge=-2, le=2)]
"""How a member stands: -2 blocks, -1 abstains, 0 acquiesces, +1 supports and contributes, +2 champions."""


def _plain(value: Any) -> Any:  # noqa: ANN401  (any value of a document)
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
            return [_plain(one) for one in value]
        case dict() if all(isinstance(key, str) for key in value):
            return {key: _plain(one) for key, one in value.items()}
        case _:
            raise PydanticCustomError("invalid", "must be a JSON value")


AnyValue = Annotated[Any, AfterValidator(_plain)]
"""Any value of a document: what an override puts at an address."""


def json_kind(value: Any) -> str:  # noqa: ANN401  (any value of a document)
    """What kind of JSON value it is: it picks one form of a field that has several, so that errors come from one."""
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


def one_kind(expected: str) -> Discriminator:
    """Choose among the forms of a value by its JSON kind; `expected` tells a person the forms there are."""
    return Discriminator(json_kind, custom_error_type="wrong_form", custom_error_message=expected)


FOR_EACH_PERIOD = "a number, a list with a number for each period, or an object {period: number}"
FOR_EACH_DRIVER = f"{FOR_EACH_PERIOD}, or an object {{driver: one of these}}"

PerPeriod = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[tuple[Number, ...], Tag("list")]
    | Annotated[dict[PeriodId, Number], Tag("object")],
    one_kind(FOR_EACH_PERIOD),
]
"""One number for all periods, one for each in order, or one for each by name."""
NonNegativePerPeriod = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[tuple[NonNegative, ...], Tag("list")]
    | Annotated[dict[PeriodId, NonNegative], Tag("object")],
    one_kind(FOR_EACH_PERIOD),
]
PerDriver = Annotated[
    Annotated[NonNegative, Tag("number")]
    | Annotated[tuple[NonNegative, ...], Tag("list")]
    | Annotated[dict[DriverId, NonNegativePerPeriod], Tag("object")],
    one_kind(FOR_EACH_DRIVER),
]
"""Risk: per period (then an object's keys are all periods), or one such number for each driver by name."""


def by_period(value: PerPeriod, periods: tuple[PeriodId, ...]) -> tuple[float, ...]:
    """The number of each period, in the order of `periods`; the length and names were checked with the problem."""
    if isinstance(value, dict):
        return tuple(float(value[period]) for period in periods)
    if isinstance(value, tuple):
        return tuple(float(number) for number in value)
    return (float(value),) * len(periods)
