"""What goes with a problem: how long, how exact, what to change, what to relax."""

from typing import Annotated, Any, Literal

from pydantic import Field

from models.base import Part
from models.ids import ScenarioId
from models.quantities import Flag, NonNegative, Positive, Whole

Group = Literal[
    "decision", "participation", "cascade", "consent", "rivalry", "divergence", "caveat", "burden", "policy"
]
"""The political constraints that can be relaxed, one group at a time."""

ExplanationKind = Literal["binding", "blockers"]

DAY_S = 86_400.0


class SolverConfig(Part):
    """Limits of the solver."""

    time_limit_s: Annotated[Positive, Field(le=DAY_S, description="Seconds for everything, building included.")] = 60
    mip_gap: Annotated[NonNegative, Field(le=1, description="Relative gap at which a plan counts as optimal.")] = 1e-4
    seed: Annotated[Whole, Field(ge=0, le=2**31 - 1)] = 0
    threads: Annotated[Whole, Field(ge=1, le=64)] = 1


class Config(Part):
    """The whole configuration; the one that took effect comes back with every outcome."""

    solver: SolverConfig = SolverConfig()
    overrides: dict[str, Any] = {}
    relax: tuple[Group, ...] = ()
    scenario: ScenarioId | None = None
    explain: tuple[ExplanationKind, ...] = ()
    reuse: Flag = True
