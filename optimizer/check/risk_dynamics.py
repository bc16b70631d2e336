"""C28: structural sources feed violence; early is cheaper."""

from collections.abc import Mapping

from models.ids import DriverId
from models.problem.theatre import Theatre
from optimizer.check.plan_index import Place
from optimizer.check.reading import Reading


def grows(theatre: Theatre) -> bool:
    """Whether risk moves by itself."""
    return bool(theatre.growth or theatre.spillover)


def carried(theatre: Theatre, driver: DriverId, before: Mapping[DriverId, float]) -> float:
    """C28: what last period's points of all drivers are in this period's points of one: (1+γ) own + Σ ψ of others.

    One rule for risk and for what persists of a cut.
    """
    own = (1 + theatre.growth.get(driver, 0)) * before[driver]
    return own + sum(flow.rate * before[flow.from_] for flow in theatre.spillover if flow.to == driver)


def paths(reading: Reading) -> Mapping[Place, float]:
    """The risk of every driver if nothing is done, in points: as stated, or from its first period on by C28."""
    path: dict[Place, float] = {}
    for theatre in reading.problem.theatres:
        scale = reading.future.risk_multiplier.get(theatre.id, 1.0)
        stated = reading.problem.risk[theatre.id]
        for t in reading.periods:
            for driver, risk in stated.items():
                path[theatre.id, driver, t] = scale * risk[t]
            if t > 0 and grows(theatre):
                before = {driver: path[theatre.id, driver, t - 1] for driver in stated}
                path.update({(theatre.id, driver, t): carried(theatre, driver, before) for driver in stated})
    return path
