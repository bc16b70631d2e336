"""Impact of activities on risk drivers: kappa[a,h,d] of MODEL, and what follows from its sign."""

from math import prod

from models.ids import ActivityId, DriverId, TheatreId
from models.problem.activity import Activity
from models.problem.problem import Problem
from optimizer.data.politics import is_active_in

Impact = dict[tuple[ActivityId, TheatreId, DriverId], float]


def impact(problem: Problem) -> Impact:
    """kappa[a,h,d], risk points removed per effect point; only nonzero values.

    A plain driver in `reduces` applies in every theatre served; a "theatre/driver" key overrides it. Without `reduces`,
    kappa is 1 for the theatre's only driver. A military task does not reach a structural driver. Every active spoiler
    of a theatre multiplies kappa there by its effect multiplier (C39).
    """
    found = {
        (activity.id, h, d): _kappa(problem, activity, h, d) * spoiler_multiplier(problem, h)
        for activity in problem.activities
        for h in activity.theatres_served
        for d in problem.risk[h]
    }
    return {key: kappa for key, kappa in found.items() if kappa != 0}


def spoiler_multiplier(problem: Problem, h: TheatreId) -> float:
    """Factor of all active spoilers on every effect in a theatre (C39); data, so no relaxation changes it."""
    return prod(spoiler.effect_multiplier for spoiler in problem.spoilers if is_active_in(spoiler, h))


def _kappa(problem: Problem, activity: Activity, h: TheatreId, d: DriverId) -> float:
    if activity.task == "military" and d in problem.theatre[h].structural:
        return 0.0
    if activity.reduces is None:
        return 1.0
    return activity.reduces.get(f"{h}/{d}", activity.reduces.get(d, 0.0))


def worsened_drivers(problem: Problem) -> set[tuple[TheatreId, DriverId]]:
    """The drivers whose `cut` may be negative.

    Some activity worsens the driver, or a worsened driver feeds it by spill-over where reductions persist.
    """
    worse = {(h, d) for (_, h, d), kappa in impact(problem).items() if kappa < 0}
    for h, theatre in problem.theatre.items():
        fed = {(flow.from_, flow.to) for flow in theatre.spillover if flow.rate > 0 and theatre.persistence > 0}
        for _ in fed:
            worse |= {(h, to) for source, to in fed if (h, source) in worse}
    return worse


def activities_with_exact_level(problem: Problem) -> frozenset[ActivityId]:
    """The activities whose effective level must not be underreported, because that would hide harm (T6).

    These are the activities that worsen some driver, and the activities that inform their awareness gates (C18).
    """
    exact = {a for (a, _, _), kappa in impact(problem).items() if kappa < 0}
    waiting = list(exact)
    while waiting:
        gate = problem.activity[waiting.pop()].awareness_gate
        informing = [b for b in gate.from_ if b not in exact] if gate is not None else []
        exact.update(informing)
        waiting.extend(informing)
    return frozenset(exact)
