"""Every id in a problem that refers to something, found by its type: a new field cannot be forgotten.

Drivers are left to `models.problem.drivers`: what a driver's name refers to depends on the theatre.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel

from models.errors import Location
from models.ids import DriverId, PeriodId
from models.plan import Plan

DEFINES = frozenset({"id", "periods"})
"""The fields that give an id; every other id refers to one."""
LEFT_OUT = (DriverId, Plan)
"""Drivers, and the plan in force: what it names and no longer exists counts as change."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An id at a place, and what kind of thing it refers to."""

    loc: Location
    kind: Any
    id: str
    is_repeated: bool = False
    """Whether the same list names it before."""


def mentions(record: BaseModel, loc: Location = ()) -> Iterator[Mention]:
    """Every id that a record, and the records in it, refer to."""
    for attribute, name, forms in _fields(type(record)):
        yield from _in_value(getattr(record, attribute), forms, (*loc, name))


def new_mentions(record: BaseModel, before: BaseModel) -> Iterator[Mention]:
    """Those of a record that stand in no part which it has in common with another of its kind: the same object."""
    for attribute, name, forms in _fields(type(record)):
        value, was = getattr(record, attribute), getattr(before, attribute)
        if value is was:
            continue
        if isinstance(value, BaseModel) and type(was) is type(value):
            yield from new_mentions(value, was)
        else:
            yield from _in_value(new_records(value, was), forms, (name,))


def new_records(value: Any, was: Any) -> Any:  # noqa: ANN401  (any value of a record)
    """Of a list of records those that are not in another list too, the same object; any other value whole."""
    if not isinstance(value, tuple) or not isinstance(was, tuple) or not value or not isinstance(value[0], BaseModel):
        return value
    there = set(map(id, was))
    return tuple(one for one in value if id(one) not in there)


def _in_value(value: Any, forms: tuple[Any, ...], loc: Location) -> Iterator[Mention]:  # noqa: ANN401
    match value:
        case BaseModel():
            yield from mentions(value, loc)
        case str():
            yield from (Mention(loc=loc, kind=form, id=value) for form in forms if isinstance(form, NewType))
        case tuple():
            yield from _in_list(value, forms, loc)
        case dict():
            kinds = [get_args(form)[0] for form in forms if get_origin(form) is dict]
            kinds = [kind for kind in kinds if isinstance(kind, NewType) and kind not in (*LEFT_OUT, PeriodId)]
            yield from (Mention(loc=(*loc, key), kind=kind, id=key) for kind in kinds for key in value)
        case _:
            return


def _in_list(values: tuple[Any, ...], forms: tuple[Any, ...], loc: Location) -> Iterator[Mention]:
    items = next((_forms(get_args(form)[0]) for form in forms if get_origin(form) is tuple), ())
    seen = set()
    for number, value in enumerate(values):
        for mention in _in_value(value, items, (*loc, number)):
            yield replace(mention, is_repeated=True) if isinstance(value, str) and value in seen else mention
        if isinstance(value, str):
            seen.add(value)


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, str, tuple[Any, ...]], ...]:
    """The fields in which there can be ids: attribute, name in documents, the forms of the value."""
    fields = [
        (attribute, info.alias or attribute, _forms(info.annotation)) for attribute, info in model.model_fields.items()
    ]
    return tuple(field for field in fields if field[0] not in DEFINES and any(map(_can_refer, field[2])))


def _can_refer(form: Any) -> bool:  # noqa: ANN401
    inner = get_args(form)[:1] if get_origin(form) in {dict, tuple} else (form,)
    return any(
        isinstance(one, NewType) or (isinstance(one, type) and issubclass(one, BaseModel))
        for part in inner
        for one in _forms(part)
        if one not in LEFT_OUT
    )


def _forms(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401  (any type)
    """The forms a value can take."""
    if get_origin(annotation) is Annotated:
        return _forms(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return tuple(form for one in get_args(annotation) for form in _forms(one))
    return (annotation,)
