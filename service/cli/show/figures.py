"""Formats figures for planners: numbers, percentages, metrics with their units."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import NamedTuple

from models.problem.objective import Metric

NONE = "–"
"""A figure that does not exist."""
NOTHING = 1e-9
"""Figures below this are rounding error, far below the solver's feasibility tolerance."""
THOUSAND = 1_000
HUNDRED = 100
BOUND_COLUMNS = ("at best,\nby search", "gap", "at best,\nproven", "gap ")
"""Columns of both bounds of a value, each with its gap."""
SMALL_PERCENT = 0.1
ROUNDING = 1e-9
"""Relative: a percentage this little above a shown figure is that figure, and not rounded up to the next."""


class _Label(NamedTuple):
    name: str
    unit: str


METRIC_LABELS: dict[Metric, _Label] = {
    "risk_reduction": _Label("risk reduction", "points"),
    "max_regret": _Label("greatest regret", "points"),
    "residual_risk": _Label("residual risk", "points"),
    "cost": _Label("cost", "M EUR"),
    "max_burden": _Label("greatest relative burden", ""),
    "opposition": _Label("opposition", "points"),
    "divergence": _Label("divergence", "points"),
    "concessions": _Label("concessions", "points"),
    "min_coverage": _Label("least coverage", "%"),
    "change_from_baseline": _Label("change from today", "M EUR"),
}
"""Name and unit of each metric."""


def number(value: float) -> str:
    """The figure with one decimal from 1,000 on, two from 1 on, three significant digits below: 21.6, 1,234, 0.0042."""
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
    """The share (1 is the whole) in per cent, with one decimal from 0.1 % on: 72 %, 33.3 %, 0.0042 %."""
    value = share * HUNDRED
    if abs(share) < NOTHING:
        return "0 %"
    if abs(value) < SMALL_PERCENT:
        return f"{value:.2g} %"
    return f"{value:.1f}".removesuffix(".0") + " %"


def gap_percent(gap: float | None) -> str:
    """The relative gap in per cent, rounded up, so that "within" the figure is true."""
    if gap is None:
        return NONE
    value = gap * HUNDRED
    if abs(gap) < NOTHING:
        return percent(gap)
    step = SMALL_PERCENT if value >= SMALL_PERCENT else 10.0 ** (floor(log10(value)) - 1)
    return percent(ceil(value / step * (1 - ROUNDING)) * step / HUNDRED)


def metric_name(metric: Metric) -> str:
    """Name of the metric in words."""
    return METRIC_LABELS[metric].name


def metric_value(metric: Metric, value: float) -> str:
    """The value of a metric with its unit."""
    unit = METRIC_LABELS[metric].unit
    return percent(value) if unit == "%" else f"{number(value)} {unit}".rstrip()


def metric_bound(metric: Metric, bound: float | None) -> str:
    """A bound of a metric for a column of its own, without the unit except for per cent."""
    if bound is None:
        return NONE
    return percent(bound) if METRIC_LABELS[metric].unit == "%" else number(bound)


def priority_name(metrics: Sequence[Metric]) -> str:
    """Name of what is optimised at one priority: a metric, or the weighted sum of several."""
    *names, last = map(metric_name, metrics)
    return f"weighted sum of {', '.join(names)} and {last}" if names else last


def priority_value(metrics: Sequence[Metric], value: float) -> str:
    """Value of a metric with its unit, or of a weighted sum, which has none."""
    return metric_value(metrics[0], value) if len(metrics) == 1 else number(value)


def priority_bound(metrics: Sequence[Metric], bound: float | None) -> str:
    """Bound of a metric or of a weighted sum, for a column of its own."""
    return metric_bound(metrics[0], bound) if len(metrics) == 1 or bound is None else number(bound)
