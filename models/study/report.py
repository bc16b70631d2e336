"""What a study found: the document of schema `concord.study_report/1`."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.outcome import OutcomeStatus, Versions
from models.study.point import Point
from models.study.spec import Fidelity, Sweep, Tornado

RowStatus = OutcomeStatus | Literal["invalid"]


class Row(Part):
    """What came of one point. A point without a plan is a result too: its measures are null, never a number."""

    point: Point
    """What was asked."""
    status: RowStatus
    """How it ended; `invalid`: the problem cannot be solved with these values, and `reason` says why."""
    measures: dict[str, float | None]
    """Every measure in the plan that was found; null without one."""
    bound: float | None
    """What is proven that no plan can beat, in the first objective; null where nothing is."""
    gap: float | None
    """How far the plan is from it, relative to the plan's value."""
    fidelity: Fidelity
    """How it was answered: a point that the held choices do not fit is solved, whatever was asked."""
    reason: str | None
    """Why there is no plan, or why a gap is open; null where neither is so."""


class Extreme(Part):
    """Where a measure is least and greatest."""

    measure: str
    """Of what."""
    base: float | None
    """In the problem as it stands."""
    lowest: float | None
    """The least value of any point; null where no point has one."""
    lowest_at: int | None
    """The number of the point where it is."""
    highest: float | None
    """The greatest."""
    highest_at: int | None
    """The number of the point where it is."""
    best: Literal["lowest", "highest"] | None
    """Which of the two is wanted; null for figures of the plan, of which the problem does not say."""


class Bar(Part):
    """What one input does to one measure when it moves from its low to its high end, all else as it stands."""

    measure: str
    """To what."""
    input: str
    """Which input."""
    low: float | None
    """The measure at the low end; null where there is no plan."""
    low_at: int
    """The number of the point."""
    base: float | None
    """The measure in the problem as it stands."""
    high: float | None
    """The measure at the high end."""
    high_at: int
    """The number of the point."""
    swing: float | None
    """The distance between the least and the greatest of the three; null where one of them has no plan."""
    gap: float | None
    """The widest gap of the three, in the first objective: a swing that is small beside it says nothing."""


class SweepFindings(Part):
    """What a sweep comes to."""

    kind: Literal["sweep"]
    """Which question was asked."""
    extremes: tuple[Extreme, ...]
    """The least and the greatest of each measure."""


class TornadoFindings(Part):
    """What a tornado comes to."""

    kind: Literal["tornado"]
    """Which question was asked."""
    bars: tuple[Bar, ...]
    """Of each measure in turn, every input: those that leave no plan at one end, then by swing, the widest first."""


Findings = SweepFindings | TornadoFindings


class StudyTiming(Part):
    """Seconds and processes; never part of what is promised to repeat."""

    total_s: float
    """Seconds for everything, by the clock."""
    workers: int
    """How many processes answered."""


class StudyReport(Part):
    """Every point with its answer, and what they come to."""

    schema_: Annotated[Literal["concord.study_report/1"], Field(alias="schema")]
    """Which kind of document this is."""
    study: Annotated[Sweep | Tornado, Field(discriminator="kind")]
    """What was asked, defaults included."""
    problem_digest: str
    """Of the problem, before the overrides of the configuration."""
    versions: Versions
    """Of everything that answered."""
    is_complete: bool
    """Whether every point was answered; a study that is stopped reports what it has."""
    points: int
    """How many points there are, the problem as it stands included."""
    rows: tuple[Row, ...]
    """Every point that was answered, in order; the first is the problem as it stands, from which all others start."""
    findings: Annotated[SweepFindings | TornadoFindings, Field(discriminator="kind")]
    """What the rows come to."""
    timing: StudyTiming
    """Seconds, measured."""


class StudyProgress(Part):
    """A moment of a running study."""

    answered: int
    """Points that have their answer."""
    points: int
    """All that are known to be asked so far."""
    elapsed_s: float
    """Seconds since the start."""
