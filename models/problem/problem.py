"""The problem: the document a person submits, checked for shape and references, with its readings."""

from functools import cached_property
from itertools import islice
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ModelWrapValidatorHandler, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from models.base import Part
from models.ids import (
    ActivityId,
    ContributorId,
    DriverId,
    FrameworkId,
    MemberId,
    PartnerId,
    PeriodId,
    ResourceId,
    TheatreId,
)
from models.problem.activity import Activity, Alternatives, Investment, Synergy
from models.problem.baseline import Baseline
from models.problem.burden import BurdenSharing
from models.problem.defaults import fill_defaults
from models.problem.framework import ALLIANCE, Framework
from models.problem.member import Contributor, Member, Partner
from models.problem.objective import DEFAULT_OBJECTIVES, Objective
from models.problem.policy import Policy
from models.problem.politics import Cascade, Concessions, Divergence, Position, Rivalry, Spoiler, Withdrawal
from models.problem.positions import Stances, Standing, standing
from models.problem.references import findings
from models.problem.resource import MONEY, Resource
from models.problem.scenario import Criterion, Expected, Scenario, Uncertainty
from models.problem.theatre import Theatre
from models.quantities import PositionValue, Positive

MAX_RECORDS = 2_000
"""Records of one list: an order of magnitude above the largest alliance and portfolio that the solver can serve."""
MAX_PERIODS = 60
MAX_FINDINGS = 200
"""Contradictions that are looked for before the document is handed back."""
MAX_POSITIONS = 100_000
"""Every member on every activity, at the greatest size that is served."""


