"""C28: structural sources feed violence; early is cheaper."""

from collections.abc import Mapping

from models.ids import DriverId
from models.problem.theatre import Theatre
from optimizer.check.plan_index import RiskCell
from optimizer.check.plan_view import PlanView


def is_dynamic(theatre: Theatre) -> bool:
    """Return whether the risk of a theatre changes by growth or spill-over."""
    return bool(theatre.growth or theatre.spillover)


def propagated(theatre: Theatre, driver: DriverId, previous: Mapping[DriverId, float]) -> float:
    """C28: return the points of a driver that follow from the previous period: (1+γ) own + Σ ψ of other drivers.

    The same rule applies to risk and to the part of a cut that persists.
    """
    own = (1 + theatre.growth.get(driver, 0)) * previous[driver]
    return own + sum(flow.rate * previous[flow.from_] for flow in theatre.spillover if flow.to == driver)


def paths(view: PlanView) -> Mapping[RiskCell, float]:
    """Return the risk of each theatre, driver and period without any activity, in risk points.

    It is the risk of the document, or the risk of the first period propagated by C28.
    """
    path: dict[RiskCell, float] = {}
    for theatre in view.problem.theatres:
        scale = view.scenario.risk_multiplier.get(theatre.id, 1.0)
        risks = view.problem.risk[theatre.id]
        for t in view.periods:
            for driver, risk in risks.items():
                path[theatre.id, driver, t] = scale * risk[t]
            if t > 0 and is_dynamic(theatre):
                previous = {driver: path[theatre.id, driver, t - 1] for driver in risks}
                path.update({(theatre.id, driver, t): propagated(theatre, driver, previous) for driver in risks})
    return path
