"""What an effect point of an activity does to each driver of each theatre it serves: kappa[a,h,d] of MODEL."""

from math import prod

from models.ids import ActivityId, DriverId, TheatreId
from models.problem.activity import Activity
from models.problem.problem import Problem
from optimizer.data.politics import spoils_in

Reach = dict[tuple[ActivityId, TheatreId, DriverId], float]


def reach(problem: Problem) -> Reach:
    """kappa[a,h,d], risk points per effect point; only what is not zero.

    A plain driver in `reduces` holds in every theatre served, a "theatre/driver" key wins over it; without `reduces`
    the theatre's only driver is reached with 1. A military task does not reach a structural driver. Every active
    spoiler of a theatre multiplies what reaches it (C39).
    """
    found = {
        (activity.id, h, d): _kappa(problem, activity, h, d) * spoiled(problem, h)
        for activity in problem.activities
        for h in activity.theatres_served
        for d in problem.risk[h]
    }
    return {key: kappa for key, kappa in found.items() if kappa != 0}


def spoiled(problem: Problem, h: TheatreId) -> float:
    """What active spoilers leave of every effect in a theatre (C39); data, which no relaxation touches."""
    return prod(spoiler.effect_multiplier for spoiler in problem.spoilers if spoils_in(spoiler, h))


def _kappa(problem: Problem, activity: Activity, h: TheatreId, d: DriverId) -> float:
    if activity.task == "military" and d in problem.theatre[h].structural:
        return 0.0
    if activity.reduces is None:
        return 1.0
    return activity.reduces.get(f"{h}/{d}", activity.reduces.get(d, 0.0))


def harmed(problem: Problem) -> set[tuple[TheatreId, DriverId]]:
    """The drivers that some activity makes worse, or that what persists there feeds: there `cut` may be negative."""
    worse = {(h, d) for (_, h, d), kappa in reach(problem).items() if kappa < 0}
    for h, theatre in problem.theatre.items():
        fed = {(flow.from_, flow.to) for flow in theatre.spillover if flow.rate > 0 and theatre.persistence > 0}
        for _ in fed:
            worse |= {(h, to) for source, to in fed if (h, source) in worse}
    return worse


def exact_levels(problem: Problem) -> frozenset[ActivityId]:
    """Whose effective level must not be reported lower than it is, because that would hide harm (T6).

    The activities that make some driver worse, and those whose awareness lets them act (C18).
    """
    exact = {a for (a, _, _), kappa in reach(problem).items() if kappa < 0}
    waiting = list(exact)
    while waiting:
        gate = problem.activity[waiting.pop()].awareness_gate
        informing = [b for b in gate.from_ if b not in exact] if gate is not None else []
        exact.update(informing)
        waiting.extend(informing)
    return frozenset(exact)
