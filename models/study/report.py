"""The report of a study (schema `concord.study_report/1`)."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.outcome import OutcomeStatus, Versions
from models.study.point import Point
from models.study.spec import Fidelity, Sweep, Tornado

RowStatus = OutcomeStatus | Literal["invalid"]


class Row(Part):
    """Result of one point. A point without a plan is a result too: its measures are null."""

    point: Point
    """The point."""
    status: RowStatus
    """How the solve ended; `invalid` means that the changed problem is invalid, and `reason` states why."""
    measures: dict[str, float | None]
    """{measure: value in the plan}; null without a plan."""
    bound: float | None
    """Bound of the first objective claimed by the solver's search: no plan is better. Of the weighted sum, if several
    objectives share the first priority. Null if there is none."""
    proven: float | None
    """Proven bound, at most as good as `bound`: recomputed from multipliers of the rows, round-off included. Null if
    nothing is proven."""
    gap: float | None
    """Relative gap: distance from value to `bound`, divided by the value; null without plan or bound."""
    proven_gap: float | None
    """Relative gap from value to `proven`; null without plan or proven bound."""
    fidelity: Fidelity
    """Fidelity of this answer. With `bound`, a point that is infeasible with fixed integers is solved instead."""
    plan_digest: str | None
    """SHA-256 of the plan, as `sha256:…`: equal for points with the same plan. Null without a plan."""
    reason: str | None
    """Why there is no plan and how far that is proven, or why the gap is open; null otherwise."""


class Extreme(Part):
    """Least and greatest value of a measure over all points."""

    measure: str
    """The measure."""
    base: float | None
    """Value in the unchanged problem; null without a plan."""
    lowest: float | None
    """Least value of all points; null if no point has a plan."""
    lowest_at: int | None
    """Number of the point with the least value."""
    highest: float | None
    """Greatest value of all points; null if no point has a plan."""
    highest_at: int | None
    """Number of the point with the greatest value."""
    best: Literal["lowest", "highest"] | None
    """Whether the lowest or the highest value is better; null for figures of the plan, which have no sense."""


class Bar(Part):
    """Effect of one input on one measure, from the low to the high end of the input, all else unchanged."""

    measure: str
    """The measure."""
    input: str
    """Name of the input."""
    low: float | None
    """Value at the low end of the input; null without a plan."""
    low_at: int
    """Number of the point at the low end."""
    base: float | None
    """Value in the unchanged problem; null without a plan."""
    high: float | None
    """Value at the high end of the input; null without a plan."""
    high_at: int
    """Number of the point at the high end."""
    swing: float | None
    """Greatest minus least of the three values; null if one of them is null."""
    gap: float | None
    """Largest relative gap of the three solves to the bound of the solver's search, in the first objective or its
    weighted sum. A swing smaller than this gap is not significant."""


class SweepFindings(Part):
    """Findings of a sweep."""

    kind: Literal["sweep"]
    """Kind of study."""
    extremes: tuple[Extreme, ...]
    """Least and greatest value of each measure."""


class TornadoFindings(Part):
    """Findings of a tornado."""

    kind: Literal["tornado"]
    """Kind of study."""
    bars: tuple[Bar, ...]
    """One bar per measure and input. Within a measure, inputs without a plan at one end come first, then the widest
    swing."""


Findings = SweepFindings | TornadoFindings


class StudyTiming(Part):
    """Time and processes of a study. They differ between otherwise identical reports."""

    total_s: float
    """Wall-clock seconds for the whole study."""
    workers: int
    """Number of worker processes."""


class StudyReport(Part):
    """Results of all points of a study, and findings over them."""

    schema_: Annotated[Literal["concord.study_report/1"], Field(alias="schema")]
    """Kind of document: `concord.study_report/1`."""
    study: Annotated[Sweep | Tornado, Field(discriminator="kind")]
    """Specification of the study, defaults included."""
    problem_digest: str
    """Digest of the problem, before the overrides of the configuration."""
    versions: Versions
    """Versions of the software that computed the report."""
    is_complete: bool
    """Whether all points have an answer; false for a study that was stopped."""
    points: int
    """Number of points, the unchanged problem included."""
    rows: tuple[Row, ...]
    """Result of each answered point, in order. The first is the unchanged problem; all other solves start from it."""
    findings: Annotated[SweepFindings | TornadoFindings, Field(discriminator="kind")]
    """Findings over all rows."""
    timing: StudyTiming
    """Time and processes of the study."""


class StudyProgress(Part):
    """Progress event of a running study."""

    answered: int
    """Number of points with an answer."""
    points: int
    """Number of points known so far."""
    elapsed_s: float
    """Seconds since the start of the study."""
