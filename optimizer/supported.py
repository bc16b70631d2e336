"""Fields whose family is not built yet: refused by address, never silently ignored."""

from collections.abc import Iterator

from models.errors import Finding, Location
from models.problem.activity import LinearEffect, PiecewiseEffect
from models.problem.framework import Majority
from models.problem.problem import Problem

METRICS = ("risk_reduction", "max_regret", "residual_risk", "cost", "max_burden", "min_coverage")
BURDENS = ("proportional",)
LISTS = (
    "spoilers",
    "rivalries",
    "synergies",
    "alternatives",
    "investments",
)
SINGLE = ("concessions", "divergence", "baseline")
POLICIES = ("max_opposition", "max_contributor_share", "reserve")


def unsupported(problem: Problem) -> Iterator[Finding]:
    """One finding for each value of the problem that no built family reads."""
    for loc in _locations(problem):
        yield Finding(
            loc=loc,
            code="not_supported_yet",
            message="this version cannot take it into account yet, and will not ignore it",
            suggestion="leave it out",
        )


def _locations(problem: Problem) -> Iterator[Location]:
    yield from ((name,) for name in (*LISTS, *SINGLE) if getattr(problem, name))
    yield from (("policy", name) for name in POLICIES if getattr(problem.policy, name) not in (None, ()))
    yield from _criterion(problem)
    yield from _records(problem)
    yield from _activities(problem)


def _criterion(problem: Problem) -> Iterator[Location]:
    if problem.criterion.type == "budgeted":
        yield "criterion", "type"
    for number, objective in enumerate(problem.objectives):
        if objective.metric not in METRICS:
            yield "objectives", number, "metric"
    if problem.burden_sharing is not None and problem.burden_sharing.type not in BURDENS:
        yield "burden_sharing", "type"


def _records(problem: Problem) -> Iterator[Location]:
    yield from (("members", n, "caveats") for n, member in enumerate(problem.members) if member.caveats)
    for n, theatre in enumerate(problem.theatres):
        yield from (("theatres", n, name) for name in ("growth", "spillover") if getattr(theatre, name))
        if theatre.footprint_cap is not None:
            yield "theatres", n, "footprint_cap"
        if theatre.trust != 1:
            yield "theatres", n, "trust"
    for n, framework in enumerate(problem.frameworks):
        if isinstance(framework.rule, Majority):
            yield "frameworks", n, "rule", "type"
        if framework.rule.min_partners:
            yield "frameworks", n, "rule", "min_partners"


def _activities(problem: Problem) -> Iterator[Location]:
    for n, activity in enumerate(problem.activities):
        for name in ("requires", "lead_time", "day_after", "awareness_gate", "footprint"):
            if getattr(activity, name):
                yield "activities", n, name
        effect = activity.effect
        if isinstance(effect, PiecewiseEffect) and not effect.is_concave:
            yield "activities", n, "effect", "points"
        if isinstance(effect, LinearEffect) and effect.deviation is not None:
            yield "activities", n, "effect", "deviation"
