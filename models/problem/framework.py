"""Frameworks under which activities run, and their rules of decision."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Entry, Part
from models.ids import FrameworkId, MemberId
from models.quantities import Flag, NonNegative, Positive, Share, Whole


class _Quorum(Part):
    """Quorum that any rule may add: enough participants, a lead nation, partners (MODEL C9)."""

    min_participants: Annotated[Whole, Field(ge=0)] = 0
    """Members that must take part, each with at least its `min_contribution`; at least 0. Default: 0."""
    lead_nations: tuple[MemberId, ...] = ()
    """Members of which at least one must take part. Default: no lead nation required."""
    min_partners: Annotated[Whole, Field(ge=0)] = 0
    """Partners that must contribute, at least 0. Default: 0."""


class Consensus(_Quorum):
    """One objection blocks an activity; abstention does not (MODEL C7)."""

    type: Literal["consensus"]
    """All members decide by consensus."""


class Majority(_Quorum):
    """A share of the votes, or also of the members, must be in favour; abstention counts against (MODEL C8)."""

    type: Literal["majority"]
    """A majority of the votes decides."""
    quota: Share
    """Share of all votes that must be in favour (position at least 0), 0 to 1."""
    quota_members: Share | None = None
    """Share of all members that must also be in favour, 0 to 1. Default: no such condition."""


class Participants(_Quorum):
    """Only the participants decide."""

    type: Literal["participants"]
    """The participants decide."""


class NoRule(_Quorum):
    """No member has to agree."""

    type: Literal["none"]
    """No decision is required."""


Rule = Annotated[Consensus | Majority | Participants | NoRule, Field(discriminator="type")]


class Framework(Entry):
    """A framework: alliance, coalition, partner-led, ad hoc. It affects the cost and the effect of a level."""

    id: FrameworkId
    """Id of the framework, unique among frameworks."""
    role: Literal["lead", "support"] = "support"
    """Role of the alliance under this framework. Default: support."""
    enabled: Flag = True
    """Whether activities may run under this framework. Default: true."""
    rule: Rule = Consensus(type="consensus")
    """Rule of decision, and quorum of participants. Default: consensus."""
    effect_multiplier: NonNegative = 1
    """Factor on the effect of a level under this framework, at least 0. Default: 1."""
    cost_multiplier: Positive = 1
    """Factor on the needs of a level under this framework, above 0. Default: 1."""


ALLIANCE = Framework(id=FrameworkId("alliance"))
