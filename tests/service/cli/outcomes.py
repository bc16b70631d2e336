"""Hand-made outcomes of every status, for a small problem with politics."""

from typing import Any

from models.config import Config, SolverConfig
from models.explanation import Explanation, Infeasibility, Relaxation, RelaxedChange
from models.outcome import (
    CheckReport,
    Infeasible,
    NoPlanInLimit,
    ObjectiveResult,
    ProgramSize,
    Solved,
    SolverError,
    Stopped,
    Timing,
    Unbounded,
    Versions,
    WeightedSum,
)
from models.plan import ActivityRun, Allocation, Burden, Coverage, Plan, StoodAside, ThresholdReport
from models.problem.objective import Metric
from models.problem.problem import Problem

COALITION: dict[str, Any] = {
    "schema": "concord.problem/1",
    "title": "Iraq and the Sahel",
    "members": [
        {"id": "us", "title": "United States", "resources": {"money": 8}, "min_contribution": 1},
        {"id": "fr", "title": "France", "resources": {"money": 4}, "min_contribution": 1},
        {"id": "tr", "title": "Türkiye", "resources": {"money": 4}, "min_contribution": 1},
    ],
    "partners": [{"id": "eu", "title": "European Union", "resources": {"money": 5}}],
    "theatres": [{"id": "iraq", "title": "Iraq", "risk": 30}, {"id": "sahel", "risk": 12}],
    "frameworks": [
        {"id": "alliance", "rule": {"type": "consensus"}},
        {
            "id": "coalition",
            "title": "Coalition",
            "rule": {"type": "participants", "min_participants": 2},
            "effect_multiplier": 0.9,
        },
    ],
    "activities": [
        {
            "id": "ssr_iraq",
            "title": "Security sector reform",
            "theatre": "iraq",
            "pillar": "capacity_building",
            "effect": {"type": "threshold", "threshold": 12, "per_level": 1.5},
            "max_level": 16,
            "frameworks": ["alliance", "coalition"],
        },
        {"id": "isr_sahel", "theatre": "sahel", "pillar": "surveillance"},
        {"id": "advice_sahel", "theatre": "sahel", "pillar": "other"},
    ],
    "positions": [{"member": "tr", "activity": "ssr_iraq", "value": -2}],
}
PROBLEM = Problem.model_validate(COALITION)

_GIFTS = (
    ("us", "ssr_iraq", 7),
    ("fr", "ssr_iraq", 4),
    ("eu", "ssr_iraq", 5),
    ("us", "isr_sahel", 1),
    ("tr", "isr_sahel", 3),
)

PLAN = Plan.model_validate(
    {
        "allocations": [
            Allocation(contributor=who, activity=what, resource="money", period="p1", amount=amount)  # type: ignore[arg-type]
            for who, what, amount in _GIFTS
        ],
        "activities": [
            ActivityRun.model_validate(
                {
                    "id": "ssr_iraq",
                    "period": "p1",
                    "framework": "coalition",
                    "role": "support",
                    "level": 16,
                    "effective_level": 14.4,
                    "effect": 21.6,
                    "threshold": ThresholdReport(needed=12, met=True, short_by=0),
                    "participants": ["us", "fr", "eu"],
                    "stood_aside": [StoodAside(member="tr", why="objects to the alliance framework (-2 < -1)")],  # type: ignore[arg-type]
                }
            ),
            ActivityRun.model_validate(
                {
                    "id": "isr_sahel",
                    "period": "p1",
                    "framework": "alliance",
                    "role": "support",
                    "level": 4,
                    "effective_level": 4,
                    "effect": 4,
                    "threshold": None,
                    "participants": ["us", "tr"],
                    "stood_aside": [],
                }
            ),
        ],
        "coverage": [
            Coverage.model_validate(
                {"theatre": theatre, "driver": "risk", "period": "p1", "baseline": risk}
                | {"reduction": cut, "residual": risk - cut, "share": cut / risk}
            )
            for theatre, risk, cut in (("iraq", 30, 21.6), ("sahel", 12, 4))
        ],
        "burden": [
            Burden(member=member, cost=cost, share=cost / 15, fair_share=1 / 3, relative_burden=cost)  # type: ignore[arg-type]
            for member, cost in (("us", 8), ("fr", 4), ("tr", 3))
        ],
        "divergence": [],
        "scenarios": [],
        "coordination": [],
        "concessions": [],
        "investments": [],
    }
)

