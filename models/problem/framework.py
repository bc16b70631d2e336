"""Under which flag an activity runs, and how that flag decides."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import FrameworkId, MemberId
from models.quantities import Flag, NonNegative, Positive, Share, Whole


class _Quorum(Part):
    """What any rule may ask in addition: enough of the willing, a lead nation, partners (MODEL C9)."""

    min_participants: Annotated[Whole, Field(ge=0)] = 0
    """Members that must take part, each with at least its min_contribution."""
    lead_nations: tuple[MemberId, ...] = ()
    """Members of whom at least one must take part."""
    min_partners: Annotated[Whole, Field(ge=0)] = 0
    """Partners that must contribute."""


class Consensus(_Quorum):
    """One objection blocks; abstention does not (MODEL C7)."""

    type: Literal["consensus"]
    """All decide."""


class Majority(_Quorum):
    """A share of the votes, and in addition of the heads, must be in favour; abstaining counts against (MODEL C8)."""

    type: Literal["majority"]
    """Votes decide."""
    quota: Share
    """Share of all votes that must be in favour (position 0 or above)."""
    quota_members: Share | None = None
    """Share of all members that must be in favour, in addition. Default: none."""


class Participants(_Quorum):
    """Only those who take part decide."""

    type: Literal["participants"]
    """Those who take part decide."""


class NoRule(_Quorum):
    """Nobody has to agree."""

    type: Literal["none"]
    """Nobody decides."""


Rule = Annotated[Consensus | Majority | Participants | NoRule, Field(discriminator="type")]


class Framework(Entry):
    """A flag: alliance, coalition, partner-led, ad hoc. It changes what effort costs and achieves."""

    id: FrameworkId
    """Its name in this document."""
    role: Literal["lead", "support"] = "support"
    """Whether the alliance leads under this flag or supports."""
    enabled: Flag = True
    """Whether it can be used at all."""
    rule: Rule = Consensus(type="consensus")
    """Who has to agree, and how many have to take part."""
    effect_multiplier: NonNegative = 1
    """What the same level achieves under this flag, >= 0."""
    cost_multiplier: Positive = 1
    """What the same level needs under this flag, > 0."""


ALLIANCE = Framework(id=FrameworkId("alliance"))
