"""Numbers with a range. Every number of a document is finite; texts and booleans are never taken for numbers."""

from typing import Annotated

from pydantic import AllowInfNan, Field, Strict

from models.ids import PeriodId

Number = Annotated[float, Strict(), AllowInfNan(False)]  # noqa: FBT003
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
NonNegative = Annotated[Number, Field(ge=0)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(ge=0, le=1)]
PositionValue = Annotated[Number, Field(ge=-2, le=2)]
"""How a member stands: -2 blocks, -1 abstains, 0 acquiesces, +1 supports and contributes, +2 champions."""

PerPeriod = Number | tuple[Number, ...] | dict[PeriodId, Number]
"""One number for all periods, one for each in order, or one for each by name."""
NonNegativePerPeriod = NonNegative | tuple[NonNegative, ...] | dict[PeriodId, NonNegative]


def by_period(value: PerPeriod, periods: tuple[PeriodId, ...]) -> tuple[float, ...]:
    """The number of each period, in the order of `periods`; the length and names were checked with the problem."""
    if isinstance(value, dict):
        return tuple(float(value[period]) for period in periods)
    if isinstance(value, tuple):
        return tuple(float(number) for number in value)
    return (float(value),) * len(periods)
