"""Table of contents: every constraint family, in the order in which the program lists its rows."""

from models.problem.objective import Metric
from optimizer.formulation.constraints import (
    alternatives,
    availability,
    awareness_gate,
    baseline,
    benefit,
    budgeted,
    burden,
    cascade,
    caveat,
    concessions,
    consensus,
    consent,
    cost,
    day_after,
    divergence,
    dominance,
    effect,
    floors,
    investment,
    lead_time,
    level,
    locks,
    majority,
    needs,
    one_framework,
    opposition,
    participation,
    partner_coordination,
    prevention,
    quorum,
    reputation,
    reserve,
    risk,
    risk_dynamics,
    rivalry,
    roles,
    s_curve,
    spoilers,
    synergy,
    threshold,
    willingness,
)
from optimizer.formulation.family import Family
from optimizer.formulation.objectives.metrics import METRICS

FAMILIES: tuple[Family, ...] = (
    availability.FAMILY,
    needs.FAMILY,
    level.FAMILY,
    one_framework.FAMILY,
    participation.FAMILY,
    partner_coordination.FAMILY,
    concessions.FAMILY,
    consensus.FAMILY,
    majority.FAMILY,
    quorum.FAMILY,
    willingness.FAMILY,
    cascade.FAMILY,
    consent.FAMILY,
    rivalry.FAMILY,
    divergence.FAMILY,
    effect.FAMILY,
    threshold.FAMILY,
    s_curve.FAMILY,
    risk.FAMILY,
    awareness_gate.FAMILY,
    day_after.FAMILY,
    cost.FAMILY,
    burden.FAMILY,
    prevention.FAMILY,
    roles.FAMILY,
    floors.FAMILY,
    budgeted.FAMILY,
    investment.FAMILY,
    reputation.FAMILY,
    risk_dynamics.FAMILY,
    lead_time.FAMILY,
    benefit.FAMILY,
    reserve.FAMILY,
    alternatives.FAMILY,
    baseline.FAMILY,
    locks.FAMILY,
    synergy.FAMILY,
    dominance.FAMILY,
    caveat.FAMILY,
    opposition.FAMILY,
    spoilers.FAMILY,
)
"""The families of the model (docs/algebra.md). Every function that writes a program takes them as an argument."""

OBJECTIVE_ROWS = "objective_rows"
"""The name under which the rows of metrics stand in the program."""


def objective_name(metric: str, refinement: int) -> str:
    """The name of a metric's objective in the program; `refinement` counts its further objectives from 1."""
    return f"metric_{metric}+{refinement}" if refinement else f"metric_{metric}"


def metric_of(name: str) -> Metric:
    """The metric that an objective of the program belongs to, from its name."""
    return METRICS[name.removeprefix("metric_").partition("+")[0]].name  # type: ignore[index]
