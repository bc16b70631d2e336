"""What goes with a problem: how long, how exact, what to change, what to relax."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.ids import ScenarioId
from models.quantities import AnyValue, Flag, NonNegative, Positive, Whole

Group = Literal[
    "decision", "participation", "cascade", "consent", "rivalry", "divergence", "caveat", "burden", "policy"
]
"""The political constraints that can be relaxed, one group at a time."""

ExplanationKind = Literal["binding", "blockers"]

DAY_S = 86_400.0
MOST_OVERRIDES = 2_000
"""Values that one configuration puts over those of the problem: beyond it, the changed problem itself is shorter."""


class SolverConfig(Part):
    """Limits of the solver."""

    time_limit_s: Annotated[Positive, Field(le=DAY_S)] = 60
    """Seconds for everything, building included; above 0 to a day."""
    stall_limit_s: Annotated[Positive, Field(le=DAY_S)] | None = None
    """Seconds without a better plan, once there is one, after which an objective is left as it is. Default: none."""
    mip_gap: Annotated[NonNegative, Field(le=1)] = 1e-4
    """Relative gap at which a plan counts as optimal, 0 to 1."""
    seed: Annotated[Whole, Field(ge=0, le=2**31 - 1)] = 0
    """Which of equally good ways the solver takes; the same seed takes the same."""
    threads: Annotated[Whole, Field(ge=1, le=64)] = 1
    """Threads of the solver, 1 to 64; with 1 an answer repeats byte by byte."""


class Config(Part):
    """The whole configuration; the one that took effect comes back with every outcome."""

    solver: SolverConfig = SolverConfig()
    """How long, and how exactly."""
    overrides: Annotated[dict[str, AnyValue], Field(max_length=MOST_OVERRIDES)] = {}
    """{address: value}: what is different from the problem as it stands; null removes."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints to set aside."""
    scenario: ScenarioId | None = None
    """Plan for this future only. Default: for all."""
    explain: tuple[ExplanationKind, ...] = ()
    """What to explain beside the plan."""
    reuse: Flag = True
    """Whether an identical question may be answered from storage."""
