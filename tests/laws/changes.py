"""Changes of a document with a known influence on the optimum."""

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

from tests.laws.draws import Document

ORDERED_LISTS = ("periods", "frameworks", "points", "objectives")
TOKEN = re.compile(r"\b([a-z])([0-9])\b")


# ------------------------------------------------------------------------------------------------------------- laxer


def laxer(document: Document) -> dict[str, Document]:
    """Return copies of a document with a larger amount or a wider limit, by description of the change."""
    return {name: change(deepcopy(document)) for name, change in _laxer(document)}


def _laxer(document: Document) -> Iterator[tuple[str, Callable[[Document], Document]]]:
    for kind in ("members", "partners"):
        for place, one in enumerate(document.get(kind, ())):
            for resource in one["resources"]:
                yield f"more {resource} of {one['id']}", _at((kind, place, "resources", resource), _more)
    for place, one in enumerate(document["activities"]):
        if "max_level" in one:
            yield f"a higher level of {one['id']}", _at(("activities", place, "max_level"), _more)
    for path, change in WIDER.items():
        if _has(document, path):
            yield "/".join(map(str, path)), _at(path, change)


def _more(amount: Any) -> Any:
    return [_more(one) for one in amount] if isinstance(amount, list) else amount * 1.5 + 1


def _less(amount: float) -> float:
    return amount / 2


def _greater_share(share: float) -> float:
    return min(1.0, share + 0.25)


WIDER: dict[tuple[str | int, ...], Callable[[Any], Any]] = {
    ("policy", "max_total_cost"): _more,
    ("policy", "max_opposition"): _more,
    ("policy", "max_military_share_in_civil_tasks"): _greater_share,
    ("policy", "max_contributor_share", 0, "share"): _greater_share,
    ("policy", "min_pre_conflict_share"): _less,
    ("policy", "reserve", 0, "amount"): _less,
    ("policy", "min_spend", 0, "amount"): _less,
    ("policy", "min_level", 0, "level"): _less,
    ("policy", "min_coverage", 0, "share"): _less,
    ("burden_sharing", "tolerance"): _more,
    ("burden_sharing", "max"): _greater_share,
    ("burden_sharing", "max_ratio"): _more,
    ("concessions", "budget"): _more,
    ("concessions", "max_per_case"): _more,
    ("divergence", "max"): _more,
    ("baseline", "max_change"): _more,
    ("criterion", "gamma"): _less,
    ("theatres", 0, "footprint_cap"): _more,
    ("investments", 0, "max"): lambda most: most + 1,
    ("alternatives", 0, "at_most"): lambda most: most + 1,
}


def _has(document: Any, path: tuple[str | int, ...]) -> bool:
    for step in path:
        if isinstance(step, int):
            if len(document) <= step:
                return False
        elif step not in document:
            return False
        document = document[step]
    return True


def _at(path: tuple[str | int, ...], change: Callable[[Any], Any]) -> Callable[[Document], Document]:
    def changed(document: Document) -> Document:
        part: Any = document
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = change(part[path[-1]])
        return document

    return changed


# ---------------------------------------------------------------------------------------------- renamed and reordered


def renamed(document: Document) -> Document:
    """Return a document with other ids, which sort in the opposite order."""
    text = TOKEN.sub(lambda found: f"{found[1]}{9 - int(found[2])}-anew", json.dumps(document))
    return json.loads(text)


def reordered(document: Document, random: Random) -> Document:
    """Return a document with every list shuffled, except periods, frameworks, points and objectives."""
    return _reordered(document, random, "")


def _reordered(part: Any, random: Random, within: str) -> Any:
    if isinstance(part, dict):
        return {key: _reordered(value, random, key) for key, value in part.items()}
    if not isinstance(part, list):
        return part
    changed = [_reordered(one, random, within) for one in part]
    if within not in ORDERED_LISTS and all(isinstance(one, dict | str) for one in changed):
        random.shuffle(changed)
    return changed
