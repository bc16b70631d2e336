"""Checks that ids and natural keys are unique in their list, and that some ids are unique across two lists."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from models.errors import Finding, Location
from models.own_plan import OwnPlan
from models.problem.field_shapes import slots
from models.problem.id_references import new_records
from models.problem.politics import Position
from models.problem.record_keys import key_of, name_of, named

if TYPE_CHECKING:
    from models.problem.problem import Problem

FEW_RECORDS = 10
"""Up to this number of new records of a list, each is searched in the list; above it, the whole list is indexed."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Yield each record whose key an earlier record already has."""
    yield from _in_record(problem, ())
    yield from across_lists(problem)


def across_lists(problem: "Problem") -> Iterator[Finding]:
    """Yield each repeated period, and each record whose id a record of another list already has."""
    yield from _periods(problem)
    yield from _ids_of_another_list(problem, "partners", {member.id: "member" for member in problem.members})
    yield from _ids_of_another_list(problem, "activities", {theatre.id: "theatre" for theatre in problem.theatres})


def has_new_duplicates(record: BaseModel, before: BaseModel) -> bool:
    """Whether lists in `record` contain duplicates, given that lists in `before` contain none.

    Lists and records that are the same object in both are not searched again.
    """
    for attribute, _ in _record_fields(type(record)):
        value, previous = getattr(record, attribute), getattr(before, attribute)
        if value is previous or isinstance(value, OwnPlan):
            continue
        if isinstance(value, BaseModel):
            is_comparable = type(previous) is type(value)
            is_duplicate = has_new_duplicates(value, previous) if is_comparable else any(_in_record(value, ()))
        elif isinstance(value, tuple):
            new = new_records(value, previous)
            is_duplicate = _has_duplicates_among(value, new) or any(any(_in_record(record, ())) for record in new)
        else:
            continue
        if is_duplicate:
            return True
    return False


def _has_duplicates_among(records: tuple[BaseModel, ...], new: tuple[BaseModel, ...]) -> bool:
    """Whether one of the new records has the key of another record. The other records are known to differ."""
    if len(new) > FEW_RECORDS or len(set(map(id, records))) < len(records):
        return any(_in_list(records, ()))
    key = key_of(type(records[0])) if records else None
    if key is None:
        return False
    names = [name_of(record, key) for record in new]
    return any(len(list(named(records, key, name))) > 1 for name in names if name is not None)


def _in_record(record: BaseModel, loc: Location) -> Iterator[Finding]:
    for attribute, name in _record_fields(type(record)):
        value, below = getattr(record, attribute), (*loc, name)
        if isinstance(value, tuple):
            yield from _in_list(value, below)
            for number, child in enumerate(value):
                yield from _in_record(child, (*below, number))
        elif isinstance(value, BaseModel) and not isinstance(value, OwnPlan):
            yield from _in_record(value, below)


@cache
def _record_fields(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a record that contain records: attribute, and name in documents."""
    fields = (slot for slot in slots(model).values() if slot.shape.records is not None or slot.shape.is_object)
    return tuple((slot.attribute, slot.name) for slot in fields)


def _in_list(records: Iterable[BaseModel], loc: Location) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for number, record in enumerate(records):
        key = key_of(type(record))
        name = name_of(record, key) if key is not None else None
        if key is None or name is None:
            continue
        first = seen.setdefault(key.normal(name), number)
        if first == number:
            continue
        if key.is_id:
            yield Finding(
                loc=(*loc, number, "id"), code="duplicate_id", message=f"the id {name} is given twice", given=name
            )
        else:
            yield Finding(
                loc=(*loc, number),
                code="duplicate_position" if isinstance(record, Position) else "duplicate_record",
                message=f"has the same key as record number {first + 1} of this list: {name}",
                given=name,
                suggestion="keep one of the two records",
            )


def _periods(problem: "Problem") -> Iterator[Finding]:
    seen: set[str] = set()
    for number, period in enumerate(problem.periods):
        if period in seen:
            message = f"the id {period} is given twice"
            yield Finding(loc=("periods", number), code="duplicate_id", message=message, given=period)
        seen.add(period)


def _ids_of_another_list(problem: "Problem", name: str, taken: Mapping[str, str]) -> Iterator[Finding]:
    for number, record in enumerate(getattr(problem, name)):
        if record.id in taken:
            yield Finding(
                loc=(name, number, "id"),
                code="duplicate_id",
                message=f"the id {record.id} is already the id of a {taken[record.id]}: choose another one",
                given=record.id,
            )
