"""Risk reduction, recomputed: reach, arrivals and the cut of every theatre, driver and period.

C17 bounds a cut from above, and a lower cut gains nothing. So each cut takes its greatest consistent value.
"""

from collections.abc import Mapping

from models.ids import DriverId, TheatreId
from models.plan import Coverage
from models.problem.activity import Activity
from models.problem.theatre import Theatre
from optimizer.check.lead_time import arrivals, delayable_runs
from optimizer.check.least_violation import Limit, minimise_violation
from optimizer.check.plan_index import RiskCell, Running
from optimizer.check.plan_view import PlanView
from optimizer.check.risk_dynamics import propagated
from optimizer.check.sparse import Amounts
from optimizer.check.spoilers import spoiler_multiplier
from optimizer.check.synergy import bonus
from optimizer.tolerances import FIGURE_AGREEMENT


def reach(view: PlanView, activity: Activity, theatre: Theatre, driver: DriverId) -> float:
    """Return the risk points that one effect point removes from a driver.

    It is `reduces` (0 for military tasks on structural drivers) · spoilers · effect multiplier of the scenario.
    """
    if activity.task == "military" and driver in theatre.structural:
        return 0.0
    reduces = 1.0
    if activity.reduces is not None:
        reduces = activity.reduces.get(f"{theatre.id}/{driver}", activity.reduces.get(driver, 0.0))
    spoilers = spoiler_multiplier(view.problem, theatre.id)
    return reduces * spoilers * view.scenario.effect_multiplier.get(activity.id, 1.0)


def removable(
    view: PlanView, effect: Amounts[Running], cut: Amounts[RiskCell], theatre: Theatre, t: int
) -> Mapping[DriverId, float]:
    """Return the risk points that could be removed from each driver in period t, ignoring the risk present.

    They consist of arriving effects, synergies and the persistent part of the cut in the period before.
    """
    drivers = tuple(view.problem.risk[theatre.id])
    kept = {driver: theatre.persistence * cut[theatre.id, driver, t - 1] for driver in drivers}
    total = {driver: propagated(theatre, driver, kept) + bonus(view, theatre.id, driver, t) for driver in drivers}
    for activity in view.problem.activities:
        if theatre.id in activity.theatres_served:
            points = arrivals(view, activity, effect, t)
            if points:
                for driver in drivers:
                    total[driver] += reach(view, activity, theatre, driver) * points
    return total


def cuts(view: PlanView, effect: Amounts[Running], path: Mapping[RiskCell, float]) -> Mapping[RiskCell, float]:
    """Return the risk points removed from each theatre, driver and period, at most the risk present (C17)."""
    cut: Amounts[RiskCell] = Amounts()
    for theatre in view.problem.theatres:
        for t in view.periods:
            for driver, points in removable(view, effect, cut, theatre, t).items():
                cut[theatre.id, driver, t] = min(points, path[theatre.id, driver, t])
    return cut


def coverage_reports(view: PlanView) -> Mapping[RiskCell, Coverage]:
    """Return the plan's coverage entry of each cell; an entry of this scenario precedes one of all scenarios."""
    found: dict[RiskCell, Coverage] = {}
    for entry in view.plan.coverage:
        if view.applies(entry.scenario):
            cell = entry.theatre, entry.driver, view.period_index[entry.period]
            if cell not in found or entry.scenario is not None:
                found[cell] = entry
    return found


def reported_cuts(
    view: PlanView, effect: Amounts[Running], path: Mapping[RiskCell, float]
) -> Mapping[RiskCell, float] | None:
    """Return the cuts that a plan reports if delaying some effects makes them possible (C29), else None.

    Risk points are compared relative to the greatest risk of their theatre, like the shares delayed: both are about 1.
    A lead time is the only case in which more effect now can be worse: a driver saturated now may need it later.
    """
    problem, late = view.problem, delayable_runs(view, effect)
    reported = coverage_reports(view)
    if not late or not reported:
        return None
    cut = Amounts({cell: reported[cell].reduction if cell in reported else 0.0 for cell in path})
    size = _greatest_risks(path)
    if any(cut[cell] > path[cell] + FIGURE_AGREEMENT * size[cell[0]] for cell in path):
        return None
    limits: list[Limit[Running]] = [({running: 1.0}, 1.0) for running in late]
    for theatre in problem.theatres:
        for t in view.periods:
            for driver, points in removable(view, effect, cut, theatre, t).items():
                cell = theatre.id, driver, t
                moved = {
                    running: -_delay_gain(view, running, theatre, driver, t) * effect[running] / size[theatre.id]
                    for running in late
                    if _delay_gain(view, running, theatre, driver, t)
                }
                limits.append((moved, (points - cut[cell]) / size[theatre.id]))
    share = minimise_violation(limits)
    excess = [sum(by * share[running] for running, by in moved.items()) - room for moved, room in limits]
    return cut if max(excess) <= FIGURE_AGREEMENT else None


def _greatest_risks(path: Mapping[RiskCell, float]) -> Mapping[TheatreId, float]:
    """Return the greatest risk of each theatre in any period, in risk points; 1 for a theatre without risk."""
    greatest: dict[TheatreId, float] = {}
    for (theatre, _, _), risk in path.items():
        greatest[theatre] = max(greatest.get(theatre, 0.0), risk)
    return {theatre: risk or 1.0 for theatre, risk in greatest.items()}


def _delay_gain(view: PlanView, running: Running, theatre: Theatre, driver: DriverId, t: int) -> float:
    """Return the risk points that delaying one effect point adds in period t: negative early, positive late."""
    activity = view.problem.activity[running[0]]
    lead = activity.lead_time
    if lead is None or theatre.id not in activity.theatres_served:
        return 0.0
    arrives = (t == running[1] + lead.without) - (t == running[1] + lead.with_presence)
    return arrives * reach(view, activity, theatre, driver)
