"""Possible futures, what is uncertain, and how a plan is judged against more than one future (MODEL C24, C25)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import ActivityId, ScenarioId, TheatreId
from models.quantities import Flag, NonNegative, Number, Share


class Scenario(Entry):
    """A possible future: named overrides and multipliers, with a probability."""

    id: ScenarioId
    probability: Share | None = None
    overrides: dict[str, Any] = {}
    effect_multiplier: dict[ActivityId, NonNegative] = {}
    risk_multiplier: dict[TheatreId, NonNegative] = {}


class Uniform(Part):
    """Every value between low and high is as likely."""

    type: Literal["uniform"]


class Triangular(Part):
    """Most likely at the mode."""

    type: Literal["triangular"]
    mode: Number


class Normal(Part):
    """A bell around the mean, cut at low and high."""

    type: Literal["normal"]
    mean: Number
    sd: NonNegative


Distribution = Annotated[Uniform | Triangular | Normal, Field(discriminator="type")]


class Uncertainty(Entry):
    """A number that studies vary unless told otherwise."""

    address: str
    low: Number
    high: Number
    distribution: Distribution = Uniform(type="uniform")


class _Criterion(Part):
    recourse: Flag = False


class Expected(_Criterion):
    """The average over the futures."""

    type: Literal["expected"]


class WorstCase(_Criterion):
    """The least favourable future."""

    type: Literal["worst_case"]


class CVaR(_Criterion):
    """The average of the worst futures, a share 1 - alpha of them."""

    type: Literal["cvar"]
    alpha: Annotated[Number, Field(ge=0, lt=1)]


class Regret(_Criterion):
    """How far a plan falls behind what would have been best, in the worst future."""

    type: Literal["regret"]


class Budgeted(_Criterion):
    """Up to gamma instruments disappoint at once."""

    type: Literal["budgeted"]
    gamma: NonNegative


Criterion = Annotated[Expected | WorstCase | CVaR | Regret | Budgeted, Field(discriminator="type")]
