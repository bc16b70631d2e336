"""C35: a tailored mixture is more than its parts."""

from models.ids import DriverId, TheatreId
from models.problem.activity import Synergy
from optimizer.check.plan_view import PlanView


def shared_theatre(view: PlanView, synergy: Synergy) -> TheatreId:
    """Return the theatre of a synergy: both of its activities are run there."""
    return view.problem.activity[synergy.activities[0]].theatre


def bonus(view: PlanView, theatre: TheatreId, driver: DriverId, t: int) -> float:
    """C35: return the risk points that synergies add to the cut of a driver in period t.

    A synergy counts if both of its activities run.
    """
    return sum(
        synergy.effect
        for synergy in view.problem.synergies
        if synergy.driver in (None, driver)
        and shared_theatre(view, synergy) == theatre
        and all((activity, t) in view.framework for activity in synergy.activities)
    )
