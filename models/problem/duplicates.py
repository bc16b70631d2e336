"""One thing is said once: ids and natural keys are unique in their list, and ids where they could be mixed up."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from models.errors import Finding, Location
from models.plan import Plan
from models.problem.field_shapes import slots
from models.problem.id_references import new_records
from models.problem.politics import Position
from models.problem.record_keys import key_of, name_of, named

if TYPE_CHECKING:
    from models.problem.problem import Problem

FEW = 10
"""New records of one list that are looked for among the others one by one; for more, all are listed by their names."""


def findings(problem: "Problem") -> Iterator[Finding]:
    """Every record that names what a record before it names."""
    yield from _in_record(problem, ())
    yield from across_lists(problem)


def across_lists(problem: "Problem") -> Iterator[Finding]:
    """Every period, and every record with an id, that is called what a record of another list is called."""
    yield from _periods(problem)
    yield from _mixed_up(problem, "partners", {member.id: "member" for member in problem.members})
    yield from _mixed_up(problem, "activities", {theatre.id: "theatre" for theatre in problem.theatres})


def is_anything_new_said_twice(record: BaseModel, before: BaseModel) -> bool:
    """The same of one record, beside another of its kind that says nothing twice: what it shares with that is known."""
    for attribute, _ in _holders(type(record)):
        value, was = getattr(record, attribute), getattr(before, attribute)
        if value is was or isinstance(value, Plan):
            continue
        if isinstance(value, BaseModel):
            is_twice = (
                is_anything_new_said_twice(value, was) if type(was) is type(value) else any(_in_record(value, ()))
            )
        elif isinstance(value, tuple):
            new = new_records(value, was)
            is_twice = _is_any_twice(value, new) or any(any(_in_record(one, ())) for one in new)
        else:
            continue
        if is_twice:
            return True
    return False


def _is_any_twice(records: tuple[BaseModel, ...], new: tuple[BaseModel, ...]) -> bool:
    """Whether one of the new records is called what another of all is called; the rest are known to differ."""
    if len(new) > FEW or len(set(map(id, records))) < len(records):
        return any(_in_list(records, ()))
    key = key_of(type(records[0])) if records else None
    if key is None:
        return False
    names = [name_of(one, key) for one in new]
    return any(len(list(named(records, key, name))) > 1 for name in names if name is not None)


def _in_record(record: BaseModel, loc: Location) -> Iterator[Finding]:
    for attribute, name in _holders(type(record)):
        value, here = getattr(record, attribute), (*loc, name)
        if isinstance(value, tuple):
            yield from _in_list(value, here)
            for number, one in enumerate(value):
                yield from _in_record(one, (*here, number))
        elif isinstance(value, BaseModel) and not isinstance(value, Plan):
            yield from _in_record(value, here)


@cache
def _holders(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a record that hold records: attribute, and name in documents."""
    held = (slot for slot in slots(model).values() if slot.shape.records is not None or slot.shape.is_object)
    return tuple((slot.attribute, slot.name) for slot in held)


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
                message=f"says something about {name}, as the record number {first + 1} of this list does",
                given=name,
                suggestion="keep one of the two",
            )


def _periods(problem: "Problem") -> Iterator[Finding]:
    seen: set[str] = set()
    for number, period in enumerate(problem.periods):
        if period in seen:
            message = f"the id {period} is given twice"
            yield Finding(loc=("periods", number), code="duplicate_id", message=message, given=period)
        seen.add(period)


def _mixed_up(problem: "Problem", name: str, taken: Mapping[str, str]) -> Iterator[Finding]:
    for number, record in enumerate(getattr(problem, name)):
        if record.id in taken:
            yield Finding(
                loc=(name, number, "id"),
                code="duplicate_id",
                message=f"the id {record.id} is that of a {taken[record.id]}: the two could be mixed up",
                given=record.id,
            )
