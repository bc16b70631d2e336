"""How burdens are to compare (MODEL C20, C30)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.quantities import NonNegative, Share


class _Sharing(Part):
    over: Literal["willing", "members"] = "willing"
    """Whose burdens compare: members willing in some activity that can run, or all."""


class Proportional(_Sharing):
    """Each pays its share by ability to pay, within a relative tolerance."""

    type: Literal["proportional"]
    """Shares by ability to pay."""
    tolerance: NonNegative = 0
    """Relative: 0.1 lets a share be a tenth above or below the fair one."""


class Gini(_Sharing):
    """Burdens relative to ability to pay are at most this unequal."""

    type: Literal["gini"]
    """A cap on inequality."""
    max: Share
    """Gini coefficient of relative burdens, 0 to 1."""


class Minimax(_Sharing):
    """The greatest burden is made as small as can be."""

    type: Literal["minimax"]
    """The most burdened first."""


class LexicographicMinimax(_Sharing):
    """The greatest burden is made as small as can be, then the next, and so on."""

    type: Literal["lexicographic_minimax"]
    """The most burdened first, then the next."""


class Benefit(_Sharing):
    """Nobody pays beyond a multiple of what it gains by its own threat assessment."""

    type: Literal["benefit"]
    """By what each gains."""
    max_ratio: NonNegative
    """M EUR per weighted risk point removed, as the member itself assesses the threat."""


BurdenSharing = Annotated[Proportional | Gini | Minimax | LexicographicMinimax | Benefit, Field(discriminator="type")]
