"""The configuration of a solve: limits, tolerances, overrides, and the constraints that are relaxed."""

from typing import Annotated, Literal

from pydantic import Field

from models.base import Part
from models.ids import ScenarioId
from models.quantities import AnyValue, Flag, NonNegative, Positive, Whole

Group = Literal[
    "decision", "participation", "cascade", "consent", "rivalry", "divergence", "caveat", "burden", "policy"
]
"""Groups of political constraints; each can be relaxed separately."""

ExplanationKind = Literal["binding", "blockers"]

DAY_S = 86_400.0
MOST_OVERRIDES = 2_000
"""Greatest number of overrides in one configuration; beyond it, the changed problem itself is shorter."""


class SolverConfig(Part):
    """Limits and tolerances of the solver."""

    time_limit_s: Annotated[Positive, Field(le=DAY_S)] = 60
    """Time limit for the whole answer, building included, in seconds; above 0, at most 86400 (a day). Default: 60."""
    stall_limit_s: Annotated[Positive, Field(le=DAY_S)] | None = None
    """Seconds without a better plan after which the solver ends an objective; above 0, at most 86400. It counts from
    the first plan on. Default: no such limit."""
    mip_gap: Annotated[NonNegative, Field(le=1)] = 1e-4
    """Relative gap to the bound of the solver's search at which a plan counts as optimal, 0 to 1. Default: 0.0001."""
    seed: Annotated[Whole, Field(ge=0, le=2**31 - 1)] = 0
    """Random seed of the solver, 0 to 2147483647: the same seed takes the same path to a plan. Default: 0."""
    threads: Annotated[Whole, Field(ge=1, le=64)] = 1
    """Threads of the solver, 1 to 64. With 1 thread, the same question gets the same answer byte for byte. Default:
    1."""


class Config(Part):
    """The configuration of a solve. Every outcome returns the configuration that took effect, defaults included."""

    solver: SolverConfig = SolverConfig()
    """Limits and tolerances of the solver. Default: the default of each field."""
    overrides: Annotated[dict[str, AnyValue], Field(max_length=MOST_OVERRIDES)] = {}
    """{address: value}: values that replace those of the problem; null removes a value. At most 2000. Default: none."""
    relax: tuple[Group, ...] = ()
    """Groups of political constraints that the solve leaves out. Default: none."""
    scenario: ScenarioId | None = None
    """The only scenario to plan for. Default: all scenarios."""
    explain: tuple[ExplanationKind, ...] = ()
    """Explanations to compute in addition to the plan. Default: none."""
    reuse: Flag = True
    """Whether a stored outcome may answer an identical question. Default: true."""
