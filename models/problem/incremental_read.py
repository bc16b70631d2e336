"""A changed document read beside the problem it was made from: what did not change is not read again.

A change copies what is on the way to it and nothing else (`models.problem.replace_at`), so what is the same object in both
documents says the same, and the part of the problem that was read from it is taken over as it is: the same object in
both problems. Whoever works out something from such a part can tell by that alone that it still holds.
"""

from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from models.problem.address_tree import DEFAULTS
from models.problem.field_shapes import MISSING, Model, Slot, slots
from models.problem.problem import Problem
from models.problem.references import still_sound

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
    "_standing": ("members", "activities", "positions", "default_position"),
}
"""What a problem keeps once it was worked out, and the fields that it follows from."""


def reread(document: dict[str, Any], before: Problem) -> Problem:
    """The same as `Problem.model_validate(document)`, sooner the more the document shares with that of `before`.

    Raises the same `ValidationError`: wherever something is wrong, or unusual, the document is read as a whole.
    """
    try:
        changed = _beside(document, before)
    except ValidationError:
        changed = None
    return changed if changed is not None and still_sound(changed, before) else Problem.model_validate(document)


def _beside(document: dict[str, Any], before: Problem) -> Problem | None:
    known, was = slots(Problem), before.document
    if document.keys() - known.keys() or document.get(DEFAULTS) is not was.get(DEFAULTS):
        return None
    values: dict[str, Any] = {}
    for name, slot in known.items():
        if document.get(name, MISSING) is was.get(name, MISSING):
            values[slot.attribute] = getattr(before, slot.attribute)
        elif name not in document:
            if slot.default is MISSING:
                return None
            values[slot.attribute] = Problem.model_fields[slot.attribute].get_default()
        else:
            filled = _defaults(document, name)
            there = _shared(slot, was.get(name), document[name], getattr(before, slot.attribute), filled)
            values[slot.attribute] = _reader(slot.attribute).validate_python(there)
    problem = Problem.model_construct({known[name].attribute for name in document}, **values)
    problem._document = document  # noqa: SLF001  (as reading it does)
    _keep_what_was_worked_out(problem, before)
    return problem


def _defaults(document: Fields, name: str) -> Fields:
    """What the records of a list have where they do not say otherwise."""
    defaults = document.get(DEFAULTS)
    values = defaults.get(name) if isinstance(defaults, dict) else None
    return values if isinstance(values, dict) else {}


@cache
def _reader(attribute: str) -> TypeAdapter[Any]:
    info = Problem.model_fields[attribute]
    return TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]


def _shared(slot: Slot, old: Any, new: Any, value: Any, filled: Fields) -> Any:  # noqa: ANN401  (any value of a document)
    """What to read in place of `new`: the parts of `value`, which was read from `old`, wherever they still hold."""
    records, fields = slot.shape.records, slot.shape.fields
    if records is not None and isinstance(value, tuple) and _are_lists(old, new) and len(old) == len(value):
        return _shared_records(records, old, new, value, filled)
    if fields is not None and isinstance(value, fields) and _are_objects(old, new):
        return _shared_part(fields, old, new, value)
    return new


def _shared_records(
    model: Model, old: Sequence[Any], new: Sequence[Any], values: tuple[Any, ...], filled: Fields
) -> list[Any]:
    there = {id(one): value for one, value in zip(old, values, strict=True)}
    beside = [*zip(old, values, strict=True), *repeat((None, None), max(len(new) - len(old), 0))]
    return [
        there[id(one)] if id(one) in there else _record(model, was, one, value, filled)
        for one, (was, value) in zip(new, beside, strict=False)
    ]


def _record(model: Model, old: Any, new: Any, value: BaseModel | None, filled: Fields) -> Any:  # noqa: ANN401
    if not isinstance(new, dict):
        return new
    if value is None or not isinstance(old, dict):
        return filled | new
    return _shared_part(model, filled | old, filled | new, value)


def _shared_part(model: Model, old: Fields, new: Fields, value: BaseModel) -> BaseModel:
    known = slots(model)
    same = {name: known[name].attribute for name in known if name in new and new[name] is old.get(name, MISSING)}
    there = dict(new)
    for name in known.keys() & new.keys():
        there_now = getattr(value, known[name].attribute)
        there[name] = there_now if name in same else _shared(known[name], old.get(name), new[name], there_now, {})
    read = model.model_validate(there)
    for attribute in same.values():  # a list is copied as it is read
        read.__dict__[attribute] = value.__dict__[attribute]
    return read


def _are_lists(*values: object) -> bool:
    return all(isinstance(value, list | tuple) for value in values)


def _are_objects(*values: object) -> bool:
    return all(isinstance(value, dict) for value in values)


def _keep_what_was_worked_out(problem: Problem, before: Problem) -> None:
    for name, fields in DERIVED.items():
        if name in before.__dict__ and all(getattr(problem, one) is getattr(before, one) for one in fields):
            problem.__dict__[name] = before.__dict__[name]
