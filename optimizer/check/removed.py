"""What effects remove from risk: reach, arrivals and the cut of every driver, recomputed.

C17 bounds a cut from above and nothing is won by less, so the greatest consistent value is the value.
"""

from collections.abc import Mapping

from models.ids import DriverId
from models.plan import Coverage
from models.problem.activity import Activity
from models.problem.theatre import Theatre
from optimizer.check.lead_time import arrivals, held_back
from optimizer.check.least_violation import Limit, settle
from optimizer.check.plan_index import Place, Running
from optimizer.check.reading import Reading
from optimizer.check.risk_dynamics import carried
from optimizer.check.row import AGREEMENT
from optimizer.check.sparse import Amounts
from optimizer.check.spoilers import spoiled
from optimizer.check.synergy import bonus


def reach(reading: Reading, activity: Activity, theatre: Theatre, driver: DriverId) -> float:
    """What an effect point does to a driver: `reduces` (soldiers reach no structural driver), spoilers, the future."""
    if activity.task == "military" and driver in theatre.structural:
        return 0.0
    stated = 1.0
    if activity.reduces is not None:
        stated = activity.reduces.get(f"{theatre.id}/{driver}", activity.reduces.get(driver, 0.0))
    return stated * spoiled(reading.problem, theatre.id) * reading.future.effect_multiplier.get(activity.id, 1.0)


def removable(
    reading: Reading, effect: Amounts[Running], cut: Amounts[Place], theatre: Theatre, t: int
) -> Mapping[DriverId, float]:
    """What could be removed from each driver of a theatre in a period, were there risk enough.

    That is what arrives, what synergies win, and what stays of last period's cut.
    """
    drivers = tuple(reading.problem.risk[theatre.id])
    kept = {driver: theatre.persistence * cut[theatre.id, driver, t - 1] for driver in drivers}
    total = {driver: carried(theatre, driver, kept) + bonus(reading, theatre.id, driver, t) for driver in drivers}
    for activity in reading.problem.activities:
        if theatre.id in activity.theatres_served:
            points = arrivals(reading, activity, effect, t)
            if points:
                for driver in drivers:
                    total[driver] += reach(reading, activity, theatre, driver) * points
    return total


def cuts(reading: Reading, effect: Amounts[Running], path: Mapping[Place, float]) -> Mapping[Place, float]:
    """Risk points removed from each driver of each theatre in each period: never more than there are (C17)."""
    cut: Amounts[Place] = Amounts()
    for theatre in reading.problem.theatres:
        for t in reading.periods:
            for driver, points in removable(reading, effect, cut, theatre, t).items():
                cut[theatre.id, driver, t] = min(points, path[theatre.id, driver, t])
    return cut


def reports(reading: Reading) -> Mapping[Place, Coverage]:
    """What the plan reports of each driver: of this future, else of all."""
    found: dict[Place, Coverage] = {}
    for one in reading.plan.coverage:
        if reading.here(one.scenario):
            place = one.theatre, one.driver, reading.number_of[one.period]
            if place not in found or one.scenario is not None:
                found[place] = one
    return found


def stated_cuts(
    reading: Reading, effect: Amounts[Running], path: Mapping[Place, float]
) -> Mapping[Place, float] | None:
    """The cuts that a plan reports, if effects that could arrive early may have been held back to make them so (C29).

    Only there is more at once not always better: what saturates a driver now may be wanted later.
    """
    late = held_back(reading, effect)
    reported = reports(reading)
    if not late or not reported:
        return None
    cut = Amounts({place: reported[place].reduction if place in reported else 0.0 for place in path})
    if any(cut[place] > path[place] + AGREEMENT * (1 + path[place]) for place in path):
        return None
    limits: list[Limit[Running]] = [({running: 1.0}, 1.0) for running in late]
    for theatre in reading.problem.theatres:
        for t in reading.periods:
            for driver, points in removable(reading, effect, cut, theatre, t).items():
                place = theatre.id, driver, t
                moved = {
                    running: -_moved(reading, running, theatre, driver, t) * effect[running]
                    for running in late
                    if _moved(reading, running, theatre, driver, t)
                }
                limits.append((moved, points - cut[place]))
    share = settle(limits)
    excess = [sum(by * share[running] for running, by in moved.items()) - room for moved, room in limits]
    return cut if max(excess) <= AGREEMENT * (1 + max(path.values())) else None


def _moved(reading: Reading, running: Running, theatre: Theatre, driver: DriverId, t: int) -> float:
    """What holding back a point of effect adds to a driver in a period: it is missed early, and it comes late."""
    activity = reading.problem.activity[running[0]]
    lead = activity.lead_time
    if lead is None or theatre.id not in activity.theatres_served:
        return 0.0
    comes = (t == running[1] + lead.without) - (t == running[1] + lead.with_presence)
    return comes * reach(reading, activity, theatre, driver)