_COMMON: dict[str, Any] = {
    "schema": "concord.outcome/1",
    "problem_digest": "sha256:0123456789abcdef",
    "versions": Versions(concord="0.1.0", highs="1.15.1", model="1"),
    "config": Config(),
    "program": ProgramSize(columns=1200, rows=2200, nonzeros=9900, integers=44),
    "warnings": ("advice_sahel cannot run",),
    "assumptions": ("scenario probabilities equal: none given",),
    "timing": Timing(formulate_s=0.01, compile_s=0.01, solve_s=1.2, check_s=0.01),
}
_WITHOUT: dict[str, Any] = {"objectives": (), "sums": (), "plan": None, "check": None, "explanation": None}


def _with_plan(gap: float | None, proven_gap: float | None) -> dict[str, Any]:
    return {
        **_COMMON,
        "objectives": (
            ObjectiveResult(
                metric="risk_reduction",
                value=25.6,
                optimal=gap is not None and gap < 0.1,
                scope="full",
                **_bounds(25.6, gap, proven_gap),
            ),
            ObjectiveResult(metric="cost", value=15, optimal=True, scope="integers_held", **_bounds(15, 0, None)),
        ),
        "sums": (),
        "found_by": "whole_program",
        "plan": PLAN,
        "check": CheckReport(passed=True, largest_violation=0, checked_rows=1112, violations=()),
        "explanation": Explanation(binding=(), blockers=()),
        "infeasibility": None,
    }


def _bounds(value: float, gap: float | None, proven_gap: float | None) -> dict[str, float | None]:
    """Both bounds of a maximised value, at these relative gaps."""
    bound, proven = (None if one is None else value * (1 + one) for one in (gap, proven_gap))
    return {"bound": bound, "proven": proven, "gap": gap, "proven_gap": proven_gap}


def solved(gap: float, proven_gap: float | None, *, mip_gap: float = 0.01) -> Solved:
    """An optimal outcome with these relative gaps of its first objective."""
    config = Config(solver=SolverConfig(mip_gap=mip_gap))
    return Solved(status="optimal", **_with_plan(gap, proven_gap) | {"config": config})


def stopped(gap: float | None, proven_gap: float | None) -> Stopped:
    """An outcome of a solve that was cut short, with these relative gaps of its first objective."""
    return Stopped(
        status="feasible",
        reason="the time limit was reached before the gap closed",
        stopped_by="time_limit_s",
        **_with_plan(gap, proven_gap),
    )


def summed(gap: float, proven_gap: float | None) -> Solved:
    """An optimal outcome whose objectives are parts of a weighted sum: 25.6 - 0.5 * 15 = 18.1."""
    metrics: tuple[Metric, Metric] = ("risk_reduction", "cost")
    values = zip(metrics, (25.6, 15.0), strict=True)
    parts = tuple(
        ObjectiveResult(metric=metric, value=value, optimal=True, scope="full", **_bounds(value, None, None))
        for metric, value in values
    )
    weighted_sum = WeightedSum(
        priority=1,
        metrics=metrics,
        weights=(1, -0.5),
        value=18.1,
        optimal=True,
        scope="full",
        **_bounds(18.1, gap, proven_gap),
    )
    return Solved(status="optimal", **_with_plan(0, 0) | {"objectives": parts, "sums": (weighted_sum,)})


SOLVED = solved(0, 0)
INFEASIBLE = Infeasible(
    status="infeasible",
    infeasibility=Infeasibility(
        proven=True,
        conflict=("policy: min_level/isr_sahel", "availability: us/money/p1"),
        relaxations=(
            Relaxation(
                changes=(
                    RelaxedChange.model_validate(
                        {"constraint": "floors", "address": "policy/min_level/isr_sahel", "from": 8, "to": 5}
                        | {"unit": "level", "sentence": "ask for level 5 instead of 8 of isr_sahel"}
                    ),
                ),
                weight=1,
            ),
        ),
        method="deletion filter",
    ),
    **_COMMON,
    **_WITHOUT,
)
INFEASIBLE_BY_SEARCH = INFEASIBLE.model_copy(
    update={"infeasibility": INFEASIBLE.infeasibility.model_copy(update={"proven": False})}
)
NO_PLAN = NoPlanInLimit(
    status="no_plan_in_limit",
    stopped_by="time_limit_s",
    infeasibility=None,
    reason="the time limit was reached before a plan was found",
    **_COMMON,
    **_WITHOUT,
)
UNBOUNDED = Unbounded(status="unbounded", infeasibility=None, ray=("level[isr_sahel]",), **_COMMON, **_WITHOUT)
BROKEN = SolverError(
    status="solver_error", infeasibility=None, reason="the solver refused the program", **_COMMON, **_WITHOUT
)
