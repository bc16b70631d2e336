"""Scenarios, uncertain numbers, and the criterion that values a plan over several scenarios (MODEL C24, C25)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import ActivityId, ScenarioId, TheatreId
from models.quantities import AnyValue, Flag, NonNegative, Number, Share
from models.texts import Address


class Scenario(Entry):
    """A scenario: overrides and multipliers, with a probability."""

    id: ScenarioId
    """Id of the scenario, unique among scenarios."""
    probability: Share | None = None
    """Probability, 0 to 1. Either all scenarios have one and the sum is 1, or none has one. Default: equal
    probabilities."""
    overrides: dict[str, AnyValue] = {}
    """{address: value}: values that replace those of the problem in this scenario. Default: none."""
    effect_multiplier: dict[ActivityId, NonNegative] = {}
    """{activity: factor on its effect, at least 0}, applied after the overrides. Default: 1 for each activity."""
    risk_multiplier: dict[TheatreId, NonNegative] = {}
    """{theatre: factor on its risk, at least 0}, applied after the overrides. Default: 1 for each theatre."""


class Uniform(Part):
    """Uniform distribution: all values from `low` to `high` are equally likely."""

    type: Literal["uniform"]
    """Uniform distribution."""


class Triangular(Part):
    """Triangular distribution from `low` to `high`, with its peak at the mode."""

    type: Literal["triangular"]
    """Triangular distribution."""
    mode: Number
    """Most likely value, from `low` to `high`, in the unit of the number."""


class Normal(Part):
    """Normal distribution, truncated at `low` and `high`."""

    type: Literal["normal"]
    """Normal distribution."""
    mean: Number
    """Mean before truncation, in the unit of the number."""
    sd: NonNegative
    """Standard deviation before truncation, at least 0, in the unit of the number."""


Distribution = Annotated[Uniform | Triangular | Normal, Field(discriminator="type")]


class Uncertainty(Entry):
    """An uncertain number, which studies vary by default."""

    address: Address
    """Address of the number in the problem: members/us/resources/money."""
    low: Number
    """Least value, in the unit of the number."""
    high: Number
    """Greatest value, at least `low`, in the unit of the number."""
    distribution: Distribution = Uniform(type="uniform")
    """Distribution of the values from `low` to `high`. Default: uniform."""


class _Criterion(Part):
    recourse: Flag = False
    """Whether each scenario has separate amounts (recourse). Political decisions are always equal in all scenarios.
    Default: false."""


class Expected(_Criterion):
    """Expected value over the scenarios."""

    type: Literal["expected"]
    """Expected value."""


class WorstCase(_Criterion):
    """Value in the worst scenario."""

    type: Literal["worst_case"]
    """Worst case."""


class CVaR(_Criterion):
    """Conditional value at risk: the average over the worst scenarios, of total probability 1 - alpha."""

    type: Literal["cvar"]
    """Conditional value at risk."""
    alpha: Annotated[Number, Field(ge=0, lt=1)]
    """Confidence level, 0 to below 1: 0 averages over all scenarios, values near 1 over the worst only."""


class Regret(_Criterion):
    """Greatest shortfall of the plan from the best plan of each scenario."""

    type: Literal["regret"]
    """Greatest regret, which is minimised."""


class Budgeted(_Criterion):
    """Worst case in which up to gamma effects fall short by their `deviation` at once."""

    type: Literal["budgeted"]
    """Budgeted uncertainty of effects."""
    gamma: NonNegative
    """Number of effects (one per activity and period) that may fall short at once, at least 0."""


Criterion = Annotated[Expected | WorstCase | CVaR | Regret | Budgeted, Field(discriminator="type")]
