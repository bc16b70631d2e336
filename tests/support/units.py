"""Documents and plans written in another unit: of resources, of money, of risk points or of levels.

A change of unit multiplies some numbers of a document and of its plan. It changes nothing that a plan does.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Literal

Document = dict[str, Any]
Unit = Literal["amounts", "money", "points", "levels"]
"""Units of all resources together with the money that they are worth; of money alone; of risk points; of levels."""

Place = tuple[str, str]
"""The key of a number, and the key of the record or list that it stands in."""
EVERY = ""
"""Any record."""

POWERS: Mapping[Unit, Mapping[Place, int]] = {
    "amounts": {
        ("resources", "members"): 1,
        ("resources", "partners"): 1,
        ("needs", EVERY): 1,
        ("amount", "needs"): 1,
        ("amount", EVERY): 1,
        ("cost", "investments"): 1,
        ("adds", "investments"): 1,
        ("min_contribution", EVERY): 1,
        ("reference", EVERY): 1,
        ("max_total_cost", EVERY): 1,
        ("max_change", EVERY): 1,
        ("max_ratio", EVERY): 1,
    },
    "money": {
        ("unit_cost", EVERY): 1,
        ("min_contribution", EVERY): 1,
        ("reference", EVERY): 1,
        ("max_total_cost", EVERY): 1,
        ("max_change", EVERY): 1,
        ("max_ratio", EVERY): 1,
        ("amount", "min_spend"): 1,
    },
    "points": {
        ("risk", "theatres"): 1,
        ("per_level", EVERY): 1,
        ("deviation", EVERY): 1,
        ("effects", EVERY): 1,
        ("effect", "synergies"): 1,
        ("friction", EVERY): 1,
        ("max_ratio", EVERY): -1,
    },
    "levels": {
        ("needs", EVERY): -1,
        ("amount", "needs"): -1,
        ("min_level", "activities"): 1,
        ("max_level", EVERY): 1,
        ("level", "min_level"): 1,
        ("awareness", EVERY): 1,
        ("threshold", EVERY): 1,
        ("levels", EVERY): 1,
        ("per_level", EVERY): -1,
        ("deviation", EVERY): -1,
        ("footprint", EVERY): -1,
        ("trust_loss", EVERY): -1,
    },
}
"""The power of the factor by which each number of a document is multiplied."""

FIGURES: Mapping[Unit, Mapping[Place, int]] = {
    "amounts": {
        ("amount", "allocations"): 1,
        ("amount", "coordination"): 1,
        ("cost", "burden"): 1,
        ("relative_burden", "burden"): 1,
    },
    "money": {("cost", "burden"): 1, ("relative_burden", "burden"): 1},
    "points": {
        ("effect", "activities"): 1,
        ("baseline", "coverage"): 1,
        ("reduction", "coverage"): 1,
        ("residual", "coverage"): 1,
        ("risk_reduction", "scenarios"): 1,
        ("regret", "scenarios"): 1,
    },
    "levels": {
        ("level", "activities"): 1,
        ("effective_level", "activities"): 1,
        ("needed", "threshold"): 1,
        ("short_by", "threshold"): 1,
    },
}
"""The same for a plan."""


def document_in(unit: Unit, factor: float, document: Document) -> Document:
    """Return a document with one unit `factor` times smaller, so that its numbers are `factor` times greater."""
    changed: Document = _scaled(_explicit(document), POWERS[unit], factor)
    for activity in changed["activities"]:
        levels = activity["effect"].pop("levels", None)
        if levels is not None:
            activity["effect"]["points"] = list(zip(levels, activity["effect"].pop("effects"), strict=True))
    baseline = document.get("baseline")
    if baseline is not None:
        changed["baseline"]["plan"] = plan_in(unit, factor, baseline["plan"])
    return changed


def plan_in(unit: Unit, factor: float, plan: Document) -> Document:
    """Return a plan document in a unit `factor` times smaller."""
    changed: Document = _scaled(plan, FIGURES[unit], factor)
    return changed


def _explicit(document: Document) -> Document:
    """Return a document that states the defaults that have a unit; a piecewise effect as its levels and its effects."""
    stated = deepcopy(document)
    stated.setdefault("resources", [{"id": "money"}])
    for resource in stated["resources"]:
        resource.setdefault("unit_cost", 1)
    for activity in stated["activities"]:
        activity.setdefault("needs", {stated["resources"][0]["id"]: 1})
        effect = activity.setdefault("effect", {"type": "linear"})
        if effect["type"] == "linear":
            effect.setdefault("per_level", 1)
        if "points" in effect:
            effect["levels"], effect["effects"] = zip(*effect.pop("points"), strict=True)
    return stated


def _scaled(part: Any, powers: Mapping[Place, int], factor: float, within: str = EVERY) -> Any:
    if isinstance(part, list | tuple):
        return [_scaled(one, powers, factor, within) for one in part]
    if not isinstance(part, dict):
        return part
    changed = {}
    for key, value in part.items():
        power = powers.get((key, within), powers.get((key, EVERY)))
        if power is None or _holds_records(value):
            changed[key] = _scaled(value, powers, factor, key)
        else:
            changed[key] = _times(value, factor**power)
    return changed


def _holds_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, dict):
        return {key: _times(one, factor) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_times(one, factor) for one in value]
    return value if value is None else value * factor
