"""Puts a value at an address of a document, by copying every object on the path; the old document stays unchanged."""

from collections.abc import Mapping
from typing import Any

from models.problem.address_tree import Place, Segments, Step, Tree
from models.problem.field_shapes import MISSING

_REMOVED: Any = object()


def put(tree: Tree, segments: Segments, value: Any) -> dict[str, Any]:  # noqa: ANN401  (any value of a document)
    """Return the document of `tree` with `value` at an address; raises `UnknownAddress`.

    A natural key without a record creates one: `value` is an object of the other fields, or the main field. Null
    removes a record, an entry of an object by id, or a field, which then takes its default. One number for all periods
    becomes one per period before a single period changes.
    """
    tree.find(segments)  # raises UnknownAddress with the whole address
    changed: dict[str, Any] = _put(tree, tree.root, segments, value)
    return changed


def _put(tree: Tree, place: Place, segments: Segments, value: Any) -> Any:  # noqa: ANN401
    segment, rest = segments[0], segments[1:]
    step = tree.step(place, segment, is_last=not rest)
    if not rest:
        new = _replacement(tree, place, step, value)
    else:
        new = _put(tree, step.place, rest, value)
        if step.key_fields is not None and step.place.value is MISSING:
            new = {**step.key_fields, **new}
    if isinstance(step.container, Mapping):
        others = {key: entry for key, entry in step.container.items() if key != step.slot or new is not _REMOVED}
        return others if new is _REMOVED else {**others, step.slot: new}
    items: list[Any] = list(step.container)
    number = int(step.slot)
    items[number : number + 1] = [] if new is _REMOVED else [new]
    return items


def _replacement(tree: Tree, place: Place, step: Step, value: Any) -> Any:  # noqa: ANN401
    """Return what to store at the end of an address that is set to `value`.

    None removes a map entry or an optional field (`_REMOVED`); in a nullable field it stays None. Raises
    `UnknownAddress` if an entry to remove does not exist.
    """
    if step.key_fields is not None:
        return _record(tree, place, step, value)
    if value is not None or not isinstance(step.slot, str):
        return value
    if step.shape.keys is None:
        return None if step.place.shape.nullable else _REMOVED
    if step.slot not in step.container:
        raise tree.unknown(place, step.slot)
    return _REMOVED


def _record(tree: Tree, place: Place, step: Step, value: Any) -> Any:  # noqa: ANN401
    present, key_fields = step.place.value, step.key_fields or {}
    if present is MISSING and (value is None or (step.key and step.key.is_id and not isinstance(value, Mapping))):
        raise tree.unknown(place, step.place.at[-1])
    if value is None:
        return _REMOVED
    if isinstance(value, Mapping):
        return {**key_fields, **value}
    base = present if isinstance(present, Mapping) else key_fields
    if step.key is not None and step.key.main is not None:
        return {**base, step.key.main: value}
    return base if value is True and step.key is not None else value
