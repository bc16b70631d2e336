"""Contributors: the members of the alliance, and the partners outside it."""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Tag, model_validator
from pydantic_core import PydanticCustomError

from models.base import Entry, Part
from models.ids import ActivityId, AnyId, FrameworkId, MemberId, PartnerId, ResourceId, TheatreId
from models.quantities import NonNegative, NonNegativePerPeriod, PositionValue, Positive, Share, by_json_kind

P = TypeVar("P", bound=Part)

Stake = Annotated[
    Annotated[NonNegative, Tag("number")] | Annotated[dict[ActivityId, NonNegative], Tag("object")],
    by_json_kind("a number, or an object {activity: number}"),
]


class Caveat(Entry):
    """A national caveat: a cap on a level that applies if the member takes part (MODEL C37)."""

    activity: ActivityId | None = None
    """Activity of the caveat; give either this or `theatre`."""
    theatre: TheatreId | None = None
    """Theatre of the caveat; give either this or `activity`."""
    max_level: NonNegative
    """Greatest level, at least 0."""
    frameworks: tuple[FrameworkId, ...] | None = None
    """Frameworks under which the caveat applies. Default: all."""
    scope: Literal["own", "activity"] = "own"
    """What the caveat caps: `own` for the level that this member supports, `activity` for the whole activity if the
    member takes part. Default: own."""

    @model_validator(mode="after")
    def _has_one_place(self) -> Self:
        return require_one_of(self, "activity", "theatre")

    @property
    def place(self) -> AnyId:
        """Id of the activity or theatre of the caveat."""
        return self.activity or self.theatre or ""


class Contributor(Entry):
    """Fields of members and partners: endowments, and the least contribution that counts as taking part."""

    resources: dict[ResourceId, NonNegativePerPeriod] = {}
    """{resource: units in each period}, at least 0. Default: no resources."""
    min_contribution: Stake = 0.0
    """Contribution in M EUR a period (resources valued at `unit_cost`) from which the contributor takes part, at least
    0: one number, or {activity: number}. Must be above 0 for contributors that a rule counts. Default: 0."""
    productivity: Positive = 1
    """Factor on what a unit of its resources achieves, above 0. Default: 1."""

    def stake(self, activity: ActivityId) -> float:
        """Return the contribution in M EUR a period from which the contributor counts as taking part in `activity`."""
        if isinstance(self.min_contribution, dict):
            return self.min_contribution.get(activity, 0)
        return self.min_contribution


class Member(Contributor):
    """A sovereign member of the alliance: it votes, objects, stands aside or contributes."""

    id: MemberId
    """Id of the member, unique among members and partners."""
    ability_to_pay: Positive = 1
    """Key for comparing burdens, above 0, in any unit: GDP, population, a cost share. Default: 1."""
    votes: NonNegative = 1
    """Votes under majority rules, at least 0. Default: 1."""
    objects_below: PositionValue = -1
    """Position below which the member objects, -2 to `contributes_from`. Default: -1."""
    contributes_from: PositionValue = 1
    """Position from which the member contributes, `objects_below` to 2. Default: 1."""
    caveats: tuple[Caveat, ...] = ()
    """National caveats. Default: none."""
    threat: dict[TheatreId, Share] | None = None
    """{theatre: own threat assessment t, 0 to 1}; the position is 4t - 2 if no position is stated. Default: none."""

    @model_validator(mode="after")
    def _objects_below_contributes_from(self) -> Self:
        if self.objects_below > self.contributes_from:
            raise PydanticCustomError(
                "contradiction",
                "objects_below ({objects}) is above contributes_from ({contributes}): "
                "the member would object to activities that it pays for",
                {"objects": self.objects_below, "contributes": self.contributes_from},
            )
        return self


class CoordinationCost(Part):
    """Cost of coordinating with a partner, paid by willing members (MODEL C6)."""

    resource: ResourceId
    """Resource in which the cost is paid."""
    amount: NonNegative
    """Units of the resource in each period in which the partner contributes, at least 0."""


class Partner(Contributor):
    """An organisation or state outside the alliance that contributes, without vote or position."""

    id: PartnerId
    """Id of the partner, unique among members and partners."""
    coordination_cost: CoordinationCost | None = None
    """Cost of coordinating with the partner. Default: none."""


def require_one_of(part: P, first: str, second: str) -> P:
    """Return `part` if exactly one of two fields is given; raises `PydanticCustomError` (`one_of`) otherwise."""
    if (getattr(part, first) is None) == (getattr(part, second) is None):
        raise PydanticCustomError(
            "one_of", "give either {first} or {second}, not both", {"first": first, "second": second}
        )
    return part
