"""Figures as a planner reads them."""

from typing import NamedTuple

from models.problem.objective import Metric

NOTHING = 1e-9
"""Below this a figure is a trace of arithmetic, far under the solver's own feasibility tolerance."""
THOUSAND = 1_000
HUNDRED = 100
SMALL_PERCENT = 0.1


class _Told(NamedTuple):
    words: str
    unit: str


TOLD: dict[Metric, _Told] = {
    "risk_reduction": _Told("risk reduction", "points"),
    "max_regret": _Told("greatest regret", "points"),
    "residual_risk": _Told("residual risk", "points"),
    "cost": _Told("cost", "M EUR"),
    "max_burden": _Told("greatest relative burden", ""),
    "opposition": _Told("opposition", "points"),
    "divergence": _Told("divergence", "points"),
    "concessions": _Told("concessions", "points"),
    "min_coverage": _Told("least coverage", "%"),
    "change_from_baseline": _Told("change from today", "M EUR"),
}
"""What each metric is called, and its unit; a test holds that none is missing."""


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


def words_of(metric: Metric) -> str:
    """What a metric is called."""
    return TOLD[metric].words


def reading(metric: Metric, value: float) -> str:
    """A value of a metric with its unit."""
    unit = TOLD[metric].unit
    return percent(value) if unit == "%" else f"{number(value)} {unit}".rstrip()
