"""What a plan that somebody already has is worth, and which rows of the problem it breaks."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.outcome import CheckReport, Versions
from models.problem.objective import Metric


class Score(Part):
    """One metric of the plan; for the first objective also the proven bound of any plan, and the gap to it."""

    metric: Metric
    value: float
    bound: float | None
    gap: float | None


class Evaluation(Part):
    """A plan checked row by row and scored."""

    schema_: Annotated[Literal["concord.evaluation/1"], Field(alias="schema")]
    problem_digest: str
    versions: Versions
    check: CheckReport
    scores: tuple[Score, ...]
    warnings: tuple[str, ...]
