"""C29: intermittent presence costs time."""

from models.problem.activity import Activity
from optimizer.check.plan_index import Running
from optimizer.check.plan_view import PlanView
from optimizer.check.sparse import Amounts


def arrivals(view: PlanView, activity: Activity, effect: Amounts[Running], t: int) -> float:
    """Return the effect points of an activity that arrive in period t, after its lag (C17) or lead time (C29)."""
    lead = activity.lead_time
    if lead is None:
        return effect[activity.id, t - activity.lag]
    fast, slow = t - lead.with_presence, t - lead.without
    arrived = effect[activity.id, fast] if had_presence(view, activity, fast) else 0.0
    return arrived + (0.0 if had_presence(view, activity, slow) else effect[activity.id, slow])


def delayable_runs(view: PlanView, effect: Amounts[Running]) -> tuple[Running, ...]:
    """Return the runs whose effect can arrive early and may also be delayed to arrive late."""
    found = []
    for (activity_id, t), points in effect.items():
        activity = view.problem.activity[activity_id]
        lead = activity.lead_time
        if lead is not None and lead.with_presence != lead.without and points and had_presence(view, activity, t):
            found.append((activity_id, t))
    return tuple(found)


def had_presence(view: PlanView, activity: Activity, t: int) -> bool:
    """C29: return whether an activity that provides presence ran in the period before t."""
    return activity.lead_time is not None and any(
        (source, t - 1) in view.framework for source in activity.lead_time.presence_from
    )
