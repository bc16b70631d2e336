"""What a plan that somebody already has is worth, and which rows of the problem it breaks."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.config import Config
from models.outcome import CheckReport, OutcomeStatus, Versions
from models.problem.objective import Metric


class Score(Part):
    """One metric of the plan; for the first objective also what is proven that no plan can beat."""

    metric: Metric
    """What was measured."""
    value: float
    """In the plan, recomputed from its decisions."""
    bound: float | None
    """No plan that keeps to all rows can be better; null for what is not sought first, and where nothing is proven."""
    gap: float | None
    """How far the value falls short of the bound, relative to the value; 0 where it does not."""


class Evaluation(Part):
    """A plan checked row by row and scored."""

    schema_: Annotated[Literal["concord.evaluation/1"], Field(alias="schema")]
    """Which kind of document this is."""
    problem_digest: str
    """Of the problem as it was handed in, before overrides."""
    versions: Versions
    """Of everything that answered."""
    config: Config
    """The configuration that took effect, defaults included."""
    check: CheckReport
    """Which rows of the problem its decisions break, and by how much."""
    figures: CheckReport
    """Which figures that the plan reports of itself (effects, coverage, burdens …) its decisions do not come to."""
    scores: tuple[Score, ...]
    """Every metric, those of the objectives first; none where the plan names what the problem does not know."""
    outcome_status: OutcomeStatus | None
    """How the solve ended that the bound comes from; null while it has not."""
    warnings: tuple[str, ...]
    """What a reader should know before trusting the scores."""
