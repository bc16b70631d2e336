"""The document of a problem, validated for shape and references, with indexes by id.

Validation raises pydantic's `ValidationError`; `models.reading.read_problem` turns it into `InvalidDocument`.
"""

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
from models.problem.positions import PositionIndex, Stances, index_positions
from models.problem.references import findings
from models.problem.resource import MONEY, Resource
from models.problem.scenario import Criterion, Expected, Scenario, Uncertainty
from models.problem.theatre import Theatre
from models.quantities import PositionValue, Positive
from models.texts import Line, Remarks

MAX_RECORDS = 2_000
"""Greatest number of records of one list: ten times the largest problem that the solver can handle."""
MAX_PERIODS = 60
MAX_FINDINGS = 200
"""Contradictions after which the search for further ones stops."""
MAX_POSITIONS = 100_000
"""Greatest number of positions: every member on every activity of the largest problem."""


class Problem(Part):
    """A problem: an alliance, its theatres, possible activities, and constraints (schema `concord.problem/1`)."""

    schema_: Annotated[Literal["concord.problem/1"], Field(alias="schema")]
    """Kind of document: `concord.problem/1`."""
    title: Line = ""
    """Name of the problem for readers. Default: empty."""
    notes: Remarks = ""
    """Remarks for readers; no effect on the plan. Default: empty."""
    defaults: dict[Literal["members", "activities"], dict[str, Any]] = {}
    """{members: {…}, activities: {…}}: values for the fields that a record leaves out; each value fills a whole field.
    Default: none."""
    periods: Annotated[tuple[PeriodId, ...], Field(min_length=1, max_length=MAX_PERIODS)] = (PeriodId("p1"),)
    """Ids of the periods of the horizon, in order; 1 to 60. Default: one period, p1."""
    discount: Annotated[Positive, Field(le=1)] = 1
    """Discount factor per period: value of a risk point relative to one of the previous period, above 0, at most 1.
    Default: 1."""
    resources: Annotated[tuple[Resource, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (MONEY,)
    """Resources that contributors give; 1 to 2000. Default: money, in M EUR."""
    members: Annotated[tuple[Member, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """Members of the alliance; 1 to 2000."""
    partners: Annotated[tuple[Partner, ...], Field(max_length=MAX_RECORDS)] = ()
    """Organisations or states outside the alliance that contribute; at most 2000. Default: none."""
    theatres: Annotated[tuple[Theatre, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """Theatres, the regions of interest to the alliance; 1 to 2000."""
    activities: Annotated[tuple[Activity, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    """Activities that the alliance could run; 1 to 2000."""
    frameworks: Annotated[tuple[Framework, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (ALLIANCE,)
    """Frameworks under which activities run; 1 to 2000. Default: the alliance, by consensus."""
    positions: Annotated[tuple[Position, ...], Field(max_length=MAX_POSITIONS)] = ()
    """Positions of members on activities and theatres, at most 100000; the most specific applies. Default: none."""
    default_position: PositionValue = 1
    """Position of a member without a stated position or threat assessment, -2 to 2. Default: 1."""
    concessions: Concessions | None = None
    """Political capital for concessions. Default: none."""
    cascades: Annotated[tuple[Cascade, ...], Field(max_length=MAX_RECORDS)] = ()
    """Contributors that leave if a pivot leaves. Default: none."""
    withdrawn: Annotated[tuple[Withdrawal, ...], Field(max_length=MAX_RECORDS)] = ()
    """Contributors that have withdrawn. Default: none."""
    spoilers: Annotated[tuple[Spoiler, ...], Field(max_length=MAX_RECORDS)] = ()
    """Outside actors that lower effects or refuse consent. Default: none."""
    rivalries: Annotated[tuple[Rivalry, ...], Field(max_length=MAX_RECORDS)] = ()
    """Pairs of contributors that do not take part together, or only at a price; one record per pair. Default: none."""
    divergence: Divergence | None = None
    """Limit on the distance between the positions of the participants of an activity. Default: no limit."""
    burden_sharing: BurdenSharing | None = None
    """Rule of burden sharing. Default: no rule."""
    synergies: Annotated[tuple[Synergy, ...], Field(max_length=MAX_RECORDS)] = ()
    """Additional effects if two activities run together. Default: none."""
    alternatives: Annotated[tuple[Alternatives, ...], Field(max_length=MAX_RECORDS)] = ()
    """Activities that replace each other. Default: none."""
    investments: Annotated[tuple[Investment, ...], Field(max_length=MAX_RECORDS)] = ()
    """Capability that contributors can buy. Default: none."""
    policy: Policy = Policy()
    """Decisions of the alliance that constrain the plan. Default: none."""
    baseline: Baseline | None = None
    """The plan in force, for comparison. Default: none."""
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=MAX_RECORDS)] = ()
    """Scenarios of the future. Default: one, the problem without overrides."""
    uncertainty: Annotated[tuple[Uncertainty, ...], Field(max_length=MAX_RECORDS)] = ()
    """Uncertain numbers, which studies vary by default. Default: none."""
    criterion: Criterion = Expected(type="expected")
    """Criterion that combines risk_reduction over several scenarios. Default: the expected value."""
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = DEFAULT_OBJECTIVES
    """Objectives in order of priority; at least one. Default: greatest risk_reduction, then least cost."""

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
        """The document as sent, without `defaults` filled in; overrides apply to it."""
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
        """Risk without any activity, in risk points: theatre, driver, then a number per period.

        A risk object is by period if all of its keys are periods, else by driver.
        """
        return {theatre.id: theatre.risk_by_driver(self.periods) for theatre in self.theatres}

    @cached_property
    def _position_index(self) -> PositionIndex:
        return index_positions(self.members, self.activities, self.positions, self.default_position)

    def position(self, member: MemberId, activity: ActivityId, framework: FrameworkId) -> float:
        """Return the position of a member on an activity under a framework, -2 to +2.

        The first that exists applies: a position on activity and framework, on the activity, on theatre and framework,
        on the theatre; 4 * tau - 2, where tau (0 to 1) is the member's threat assessment of the theatre; the
        problem's `default_position`.
        """
        return self._position_index.stances(activity, framework)[member]

    def stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        """Return the positions of all members on an activity under a framework, in the order of the members."""
        return self._position_index.stances(activity, framework)

    def frameworks_of(self, activity: Activity) -> tuple[FrameworkId, ...]:
        """Return the frameworks under which an activity may run: those that it names, or the first of the problem."""
        return (self.frameworks[0].id,) if activity.frameworks is None else activity.frameworks
