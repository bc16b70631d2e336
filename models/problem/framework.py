"""Under which flag an activity runs, and how that flag decides."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import FrameworkId, MemberId
from models.quantities import Flag, NonNegative, Positive, Share, Whole


class _Quorum(Part):
    """What any rule may ask in addition: enough of the willing, a lead nation, partners (MODEL C9)."""

    min_participants: Annotated[Whole, Field(ge=0)] = 0
    lead_nations: tuple[MemberId, ...] = ()
    min_partners: Annotated[Whole, Field(ge=0)] = 0


class Consensus(_Quorum):
    """One objection blocks; abstention does not (MODEL C7)."""

    type: Literal["consensus"]


class Majority(_Quorum):
    """A share of the votes, and in addition of the heads, must be in favour; an abstention counts against (MODEL C8)."""

    type: Literal["majority"]
    quota: Share
    quota_members: Share | None = None


class Participants(_Quorum):
    """Only those who take part decide."""

    type: Literal["participants"]


class NoRule(_Quorum):
    """Nobody has to agree."""

    type: Literal["none"]


Rule = Annotated[Consensus | Majority | Participants | NoRule, Field(discriminator="type")]


class Framework(Entry):
    """A flag: alliance, coalition, partner-led, ad hoc. It changes what effort costs and achieves."""

    id: FrameworkId
    role: Literal["lead", "support"] = "support"
    enabled: Flag = True
    rule: Rule = Consensus(type="consensus")
    effect_multiplier: NonNegative = 1
    cost_multiplier: Positive = 1


ALLIANCE = Framework(id=FrameworkId("alliance"))
