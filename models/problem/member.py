"""Who gives: the members of the alliance, and the partners outside it."""

from typing import Literal, Self, TypeVar

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, FrameworkId, MemberId, PartnerId, ResourceId, TheatreId
from models.quantities import NonNegative, NonNegativePerPeriod, PositionValue, Positive, Share

P = TypeVar("P", bound=Part)


class Caveat(Entry):
    """A national caveat: a cap on a level that binds when the nation takes part (MODEL C37)."""

    activity: ActivityId | None = None
    theatre: TheatreId | None = None
    max_level: NonNegative
    frameworks: tuple[FrameworkId, ...] | None = None
    scope: Literal["own", "activity"] = "own"

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        return one_of(self, "activity", "theatre")

    @property
    def place(self) -> AnyId:
        """The activity or the theatre that the caveat speaks of."""
        return self.activity or self.theatre or ""


class Contributor(Entry):
    """What members and partners have in common: means, and the stake from which giving counts as taking part."""

    resources: dict[ResourceId, NonNegativePerPeriod] = {}
    min_contribution: NonNegative | dict[ActivityId, NonNegative] = 0
    productivity: Positive = 1

    def stake(self, activity: ActivityId) -> float:
        """M EUR a period, valued at unit cost, from which the contributor counts as taking part in `activity`."""
        if isinstance(self.min_contribution, dict):
            return self.min_contribution.get(activity, 0)
        return self.min_contribution


class Member(Contributor):
    """A sovereign member: it votes, objects, stands aside or gives."""

    id: MemberId
    ability_to_pay: Positive = 1
    votes: NonNegative = 1
    objects_below: PositionValue = -1
    contributes_from: PositionValue = 1
    caveats: tuple[Caveat, ...] = ()
    threat: dict[TheatreId, Share] | None = None

    @model_validator(mode="after")
    def _objects_below_what_it_supports(self) -> Self:
        if self.objects_below > self.contributes_from:
            raise PydanticCustomError(
                "contradiction",
                "objects_below ({objects}) is above contributes_from ({contributes}): the member would object to what it pays for",
                {"objects": self.objects_below, "contributes": self.contributes_from},
            )
        return self


class CoordinationCost(Part):
    """What it takes to harness a partner, paid by willing members (MODEL C6)."""

    resource: ResourceId
    amount: NonNegative


class Partner(Contributor):
    """An organisation or state outside the alliance that contributes; it has no vote and no position."""

    id: PartnerId
    coordination_cost: CoordinationCost | None = None


def one_of(part: P, first: str, second: str) -> P:
    """Return `part` if exactly one of two of its fields is given; raises `one_of_two` otherwise."""
    if (getattr(part, first) is None) == (getattr(part, second) is None):
        raise PydanticCustomError(
            "one_of_two", "give either {first} or {second}, and not both", {"first": first, "second": second}
        )
    return part