class Problem(Part):
    """An alliance, its theatres, what could be done, what is allowed (schema `concord.problem/1`).

    Raises pydantic's `ValidationError`, which `models.reading.read_problem` turns into `InvalidDocument`.
    """

    schema_: Annotated[Literal["concord.problem/1"], Field(alias="schema")]
    """Which kind of document this is."""
    title: str = ""
    """What the problem is called where people read it."""
    notes: str = ""
    """Anything worth telling a reader; no effect on the plan."""
    defaults: dict[Literal["members", "activities"], dict[str, Any]] = {}
    """{members: {…}, activities: {…}}: fields for every record that does not say otherwise; a default fills a whole
    field."""
    periods: Annotated[tuple[PeriodId, ...], Field(min_length=1, max_length=MAX_PERIODS)] = (PeriodId("p1"),)
    """The periods of the horizon, in order; 1 to 60."""
    discount: Annotated[Positive, Field(le=1)] = 1
    """What a risk point of the next period is worth beside one of this period, above 0 to 1."""
    resources: Annotated[tuple[Resource, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (MONEY,)
    """What can be given. Default: money, in M EUR."""
    members: Annotated[tuple[Member, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """The members of the alliance."""
    partners: Annotated[tuple[Partner, ...], Field(max_length=MAX_RECORDS)] = ()
    """Organisations or states outside the alliance that contribute."""
    theatres: Annotated[tuple[Theatre, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """The regions the alliance cares about."""
    activities: Annotated[tuple[Activity, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """What could be done."""
    frameworks: Annotated[tuple[Framework, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (ALLIANCE,)
    """The flags under which activities run. Default: the alliance, by consensus."""
    positions: Annotated[tuple[Position, ...], Field(max_length=MAX_POSITIONS)] = ()
    """How members stand on activities and theatres; the most specific wins."""
    default_position: PositionValue = 1
    """The position of a member on what nothing is said about, -2 to 2."""
    concessions: Concessions | None = None
    """Political capital. Default: none, nothing can be bought."""
    cascades: Annotated[tuple[Cascade, ...], Field(max_length=MAX_RECORDS)] = ()
    """Who follows whom out."""
    withdrawn: Annotated[tuple[Withdrawal, ...], Field(max_length=MAX_RECORDS)] = ()
    """Who is gone, from where."""
    spoilers: Annotated[tuple[Spoiler, ...], Field(max_length=MAX_RECORDS)] = ()
    """Outside actors that lower effects or consent."""
    rivalries: Annotated[tuple[Rivalry, ...], Field(max_length=MAX_RECORDS)] = ()
    """Contributors that do not serve together, or at a price; one record a pair."""
    divergence: Divergence | None = None
    """How far apart the participants of one activity may stand. Default: no limit."""
    burden_sharing: BurdenSharing | None = None
    """How burdens are to compare. Default: no rule."""
    synergies: Annotated[tuple[Synergy, ...], Field(max_length=MAX_RECORDS)] = ()
    """Effects won only when two activities run."""
    alternatives: Annotated[tuple[Alternatives, ...], Field(max_length=MAX_RECORDS)] = ()
    """Instruments that exclude each other."""
    investments: Annotated[tuple[Investment, ...], Field(max_length=MAX_RECORDS)] = ()
    """Capability that can be bought before it is used."""
    policy: Policy = Policy()
    """What the alliance has decided."""
    baseline: Baseline | None = None
    """What is done today. Default: nothing to compare with."""
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=MAX_RECORDS)] = ()
    """Possible futures. Default: one, as the problem says."""
    uncertainty: Annotated[tuple[Uncertainty, ...], Field(max_length=MAX_RECORDS)] = ()
    """Numbers that studies vary unless told otherwise."""
    criterion: Criterion = Expected(type="expected")
    """What risk_reduction means when there are several futures."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = DEFAULT_OBJECTIVES
    """What is wanted, in order. Default: the most risk reduction, then the least cost."""

    _document: dict[str, Any] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_the_document(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        if not isinstance(data, dict):
            return handler(data)
        problem = handler(fill_defaults(data))
        problem._document = data  # noqa: SLF001  (pydantic freezes fields, not private attributes)
        return problem

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        found = tuple(islice(findings(self), MAX_FINDINGS))
        if found:
            raise PydanticCustomError("findings", "the document contradicts itself", {"findings": found})
        return self

    @property
    def document(self) -> dict[str, Any]:
        """The document as it was sent: what overrides are applied to (defaults not yet filled in)."""
        return self._document

    @cached_property
    def member(self) -> dict[MemberId, Member]:
        """Members by id."""
        return {member.id: member for member in self.members}

    @cached_property
    def partner(self) -> dict[PartnerId, Partner]:
        """Partners by id."""
        return {partner.id: partner for partner in self.partners}

    @cached_property
    def contributor(self) -> dict[ContributorId, Contributor]:
        """Members, then partners, by id."""
        return {
            **{ContributorId(member.id): member for member in self.members},
            **{ContributorId(partner.id): partner for partner in self.partners},
        }

    @cached_property
    def resource(self) -> dict[ResourceId, Resource]:
        """Resources by id."""
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def theatre(self) -> dict[TheatreId, Theatre]:
        """Theatres by id."""
        return {theatre.id: theatre for theatre in self.theatres}

    @cached_property
    def activity(self) -> dict[ActivityId, Activity]:
        """Activities by id."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def framework(self) -> dict[FrameworkId, Framework]:
        """Frameworks by id."""
        return {framework.id: framework for framework in self.frameworks}

    @cached_property
    def risk(self) -> dict[TheatreId, dict[DriverId, tuple[float, ...]]]:
        """Baseline risk in points: theatre, driver, then a number for each period.

        A risk object whose keys are all periods is per period; any other is per driver.
        """
        return {theatre.id: theatre.risk_by_driver(self.periods) for theatre in self.theatres}

    @cached_property
    def _standing(self) -> Standing:
        return standing(self.members, self.activities, self.positions, self.default_position)

    def position(self, member: MemberId, activity: ActivityId, framework: FrameworkId) -> float:
        """How a member stands on an activity under a framework, -2 to +2: the most specific statement wins.

        Activity and framework, activity, theatre and framework, theatre; then the member's threat assessment of the
        theatre (4t - 2); then `default_position`.
        """
        return self._standing.stances(activity, framework)[member]

    def stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        """The positions of all members, in their order."""
        return self._standing.stances(activity, framework)

    def frameworks_of(self, activity: Activity) -> tuple[FrameworkId, ...]:
        """Under which frameworks an activity could run: those it names, else the first."""
        return (self.frameworks[0].id,) if activity.frameworks is None else activity.frameworks
