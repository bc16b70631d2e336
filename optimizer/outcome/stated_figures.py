"""Lays what a plan of one's own states over what was derived: stated figures stay, so that they can be compared."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.ids import FrameworkId
from models.own_plan import OwnPlan
from models.plan import Plan
from models.problem.problem import Problem

Fields = Mapping[str, Any]
Records = Sequence[Fields]
Key = tuple[str, ...]
"""The fields that name a record; a scenario comes last."""

RUN: Key = ("id", "period", "scenario")
FIGURES: Mapping[str, Key] = {
    "coverage": ("theatre", "driver", "period", "scenario"),
    "burden": ("member",),
    "divergence": ("activity", "period", "scenario"),
    "scenarios": ("id",),
}
"""The fields that name a record of each list of figures."""

BLANK: Mapping[str, Fields] = {
    "coverage": dict.fromkeys(("baseline", "reduction", "residual", "share"), 0.0),
    "burden": dict.fromkeys(("cost", "share", "fair_share", "relative_burden"), 0.0),
    "divergence": dict.fromkeys(("range", "total_deviation", "pairwise", "willing_share"), 0.0),
    "scenarios": {"risk_reduction": 0.0, "regret": None},
}
"""Figures of a stated record for which nothing is derived, because the plan does nothing there."""
BLANK_RUN: Fields = {
    **dict.fromkeys(("level", "effective_level", "effect"), 0.0),
    "role": "lead",
    "threshold": None,
    "participants": (),
    "stood_aside": (),
}
BLANK_THRESHOLD: Fields = {"needed": 0.0, "met": False, "short_by": 0.0}


def with_stated(own: OwnPlan, derived: Plan | None, problem: Problem) -> Plan:
    """The derived plan with all that `own` states; without a derived plan, blank figures and the first frameworks.

    Records that `own` lists come first, in its order; derived ones that it does not list follow.
    """
    stated = own.model_dump()
    whole: Fields = dict.fromkeys(Plan.model_fields, ()) if derived is None else derived.model_dump()
    figures = {name: _completed(stated[name], whole[name], _key(name, problem), BLANK[name]) for name in FIGURES}
    runs, others = _matched(stated["activities"], whole["activities"], RUN)
    decisions = {name: stated[name] for name in ("allocations", "coordination", "concessions", "investments")}
    activities = [*(_run(run, same, problem) for run, same in runs), *others]
    return Plan.model_validate({**decisions, "activities": activities, **figures})


def _key(name: str, problem: Problem) -> Key:
    """The fields that name a record of a list; without scenarios, the only result may have any id."""
    return () if name == "scenarios" and not problem.scenarios else FIGURES[name]


def _completed(stated: Records, derived: Records, key: Key, blank: Fields) -> list[Fields]:
    pairs, others = _matched(stated, derived, key)
    return [*(_over(record, {**blank, **same}) for record, same in pairs), *others]


def _matched(stated: Records, derived: Records, key: Key) -> tuple[list[tuple[Fields, Fields]], list[Fields]]:
    """Each stated record with the derived one of the same name, or with nothing; and the derived ones not stated.

    A stated record without a scenario is about all scenarios; the first derived one completes it.
    """
    in_any = tuple(name for name in key if name != "scenario")
    by_name: dict[tuple[Any, ...], Fields] = {}
    for record in derived:
        by_name.setdefault(_name(record, key), record)
        by_name.setdefault((*_name(record, in_any), None), record)
    of_all = {_name(record, in_any) for record in stated if record.get("scenario") is None}
    of_one = {_name(record, key) for record in stated}
    rest = [other for other in derived if _name(other, in_any) not in of_all and _name(other, key) not in of_one]
    return [(record, by_name.get(_name(record, key), {})) for record in stated], rest


def _name(record: Fields, key: Key) -> tuple[Any, ...]:
    return tuple(record[name] for name in key)


def _run(stated: Fields, derived: Fields, problem: Problem) -> Fields:
    run = _over(stated, {**BLANK_RUN, "framework": _first_framework(stated["id"], problem), **derived})
    if stated["threshold"] is not None:
        run["threshold"] = _over(stated["threshold"], derived.get("threshold") or BLANK_THRESHOLD)
    return run


def _first_framework(activity: Any, problem: Problem) -> FrameworkId:  # noqa: ANN401  (an id that may not exist)
    record = problem.activity.get(activity)
    return problem.frameworks[0].id if record is None else problem.frameworks_of(record)[0]


def _over(stated: Fields, derived: Fields) -> dict[str, Any]:
    """The stated fields over the derived ones; null counts as not stated."""
    return {**stated, **derived, **{name: value for name, value in stated.items() if value is not None}}
