"""A document with another value at an address. What was there is never touched: everything on the way is copied."""

from collections.abc import Mapping
from typing import Any

from models.problem.address_tree import Place, Segments, Step, Tree
from models.problem.field_shapes import MISSING

_REMOVED: Any = object()


def put(tree: Tree, segments: Segments, value: Any) -> dict[str, Any]:  # noqa: ANN401  (any value of a document)
    """The document of `tree` with `value` at an address; raises `UnknownAddress`.

    At a natural key that has no record, one is made: `value` is an object of its other fields, or its main one. Null
    removes a record, an entry of an object by id, or a field, which then has its default. A value that stands for all
    periods is told apart into one for each before one of them changes.
    """
    tree.find(segments)  # so that what is unknown is told with the whole address
    changed: dict[str, Any] = _put(tree, tree.root, segments, value)
    return changed


def _put(tree: Tree, place: Place, segments: Segments, value: Any) -> Any:  # noqa: ANN401
    segment, rest = segments[0], segments[1:]
    step = tree.step(place, segment, is_last=not rest)
    if not rest:
        new = _settled(tree, place, step, value)
    else:
        new = _put(tree, step.place, rest, value)
        if step.made is not None and step.place.value is MISSING:
            new = {**step.made, **new}
    if isinstance(step.container, Mapping):
        others = {key: one for key, one in step.container.items() if key != step.slot or new is not _REMOVED}
        return others if new is _REMOVED else {**others, step.slot: new}
    items: list[Any] = list(step.container)
    number = int(step.slot)
    items[number : number + 1] = [] if new is _REMOVED else [new]
    return items


def _settled(tree: Tree, place: Place, step: Step, value: Any) -> Any:  # noqa: ANN401
    """What to write at the last step for `value`."""
    if step.made is not None:
        return _record(tree, place, step, value)
    if value is not None or not isinstance(step.slot, str):
        return value
    if step.shape.keys is None:
        return None if step.place.shape.nullable else _REMOVED
    if step.slot not in step.container:
        raise tree.unknown(place, step.slot)
    return _REMOVED


def _record(tree: Tree, place: Place, step: Step, value: Any) -> Any:  # noqa: ANN401
    there, made = step.place.value, step.made or {}
    if there is MISSING and (value is None or (step.key and step.key.is_id and not isinstance(value, Mapping))):
        raise tree.unknown(place, step.place.at[-1])
    if value is None:
        return _REMOVED
    if isinstance(value, Mapping):
        return {**made, **value}
    base = there if isinstance(there, Mapping) else made
    if step.key is not None and step.key.main is not None:
        return {**base, step.key.main: value}
    return base if value is True and step.key is not None else value
