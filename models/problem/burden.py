"""How burdens are to compare (MODEL C20, C30)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.quantities import NonNegative, Share


class _Sharing(Part):
    over: Literal["willing", "members"] = "willing"


class Proportional(_Sharing):
    """Each pays its share by ability to pay, within a relative tolerance."""

    type: Literal["proportional"]
    tolerance: NonNegative = 0


class Gini(_Sharing):
    """Burdens relative to ability to pay are at most this unequal."""

    type: Literal["gini"]
    max: Share


class Minimax(_Sharing):
    """The greatest burden is made as small as can be."""

    type: Literal["minimax"]


class LexicographicMinimax(_Sharing):
    """The greatest burden is made as small as can be, then the next, and so on."""

    type: Literal["lexicographic_minimax"]


class Benefit(_Sharing):
    """Nobody pays beyond a multiple of what it gains by its own threat assessment."""

    type: Literal["benefit"]
    max_ratio: NonNegative


BurdenSharing = Annotated[Proportional | Gini | Minimax | LexicographicMinimax | Benefit, Field(discriminator="type")]
