"""The problem: the document a person submits, checked for shape and references, with its readings."""

from functools import cached_property
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
from models.problem.futures import Criterion, Expected, Scenario, Uncertainty
from models.problem.member import Contributor, Member, Partner
from models.problem.objective import DEFAULT_OBJECTIVES, Objective
from models.problem.policy import Policy
from models.problem.politics import Cascade, Concessions, Divergence, Position, Rivalry, Spoiler, Withdrawal
from models.problem.references import findings
from models.problem.resource import MONEY, Resource
from models.problem.standing import Standing, standing
from models.problem.theatre import THE_DRIVER, Theatre
from models.quantities import PositionValue, Positive, by_period

MAX_RECORDS = 2_000
"""Records of one list: an order of magnitude above the largest alliance and portfolio that the solver can serve."""
MAX_PERIODS = 60


class Problem(Part):
    """An alliance, its theatres, what could be done, what is allowed (schema `concord.problem/1`).

    Raises pydantic's `ValidationError`; `models.reading.read_problem` turns that into `InvalidDocument`, with addresses.
    """

    schema_: Annotated[Literal["concord.problem/1"], Field(alias="schema")]
    title: str = ""
    notes: str = ""
    defaults: dict[Literal["members", "activities"], dict[str, Any]] = {}
    periods: Annotated[tuple[PeriodId, ...], Field(min_length=1, max_length=MAX_PERIODS)] = (PeriodId("p1"),)
    discount: Annotated[Positive, Field(le=1)] = 1
    resources: Annotated[tuple[Resource, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (MONEY,)
    members: Annotated[tuple[Member, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    partners: Annotated[tuple[Partner, ...], Field(max_length=MAX_RECORDS)] = ()
    theatres: Annotated[tuple[Theatre, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    activities: Annotated[tuple[Activity, ...], Field(min_length=1, max_length=MAX_RECORDS)]
    frameworks: Annotated[tuple[Framework, ...], Field(min_length=1, max_length=MAX_RECORDS)] = (ALLIANCE,)
    positions: Annotated[tuple[Position, ...], Field(max_length=MAX_RECORDS**2)] = ()
    default_position: PositionValue = 1
    concessions: Concessions | None = None
    cascades: Annotated[tuple[Cascade, ...], Field(max_length=MAX_RECORDS)] = ()
    withdrawn: Annotated[tuple[Withdrawal, ...], Field(max_length=MAX_RECORDS)] = ()
    spoilers: Annotated[tuple[Spoiler, ...], Field(max_length=MAX_RECORDS)] = ()
    rivalries: Annotated[tuple[Rivalry, ...], Field(max_length=MAX_RECORDS)] = ()
    divergence: Divergence | None = None
    burden_sharing: BurdenSharing | None = None
    synergies: Annotated[tuple[Synergy, ...], Field(max_length=MAX_RECORDS)] = ()
    alternatives: Annotated[tuple[Alternatives, ...], Field(max_length=MAX_RECORDS)] = ()
    investments: Annotated[tuple[Investment, ...], Field(max_length=MAX_RECORDS)] = ()
    policy: Policy = Policy()
    baseline: Baseline | None = None
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=MAX_RECORDS)] = ()
    uncertainty: Annotated[tuple[Uncertainty, ...], Field(max_length=MAX_RECORDS)] = ()
    criterion: Criterion = Expected(type="expected")
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)] = DEFAULT_OBJECTIVES

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
        found = tuple(findings(self))
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
        return {ContributorId(one.id): one for one in (*self.members, *self.partners)}

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
        return {theatre.id: self._drivers(theatre) for theatre in self.theatres}

    def _drivers(self, theatre: Theatre) -> dict[DriverId, tuple[float, ...]]:
        risk = theatre.risk
        if isinstance(risk, dict) and not set(risk) <= set(self.periods):
            return {driver: by_period(value, self.periods) for driver, value in risk.items()}  # type: ignore[arg-type]
        return {THE_DRIVER: by_period(risk, self.periods)}  # type: ignore[arg-type]

    @cached_property
    def _standing(self) -> Standing:
        return standing(self.members, self.activities, self.positions, self.default_position)

    def position(self, member: MemberId, activity: ActivityId, framework: FrameworkId) -> float:
        """How a member stands on an activity under a framework, -2 to +2: the most specific statement wins.

        Activity and framework, activity, theatre and framework, theatre; then the member's threat assessment of the
        theatre (4t - 2); then `default_position`.
        """
        return self._standing.position(member, activity, framework)

    def frameworks_of(self, activity: Activity) -> tuple[FrameworkId, ...]:
        """Under which frameworks an activity could run: those it names, else the first."""
        return (self.frameworks[0].id,) if activity.frameworks is None else activity.frameworks
