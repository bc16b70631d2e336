"""Rules of burden sharing (MODEL C20, C30)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.quantities import NonNegative, Share


class _Sharing(Part):
    over: Literal["willing", "members"] = "willing"
    """Members whose burdens are compared: `willing` for those willing in at least one activity that can run, `members`
    for all. Default: willing."""


class Proportional(_Sharing):
    """Each member pays its share by ability to pay, within a relative tolerance."""

    type: Literal["proportional"]
    """Shares proportional to ability to pay."""
    tolerance: NonNegative = 0
    """Relative tolerance, at least 0: with 0.1, a share may be 10 % above or below the fair share. Default: 0."""


class Gini(_Sharing):
    """Inequality of the relative burdens is at most `max`."""

    type: Literal["gini"]
    """Cap on the Gini coefficient."""
    max: Share
    """Greatest Gini coefficient of the relative burdens (cost over ability to pay), 0 to 1."""


class Minimax(_Sharing):
    """The greatest relative burden is minimised."""

    type: Literal["minimax"]
    """Minimise the greatest relative burden."""


class LexicographicMinimax(_Sharing):
    """The greatest relative burden is minimised, then the second greatest, and so on."""

    type: Literal["lexicographic_minimax"]
    """Minimise the relative burdens in order, the greatest first."""


class Benefit(_Sharing):
    """No member pays more than a multiple of its gain by its own threat assessment."""

    type: Literal["benefit"]
    """Cap by each member's gain."""
    max_ratio: NonNegative
    """Greatest cost in M EUR per risk point removed, weighted by the member's own threat assessment; at least 0."""


BurdenSharing = Annotated[Proportional | Gini | Minimax | LexicographicMinimax | Benefit, Field(discriminator="type")]
