"""Evaluation of a given plan: its scores, and the rows of the problem that it breaks."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.config import Config
from models.explanation import Infeasibility
from models.outcome import CheckReport, OutcomeStatus, Versions
from models.plan import Plan
from models.problem.objective import Metric


class Score(Part):
    """One metric of the plan. The first objective also has bounds, unless it is a part of a weighted sum."""

    metric: Metric
    """Metric that is measured."""
    value: float
    """Value in the plan, recomputed from its decisions."""
    bound: float | None
    """Bound claimed by the solver's search: no plan that keeps all rules is better. Null for every metric except the
    first objective, for a part of a weighted sum, and if there is no bound."""
    proven: float | None
    """Proven bound, at most as good as `bound`: recomputed from multipliers of the rows, round-off included. Null where
    `bound` is, and if nothing is proven."""
    gap: float | None
    """Distance from value to `bound`, divided by `bound`: 0.2 for a plan that is worth a fifth less. 0 if the value
    reaches the bound, null without a bound. Divided by the value if the bound is 0."""
    proven_gap: float | None
    """Distance from value to `proven`, divided by `proven`; null without a proven bound."""


class Evaluation(Part):
    """A plan checked row by row, and scored."""

    schema_: Annotated[Literal["concord.evaluation/1"], Field(alias="schema")]
    """Kind of document: `concord.evaluation/1`."""
    problem_digest: str
    """Digest of the given problem, before overrides."""
    versions: Versions
    """Versions of the software that computed the evaluation."""
    config: Config
    """Configuration that took effect, defaults included."""
    plan: Plan
    """The plan that was checked: as it was given, with what it left out derived from the problem."""
    check: CheckReport
    """Rows of the problem that the plan's decisions break, and by how much."""
    figures: CheckReport
    """Figures stated in the plan (effects, coverage, burdens …) that its decisions contradict."""
    scores: tuple[Score, ...]
    """All metrics, those of the objectives first; empty if the plan names something that the problem does not have."""
    outcome_status: OutcomeStatus | None
    """Status of the solve that the bounds come from; null while it runs."""
    infeasibility: Infeasibility | None
    """Explanation of an infeasible problem; null for every other status."""
    warnings: tuple[str, ...]
    """Reservations about the scores, in sentences."""
