"""How risk moves by itself: growth and spill-over, of what is left alone and of what persists of a reduction (C28)."""

from collections.abc import Mapping

from models.ids import DriverId, PeriodId, TheatreId
from models.problem.problem import Problem
from models.problem.theatre import Theatre

Rates = dict[tuple[DriverId, DriverId], float]
"""(to, from): points of one driver per point of another in the period before."""


def moved(theatre: Theatre) -> Rates:
    """What growth and spill-over add each period: gamma[d] for (d, d), psi[from, to] for (to, from); none is zero."""
    rates: Rates = {(driver, driver): growth for driver, growth in theatre.growth.items()}
    for flow in theatre.spillover:
        rates[flow.to, flow.from_] = rates.get((flow.to, flow.from_), 0.0) + flow.rate
    return {pair: rate for pair, rate in rates.items() if rate != 0}


def carried(theatre: Theatre, before: Mapping[DriverId, float]) -> dict[DriverId, float]:
    """What the points of last period have become in this one: (1 + gamma) of its own, psi of the others."""
    now = dict(before)
    for (to, source), rate in moved(theatre).items():
        now[to] += rate * before[source]
    return now


def untouched(problem: Problem) -> dict[tuple[TheatreId, DriverId, PeriodId], float]:
    """P[h,d,t]: the risk if nothing is done, in points (before a future's multiplier).

    As stated for each period; where risk moves by itself, from the first period on.
    """
    path: dict[tuple[TheatreId, DriverId, PeriodId], float] = {}
    for h, stated in problem.risk.items():
        theatre = problem.theatre[h]
        is_moving = bool(moved(theatre))
        now = {d: amounts[0] for d, amounts in stated.items()}
        for place, t in enumerate(problem.periods):
            if place > 0:
                now = carried(theatre, now) if is_moving else {d: amounts[place] for d, amounts in stated.items()}
            path.update({(h, d, t): now[d] for d in stated})
    return path
