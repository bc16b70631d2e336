"""Growth and spill-over of risk, and of the reduction that persists (C28)."""

from collections.abc import Mapping

from models.ids import DriverId, PeriodId, TheatreId
from models.problem.problem import Problem
from models.problem.theatre import Theatre

Rates = dict[tuple[DriverId, DriverId], float]
"""(to, from): points added to driver `to` per point of driver `from` in the period before."""


def growth_rates(theatre: Theatre) -> Rates:
    """Rates of growth and spill-over: gamma[d] at (d, d), psi[from, to] at (to, from); only nonzero rates."""
    rates: Rates = {(driver, driver): growth for driver, growth in theatre.growth.items()}
    for flow in theatre.spillover:
        rates[flow.to, flow.from_] = rates.get((flow.to, flow.from_), 0.0) + flow.rate
    return {pair: rate for pair, rate in rates.items() if rate != 0}


def next_period_points(theatre: Theatre, before: Mapping[DriverId, float]) -> dict[DriverId, float]:
    """Points of each driver one period later: (1 + gamma) times its own, plus psi times those of other drivers."""
    now = dict(before)
    for (to, source), rate in growth_rates(theatre).items():
        now[to] += rate * before[source]
    return now


def baseline_risk(problem: Problem) -> dict[tuple[TheatreId, DriverId, PeriodId], float]:
    """P[h,d,t]: the risk if nothing is done, in points, before a scenario's multiplier.

    Without growth or spill-over: the stated risk of each period. Otherwise: the risk of the first period, grown.
    """
    path: dict[tuple[TheatreId, DriverId, PeriodId], float] = {}
    for h, stated in problem.risk.items():
        theatre = problem.theatre[h]
        grows = bool(growth_rates(theatre))
        now = {d: amounts[0] for d, amounts in stated.items()}
        for place, t in enumerate(problem.periods):
            if place > 0:
                now = (
                    next_period_points(theatre, now) if grows else {d: amounts[place] for d, amounts in stated.items()}
                )
            path.update({(h, d, t): now[d] for d in stated})
    return path
