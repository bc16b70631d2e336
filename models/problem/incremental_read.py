"""Incremental reading of a changed document: unchanged parts of the previous problem are reused.

A change copies only the objects on the path to it (`models.problem.replace_at`). A part that is the same object in both
documents is therefore unchanged, and both problems share the part that was read from it. Code that computes something
from such a part can compare by identity to decide whether its result is still valid.
"""

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from models.problem.address_tree import DEFAULTS
from models.problem.field_shapes import MISSING, Model, Slot, slots
from models.problem.problem import Problem
from models.problem.references import is_still_consistent

Fields = dict[str, Any]

DERIVED = {
    "member": ("members",),
    "partner": ("partners",),
    "contributor": ("members", "partners"),
    "resource": ("resources",),
    "theatre": ("theatres",),
    "activity": ("activities",),
    "framework": ("frameworks",),
    "risk": ("theatres", "periods"),
    "_position_index": ("members", "activities", "positions", "default_position"),
}
"""Cached properties of a problem, and the fields that each depends on."""


def reread(document: dict[str, Any], before: Problem) -> Problem:
    """Return the problem of a document, faster the more the document shares with that of `before`.

    It has the names of documents (`from`), not those of Python (`from_`). Raises the same `ValidationError` as
    validation: an invalid or unusual document is read as a whole.
    """
    try:
        changed = _read_changes(document, before)
    except ValidationError:
        changed = None
    if changed is not None and is_still_consistent(changed, before):
        return changed
    return Problem.model_validate(document, by_alias=True, by_name=False)


def _read_changes(document: dict[str, Any], before: Problem) -> Problem | None:
    """Return the problem with only the changes read; None if the document must be read as a whole."""
    known, previous = slots(Problem), before.document
    if document.keys() - known.keys() or document.get(DEFAULTS) is not previous.get(DEFAULTS):
        return None
    values: dict[str, Any] = {}
    for name, slot in known.items():
        if document.get(name, MISSING) is previous.get(name, MISSING):
            values[slot.attribute] = getattr(before, slot.attribute)
        elif name not in document:
            if slot.default is MISSING:
                return None
            values[slot.attribute] = Problem.model_fields[slot.attribute].get_default()
        else:
            filled = _defaults(document, name)
            value = _with_reused_parts(
                slot, previous.get(name), document[name], getattr(before, slot.attribute), filled
            )
            values[slot.attribute] = _reader(slot.attribute).validate_python(value, by_alias=True, by_name=False)
    problem = Problem.model_construct({known[name].attribute for name in document}, **values)
    problem._document = document  # noqa: SLF001  (as validation does)
    _copy_derived_properties(problem, before)
    return problem


def _defaults(document: Fields, name: str) -> Fields:
    """Return the values that `defaults` gives to the records of a list."""
    defaults = document.get(DEFAULTS)
    values = defaults.get(name) if isinstance(defaults, dict) else None
    return values if isinstance(values, dict) else {}


@cache
def _reader(attribute: str) -> TypeAdapter[Any]:
    info = Problem.model_fields[attribute]
    return TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]


def _with_reused_parts(slot: Slot, old: Any, new: Any, value: Any, filled: Fields) -> Any:  # noqa: ANN401  (any value of a document)
    """Return `new` with unchanged parts replaced by the parts of `value`, which was read from `old`."""
    records, fields = slot.shape.records, slot.shape.fields
    if records is not None and isinstance(value, tuple) and _are_lists(old, new) and len(old) == len(value):
        return _with_reused_records(records, old, new, value, filled)
    if fields is not None and isinstance(value, fields) and _are_objects(old, new):
        return _read_part(fields, old, new, value)
    return new


def _with_reused_records(
    model: Model, old: Sequence[Any], new: Sequence[Any], values: tuple[Any, ...], filled: Fields
) -> list[Any]:
    known = {id(record): value for record, value in zip(old, values, strict=True)}
    previous = [*zip(old, values, strict=True), *repeat((None, None), max(len(new) - len(old), 0))]
    return [
        known[id(record)] if id(record) in known else _record(model, old_record, record, value, filled)
        for record, (old_record, value) in zip(new, previous, strict=False)
    ]


def _record(model: Model, old: Any, new: Any, value: BaseModel | None, filled: Fields) -> Any:  # noqa: ANN401
    if not isinstance(new, dict):
        return new
    if value is None or not isinstance(old, dict):
        return filled | new
    return _read_part(model, filled | old, filled | new, value)


def _read_part(model: Model, old: Fields, new: Fields, value: BaseModel) -> BaseModel:
    """Read a record; fields that are the same object in `old` and `new` are taken from `value`."""
    known = slots(model)
    same = {name: known[name].attribute for name in known if name in new and new[name] is old.get(name, MISSING)}
    fields = dict(new)
    for name in known.keys() & new.keys():
        present, slot = getattr(value, known[name].attribute), known[name]
        fields[name] = present if name in same else _with_reused_parts(slot, old.get(name), new[name], present, {})
    read = model.model_validate(fields, by_alias=True, by_name=False)
    for attribute in same.values():  # validation copies lists
        read.__dict__[attribute] = value.__dict__[attribute]
    return read


def _are_lists(*values: object) -> bool:
    return all(isinstance(value, list | tuple) for value in values)


def _are_objects(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _copy_derived_properties(problem: Problem, before: Problem) -> None:
    for name, fields in DERIVED.items():
        if name in before.__dict__ and all(getattr(problem, field) is getattr(before, field) for field in fields):
            problem.__dict__[name] = before.__dict__[name]
