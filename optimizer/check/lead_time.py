"""C29: intermittent presence costs time."""

from models.problem.activity import Activity
from optimizer.check.plan_index import Running
from optimizer.check.reading import Reading
from optimizer.check.sparse import Amounts


def arrivals(reading: Reading, activity: Activity, effect: Amounts[Running], t: int) -> float:
    """Effect points of an activity that arrive in a period: after its lag (C17) or its lead time (C29)."""
    lead = activity.lead_time
    if lead is None:
        return effect[activity.id, t - activity.lag]
    fast, slow = t - lead.with_presence, t - lead.without
    arrived = effect[activity.id, fast] if was_near(reading, activity, fast) else 0.0
    return arrived + (0.0 if was_near(reading, activity, slow) else effect[activity.id, slow])


def held_back(reading: Reading, effect: Amounts[Running]) -> tuple[Running, ...]:
    """The runs whose effect can arrive early, and could be held back to arrive late."""
    found = []
    for (activity_id, t), points in effect.items():
        activity = reading.problem.activity[activity_id]
        lead = activity.lead_time
        if lead is not None and lead.with_presence != lead.without and points and was_near(reading, activity, t):
            found.append((activity_id, t))
    return tuple(found)


def was_near(reading: Reading, activity: Activity, t: int) -> bool:
    """C29: whether an activity that gives presence ran in the period before."""
    return activity.lead_time is not None and any(
        (source, t - 1) in reading.flag for source in activity.lead_time.presence_from
    )
