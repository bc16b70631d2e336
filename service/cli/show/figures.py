"""Figures as a planner reads them."""

from typing import NamedTuple

from models.problem.objective import Metric

NOTHING = 1e-9
"""Below this a figure is a trace of arithmetic, far under the solver's own feasibility tolerance."""
THOUSAND = 1_000
HUNDRED = 100
SMALL_PERCENT = 0.1


class _Words(NamedTuple):
    words: str
    unit: str


METRICS: dict[Metric, _Words] = {
    "risk_reduction": _Words("risk reduction", "points"),
    "residual_risk": _Words("residual risk", "points"),
    "cost": _Words("cost", "M EUR"),
    "max_burden": _Words("greatest relative burden", ""),
    "opposition": _Words("opposition", "points"),
    "divergence": _Words("divergence", "points"),
    "concessions": _Words("concessions", "points"),
    "min_coverage": _Words("least coverage", "%"),
    "change_from_baseline": _Words("change from today", "M EUR"),
}


def number(value: float) -> str:
    """A figure with as many digits as a reader uses: 16, 21.6, 1,234, 0.0042."""
    if abs(value) < NOTHING:
        return "0"
    if abs(value) >= THOUSAND:
        text = f"{value:,.1f}"
    elif abs(value) >= 1:
        text = f"{value:.2f}"
    else:
        text = f"{value:.3g}"
    if "e" in text or "." not in text:
        return text
    return text.rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """A share in per cent: 72 %, 33.3 %, 0.0042 %."""
    value = share * HUNDRED
    if abs(share) < NOTHING:
        return "0 %"
    if abs(value) < SMALL_PERCENT:
        return f"{value:.2g} %"
    return f"{value:.1f}".removesuffix(".0") + " %"


def reading(metric: Metric, value: float) -> str:
    """A value of a metric with its unit."""
    unit = METRICS[metric].unit
    return percent(value) if unit == "%" else f"{number(value)} {unit}".rstrip()
