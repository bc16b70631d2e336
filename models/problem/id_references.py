"""Finds the ids in a problem that refer to records, by their types, so that new fields are covered automatically.

Drivers are checked in `models.problem.drivers`, because the meaning of a driver's name depends on the theatre.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel

from models.errors import Location
from models.ids import DriverId, PeriodId
from models.own_plan import OwnPlan

DEFINES = frozenset({"id", "periods"})
"""Fields that define ids; ids in all other fields refer to them."""
NOT_CHECKED = (DriverId, OwnPlan)
"""Types that are not checked: drivers, and the plan in force, which may name records that no longer exist."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An id that refers to a record of a kind."""

    loc: Location
    kind: Any
    id: str
    is_repeated: bool = False
    """Whether the same list contains the id earlier."""


def mentions(record: BaseModel, loc: Location = ()) -> Iterator[Mention]:
    """Yield the references of a record and of the records in it."""
    for attribute, name, forms in _fields(type(record)):
        yield from _in_value(getattr(record, attribute), forms, (*loc, name))


def new_mentions(record: BaseModel, before: BaseModel) -> Iterator[Mention]:
    """Yield the references of a record, except those in parts that are the same object in `before`."""
    for attribute, name, forms in _fields(type(record)):
        value, previous = getattr(record, attribute), getattr(before, attribute)
        if value is previous:
            continue
        if isinstance(value, BaseModel) and type(previous) is type(value):
            yield from new_mentions(value, previous)
        else:
            yield from _in_value(new_records(value, previous), forms, (name,))


def new_records(value: Any, previous: Any) -> Any:  # noqa: ANN401  (any value of a record)
    """Return the records of a list that are not the same object in `previous`; any other value unchanged."""
    is_list = isinstance(value, tuple) and isinstance(previous, tuple)
    if not is_list or not value or not isinstance(value[0], BaseModel):
        return value
    known = set(map(id, previous))
    return tuple(record for record in value if id(record) not in known)


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
            kinds = [kind for kind in kinds if isinstance(kind, NewType) and kind not in (*NOT_CHECKED, PeriodId)]
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
    """Return the fields that can contain references: attribute, name in documents, forms of the value."""
    fields = [
        (attribute, info.alias or attribute, _forms(info.annotation)) for attribute, info in model.model_fields.items()
    ]
    return tuple(field for field in fields if field[0] not in DEFINES and any(map(_can_refer, field[2])))


def _can_refer(form: Any) -> bool:  # noqa: ANN401
    inner = get_args(form)[:1] if get_origin(form) in {dict, tuple} else (form,)
    return any(
        isinstance(kind, NewType) or (isinstance(kind, type) and issubclass(kind, BaseModel))
        for part in inner
        for kind in _forms(part)
        if kind not in NOT_CHECKED
    )


def _forms(annotation: Any) -> tuple[Any, ...]:  # noqa: ANN401  (any type)
    """Return the forms that a value of the type can take."""
    if get_origin(annotation) is Annotated:
        return _forms(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return tuple(form for member in get_args(annotation) for form in _forms(member))
    return (annotation,)
