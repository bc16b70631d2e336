"""How a record of a list is named in an address: by its id, or by the fields that tell it from its neighbours.

The parts of a natural key are joined by `:`; a part that is not given is `-`, and left out at the end. Where a part is
itself a list, its ids are joined by `+`. The order of the two contributors of a rivalry, of the activities of a
synergy or of alternatives, and of ids joined by `+`, does not matter.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from models.base import Entry
from models.problem.activity import Alternatives, NeedLine, Synergy
from models.problem.member import Caveat
from models.problem.objective import Objective
from models.problem.policy import (
    ContributorShare,
    CoverageFloor,
    LevelFloor,
    Lock,
    PillarShare,
    Reserve,
    SpendFloor,
    TagShare,
)
from models.problem.politics import Cascade, Follower, Position, Rivalry, Withdrawal
from models.problem.scenario import Uncertainty
from models.problem.theatre import Spillover

NOT_GIVEN, PART, JOINED = "-", ":", "+"
PLACE = "place"
"""Stands for `activity` or `theatre`, whichever a record names."""
UNSAID = {"scope": "own"}
"""Values that count as not given."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """The fields that name a record, and the field that a bare value fills."""

    fields: tuple[str, ...]
    main: str | None = None
    together: int | None = None
    """How many parts the first field, a list, takes; their order does not matter. 0: all of them."""
    is_for_all: bool = False
    """Whether the first field may be left out, and the record then speaks of all."""
    is_id: bool = False
    """Whether it is an id: then a record is made only from an object, never from a longer address."""

    @property
    def naming(self) -> tuple[str, ...]:
        """The fields of a record that make its key."""
        return tuple(name for one in self.fields for name in (("activity", "theatre") if one == PLACE else (one,)))

    def name(self, get: Callable[[str], Any]) -> str | None:
        """The key of the record whose fields `get` returns, as its author ordered it; None if it cannot be named."""
        parts: list[str] = []
        for one in self.fields:
            value = (get("activity") or get("theatre")) if one == PLACE else get(one)
            if value is None or value == UNSAID.get(one):
                parts.append(NOT_GIVEN)
            elif isinstance(value, str):
                parts.append(value)
            elif isinstance(value, list | tuple | dict) and all(isinstance(id_, str) for id_ in value):
                parts.extend(value if self.together is not None and one == self.fields[0] else [JOINED.join(value)])
            else:
                return None
        if not parts or (parts[0] == NOT_GIVEN and not self.is_for_all):
            return None
        return PART.join(_without_tail(parts))

    def normal(self, name: str) -> str:
        """The same for every spelling of one key."""
        parts = [_in_any_order(part) for part in name.split(PART)]
        if self.together is not None:
            width = self.together or len(parts)
            parts[:width] = sorted(parts[:width])
        return PART.join(_without_tail(parts))

    def may_be(self, first: object, normal: str) -> bool:
        """Whether a record may have a name in its normal form, going by its first field: quicker than to make its own.

        An id stands at the beginning of the name as it is.
        """
        if type(first) is not str or self.together is not None or self.fields[0] == PLACE:
            return True
        return normal.startswith(first) or PART in first or JOINED in first

    def fields_of(self, name: str, theatres: Container[str]) -> dict[str, Any] | None:
        """The fields of a new record with this key; None if there are too few or too many parts."""
        if self.fields == ("address",) or self.is_id:
            return {self.fields[0]: name}
        parts = name.split(PART)
        made: dict[str, Any] = {}
        for number, one in enumerate(self.fields):
            if number == 0 and self.together is not None:
                width = self.together or len(parts)
                if len(parts) < width:
                    return None
                made[one], parts = parts[:width], parts[width:]
            elif parts:
                part = parts.pop(0)
                made |= {} if part == NOT_GIVEN else _field(one, part, theatres)
        return None if parts else made


def key_of(model: type[BaseModel]) -> Key | None:
    """How records of this kind are named; None if they are only counted."""
    return _ID if issubclass(model, Entry) and "id" in model.model_fields else KEYS.get(model)


def name_in(record: object, key: Key) -> str | None:
    """The key of a record as it stands in a document, which may be no record at all."""
    return key.name(record.get) if isinstance(record, Mapping) else None


def name_of(record: BaseModel, key: Key) -> str | None:
    """The key of a validated record."""
    return key.name(lambda name: getattr(record, "from_" if name == "from" else name))


def named(records: Iterable[object], key: Key, name: str) -> Iterator[int]:
    """Which of some records, validated or as they stand in a document, have a name: where they are, in order."""
    normal, field = key.normal(name), key.fields[0]
    for number, record in enumerate(records):
        first = record.get(field) if isinstance(record, dict) else getattr(record, field, None)
        if key.may_be(first, normal):
            called = name_of(record, key) if isinstance(record, BaseModel) else name_in(record, key)
            if called is not None and key.normal(called) == normal:
                yield number


def _in_any_order(part: str) -> str:
    return JOINED.join(sorted(part.split(JOINED)))


def _without_tail(parts: list[str]) -> list[str]:
    """The parts up to the last one that is given (the first stays in any case)."""
    end = max((number for number, part in enumerate(parts) if part != NOT_GIVEN), default=0)
    return parts[: end + 1]


def _field(name: str, part: str, theatres: Container[str]) -> dict[str, Any]:
    match name:
        case "place":
            return {"theatre" if part in theatres else "activity": part}
        case "frameworks":
            return {name: part.split(JOINED)}
        case "from" if JOINED in part:
            return {name: dict.fromkeys(part.split(JOINED), 1)}
        case _:
            return {name: part}


_ID = Key(fields=("id",), is_id=True)

KEYS: dict[type[BaseModel], Key] = {
    Position: Key(fields=("member", PLACE, "framework"), main="value"),
    Cascade: Key(fields=("pivot",)),
    Follower: Key(fields=("member",), main="strength"),
    Withdrawal: Key(fields=("member", "theatre")),
    Rivalry: Key(fields=("between",), together=2),
    Synergy: Key(fields=("activities", "driver"), together=2, main="effect"),
    Alternatives: Key(fields=("activities",), together=0, main="at_most"),
    Caveat: Key(fields=(PLACE, "scope", "frameworks"), main="max_level"),
    NeedLine: Key(fields=("from",), main="amount"),
    Spillover: Key(fields=("from", "to"), main="rate"),
    SpendFloor: Key(fields=("theatre",), main="amount"),
    LevelFloor: Key(fields=("activity",), main="level"),
    CoverageFloor: Key(fields=("theatre", "driver"), main="share"),
    PillarShare: Key(fields=("pillar", "theatre")),
    TagShare: Key(fields=("tag", "theatre")),
    ContributorShare: Key(fields=("contributor", "theatre"), main="share", is_for_all=True),
    Reserve: Key(fields=("resource", "contributor"), main="amount"),
    Lock: Key(fields=("activity", "framework", "period")),
    Uncertainty: Key(fields=("address",)),
    Objective: Key(fields=("metric",)),
}
"""Every kind of record that has no id."""
