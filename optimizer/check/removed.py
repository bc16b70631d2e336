"""What effects remove from risk: reach, the do-nothing path, arrivals and the cut of every driver, recomputed.

C17 bounds a cut from above and nothing is won by less, so the greatest consistent value is the value.
"""

from collections.abc import Iterator, Mapping
from math import prod

from models.ids import DriverId, TheatreId
from models.problem.activity import Activity, Synergy
from models.problem.theatre import Theatre
from optimizer.check.reading import Reading, Running

Place = tuple[TheatreId, DriverId, int]


def reach(reading: Reading, activity: Activity, theatre: Theatre, driver: DriverId) -> float:
    """What an effect point does to a driver: `reduces` (soldiers reach no structural driver), spoilers, the future."""
    if activity.task == "military" and driver in theatre.structural:
        return 0.0
    stated = 1.0
    if activity.reduces is not None:
        stated = activity.reduces.get(f"{theatre.id}/{driver}", activity.reduces.get(driver, 0.0))
    return stated * spoiled(reading, theatre.id) * reading.future.effect_multiplier.get(activity.id, 1.0)


def spoiled(reading: Reading, theatre: TheatreId) -> float:
    """C39: what active spoilers leave of every effect in a theatre."""
    return prod(
        spoiler.effect_multiplier
        for spoiler in reading.problem.spoilers
        if spoiler.active and (spoiler.theatres is None or theatre in spoiler.theatres)
    )


def grows(theatre: Theatre) -> bool:
    """Whether risk moves by itself (C28)."""
    return bool(theatre.growth or theatre.spillover)


def carried(theatre: Theatre, driver: DriverId, before: Mapping[DriverId, float]) -> float:
    """C28: what last period's points of all drivers are in this period's points of one: (1+γ) own + Σ ψ of others."""
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
                if t == 0 or not grows(theatre):
                    path[theatre.id, driver, t] = scale * risk[t]
                else:
                    path[theatre.id, driver, t] = carried(
                        theatre, driver, {other: path[theatre.id, other, t - 1] for other in stated}
                    )
    return path


def arrivals(reading: Reading, activity: Activity, effect: Mapping[Running, float], t: int) -> float:
    """Effect points of an activity that arrive in a period: after its lag (C17) or its lead time (C29)."""
    lead = activity.lead_time
    if lead is None:
        return effect.get((activity.id, t - activity.lag), 0.0)
    fast, slow = t - lead.with_presence, t - lead.without
    arrived = effect.get((activity.id, fast), 0.0) if was_near(reading, activity, fast) else 0.0
    return arrived + (0.0 if was_near(reading, activity, slow) else effect.get((activity.id, slow), 0.0))


def was_near(reading: Reading, activity: Activity, t: int) -> bool:
    """C29: whether an activity that gives presence ran in the period before."""
    return activity.lead_time is not None and any(
        (source, t - 1) in reading.flag for source in activity.lead_time.presence_from
    )


def shared_theatre(reading: Reading, synergy: Synergy) -> TheatreId:
    """Where a synergy counts: the theatre that its two activities share."""
    first, second = (reading.problem.activity[one] for one in synergy.activities)
    if first.theatre == second.theatre:
        return first.theatre
    return next((one for one in first.theatres_served if one in second.theatres_served), first.theatre)


def synergies(reading: Reading, theatre: TheatreId, driver: DriverId) -> Iterator[Synergy]:
    """The synergies that reach a driver of a theatre."""
    for synergy in reading.problem.synergies:
        if shared_theatre(reading, synergy) == theatre and synergy.driver in (None, driver):
            yield synergy


def bonus(reading: Reading, theatre: TheatreId, driver: DriverId, t: int) -> float:
    """C35: risk points won because both activities of a synergy run."""
    return sum(
        synergy.effect
        for synergy in synergies(reading, theatre, driver)
        if all((one, t) in reading.flag for one in synergy.activities)
    )


def removable(
    reading: Reading, effect: Mapping[Running, float], cut: Mapping[Place, float], theatre: Theatre, t: int
) -> Mapping[DriverId, float]:
    """What could be removed from each driver of a theatre in a period, were there risk enough.

    That is what arrives, what synergies win, and what stays of last period's cut.
    """
    drivers = tuple(reading.problem.risk[theatre.id])
    kept = {driver: theatre.persistence * cut.get((theatre.id, driver, t - 1), 0.0) for driver in drivers}
    total = {driver: carried(theatre, driver, kept) + bonus(reading, theatre.id, driver, t) for driver in drivers}
    for activity in reading.problem.activities:
        if theatre.id in activity.theatres_served:
            points = arrivals(reading, activity, effect, t)
            if points:
                for driver in drivers:
                    total[driver] += reach(reading, activity, theatre, driver) * points
    return total


def cuts(reading: Reading, effect: Mapping[Running, float], path: Mapping[Place, float]) -> Mapping[Place, float]:
    """Risk points removed from each driver of each theatre in each period: never more than there are (C17)."""
    cut: dict[Place, float] = {}
    for theatre in reading.problem.theatres:
        for t in reading.periods:
            for driver, points in removable(reading, effect, cut, theatre, t).items():
                cut[theatre.id, driver, t] = min(points, path[theatre.id, driver, t])
    return cut
