"""Possible futures, what is uncertain, and how a plan is judged against more than one future (MODEL C24, C25)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import ActivityId, ScenarioId, TheatreId
from models.quantities import AnyValue, Flag, NonNegative, Number, Share


class Scenario(Entry):
    """A possible future: named overrides and multipliers, with a probability."""

    id: ScenarioId
    """Its name in this document."""
    probability: Share | None = None
    """0 to 1; all scenarios have one and they sum to 1, or none has one: equal."""
    overrides: dict[str, AnyValue] = {}
    """{address: value}: what is different in this future."""
    effect_multiplier: dict[ActivityId, NonNegative] = {}
    """{activity: factor on its effect}, after the overrides. Default: 1."""
    risk_multiplier: dict[TheatreId, NonNegative] = {}
    """{theatre: factor on its risk}, after the overrides. Default: 1."""


class Uniform(Part):
    """Every value between low and high is as likely."""

    type: Literal["uniform"]
    """Flat."""


class Triangular(Part):
    """Most likely at the mode."""

    type: Literal["triangular"]
    """Peaked."""
    mode: Number
    """The most likely value, from low to high."""


class Normal(Part):
    """A bell around the mean, cut at low and high."""

    type: Literal["normal"]
    """Bell-shaped."""
    mean: Number
    """The middle of the bell."""
    sd: NonNegative
    """Standard deviation, >= 0."""


Distribution = Annotated[Uniform | Triangular | Normal, Field(discriminator="type")]


class Uncertainty(Entry):
    """A number that studies vary unless told otherwise."""

    address: str
    """Where the number stands in the problem: members/us/resources/money."""
    low: Number
    """The least value, in the unit of the number."""
    high: Number
    """The greatest value, at least `low`."""
    distribution: Distribution = Uniform(type="uniform")
    """How likely the values between are."""


class _Criterion(Part):
    recourse: Flag = False
    """Whether amounts are decided anew in each future (the choices of politics are made now in any case)."""


class Expected(_Criterion):
    """The average over the futures."""

    type: Literal["expected"]
    """The average."""


class WorstCase(_Criterion):
    """The least favourable future."""

    type: Literal["worst_case"]
    """The worst."""


class CVaR(_Criterion):
    """The average of the worst futures, a share 1 - alpha of them."""

    type: Literal["cvar"]
    """The average of the worst."""
    alpha: Annotated[Number, Field(ge=0, lt=1)]
    """0: all futures; towards 1: only the very worst."""


class Regret(_Criterion):
    """How far a plan falls behind what would have been best, in the worst future."""

    type: Literal["regret"]
    """The greatest regret, minimised."""


class Budgeted(_Criterion):
    """Up to gamma instruments disappoint at once."""

    type: Literal["budgeted"]
    """Robust against some disappointments."""
    gamma: NonNegative
    """How many activities times periods may disappoint at once."""


Criterion = Annotated[Expected | WorstCase | CVaR | Regret | Budgeted, Field(discriminator="type")]
