"""What an effect point of an activity does to each driver of each theatre it serves: kappa[a,h,d] of MODEL section 1."""

from models.ids import ActivityId, DriverId, TheatreId
from models.problem.activity import Activity
from models.problem.problem import Problem

Reach = dict[tuple[ActivityId, TheatreId, DriverId], float]


def reach(problem: Problem) -> Reach:
    """kappa[a,h,d], risk points per effect point; only what is not zero.

    A plain driver in `reduces` holds in every theatre served, a "theatre/driver" key wins over it; without `reduces`
    the theatre's only driver is reached with 1. A military task does not reach a structural driver.
    """
    found = {
        (activity.id, h, d): _kappa(problem, activity, h, d)
        for activity in problem.activities
        for h in activity.theatres_served
        for d in problem.risk[h]
    }
    return {key: kappa for key, kappa in found.items() if kappa != 0}


def _kappa(problem: Problem, activity: Activity, h: TheatreId, d: DriverId) -> float:
    if activity.task == "military" and d in problem.theatre[h].structural:
        return 0.0
    if activity.reduces is None:
        return 1.0
    return activity.reduces.get(f"{h}/{d}", activity.reduces.get(d, 0.0))


def harmed(problem: Problem) -> set[tuple[TheatreId, DriverId]]:
    """The drivers that some activity makes worse: there `cut` may be negative."""
    return {(h, d) for (_, h, d), kappa in reach(problem).items() if kappa < 0}
