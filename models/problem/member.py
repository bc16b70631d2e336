"""Who gives: the members of the alliance, and the partners outside it."""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Tag, model_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, FrameworkId, MemberId, PartnerId, ResourceId, TheatreId
from models.quantities import NonNegative, NonNegativePerPeriod, PositionValue, Positive, Share, one_kind

P = TypeVar("P", bound=Part)

Stake = Annotated[
    Annotated[NonNegative, Tag("number")] | Annotated[dict[ActivityId, NonNegative], Tag("object")],
    one_kind("a number, or an object {activity: number}"),
]


class Caveat(Entry):
    """A national caveat: a cap on a level that binds when the nation takes part (MODEL C37)."""

    activity: ActivityId | None = None
    """The activity it speaks of; either this or `theatre`."""
    theatre: TheatreId | None = None
    """The theatre it speaks of; either this or `activity`."""
    max_level: NonNegative
    """The greatest level, >= 0."""
    frameworks: tuple[FrameworkId, ...] | None = None
    """Frameworks under which it binds. Default: all."""
    scope: Literal["own", "activity"] = "own"
    """Whether it caps what this member supports, or the whole activity once the member takes part."""

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
    """{resource: units it has in a period}, >= 0."""
    min_contribution: Stake = 0.0
    """M EUR a period, valued at unit_cost, from which giving counts as taking part; one number or {activity: number}.
    Above 0 for whoever a rule counts."""
    productivity: Positive = 1
    """What a unit of its resources is worth beside others', > 0."""

    def stake(self, activity: ActivityId) -> float:
        """M EUR a period, valued at unit cost, from which the contributor counts as taking part in `activity`."""
        if isinstance(self.min_contribution, dict):
            return self.min_contribution.get(activity, 0)
        return self.min_contribution


class Member(Contributor):
    """A sovereign member: it votes, objects, stands aside or gives."""

    id: MemberId
    """Its name in this document; also unique among partners."""
    ability_to_pay: Positive = 1
    """The key by which burdens compare: GDP, population, a cost share; any unit, > 0."""
    votes: NonNegative = 1
    """Its votes where a majority decides, >= 0."""
    objects_below: PositionValue = -1
    """Position strictly below which it objects, -2 to contributes_from."""
    contributes_from: PositionValue = 1
    """Position from which on it gives, objects_below to 2."""
    caveats: tuple[Caveat, ...] = ()
    """National caveats."""
    threat: dict[TheatreId, Share] | None = None
    """{theatre: own threat assessment, 0 to 1}; gives position 4t - 2 where none is stated. Default: none."""

    @model_validator(mode="after")
    def _objects_below_what_it_supports(self) -> Self:
        if self.objects_below > self.contributes_from:
            raise PydanticCustomError(
                "contradiction",
                "objects_below ({objects}) is above contributes_from ({contributes}): "
                "the member would object to what it pays for",
                {"objects": self.objects_below, "contributes": self.contributes_from},
            )
        return self


class CoordinationCost(Part):
    """What it takes to harness a partner, paid by willing members (MODEL C6)."""

    resource: ResourceId
    """In which resource it is paid."""
    amount: NonNegative
    """Units a period while the partner is used, >= 0."""


class Partner(Contributor):
    """An organisation or state outside the alliance that contributes; it has no vote and no position."""

    id: PartnerId
    """Its name in this document; also unique among members."""
    coordination_cost: CoordinationCost | None = None
    """What harnessing it takes. Default: nothing."""


def one_of(part: P, first: str, second: str) -> P:
    """Return `part` if exactly one of two of its fields is given; raises `one_of` otherwise."""
    if (getattr(part, first) is None) == (getattr(part, second) is None):
        raise PydanticCustomError(
            "one_of", "give either {first} or {second}, and not both", {"first": first, "second": second}
        )
    return part
