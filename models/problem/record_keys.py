"""Names of records in addresses: the id, or a natural key of the fields that identify the record in its list.

`:` joins the parts of a natural key. `-` stands for an absent part; absent parts at the end are left out. `+` joins the
ids of a part that is a list. The order does not matter for the two contributors of a rivalry, the activities of a
synergy or of alternatives, and ids joined by `+`.
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
"""Pseudo field of a key: the `activity` or the `theatre` of a record."""
IMPLIED = {"scope": "own"}
"""Field values that count as absent in a key."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """Key of a kind of record: the fields that name a record, and the field that a bare value fills."""

    fields: tuple[str, ...]
    main: str | None = None
    """Field that an override with a bare value fills; None if there is none."""
    unordered: int | None = None
    """Number of key parts from the first field, a list in any order; 0 for all parts, None for no list."""
    is_for_all: bool = False
    """Whether the first field may be absent; the record then applies to all."""
    is_id: bool = False
    """Whether the key is an id; then only an object creates a record, never a longer address."""

    @property
    def field_names(self) -> tuple[str, ...]:
        """Fields of a record that form its key."""
        return tuple(
            name for field in self.fields for name in (("activity", "theatre") if field == PLACE else (field,))
        )

    def name(self, get: Callable[[str], Any]) -> str | None:
        """Return the key of a record, with parts in the given order; None if the record cannot be named.

        `get` returns a field of the record by name.
        """
        parts: list[str] = []
        for field in self.fields:
            value = (get("activity") or get("theatre")) if field == PLACE else get(field)
            if value is None or value == IMPLIED.get(field):
                parts.append(NOT_GIVEN)
            elif isinstance(value, str):
                parts.append(value)
            elif isinstance(value, list | tuple | dict) and all(isinstance(id_, str) for id_ in value):
                is_unordered = self.unordered is not None and field == self.fields[0]
                parts.extend(value if is_unordered else [JOINED.join(value)])
            else:
                return None
        if not parts or (parts[0] == NOT_GIVEN and not self.is_for_all):
            return None
        return PART.join(_without_tail(parts))

    def normal(self, name: str) -> str:
        """Return the normal form of a key, which is equal for all spellings."""
        parts = [_in_any_order(part) for part in name.split(PART)]
        if self.unordered is not None:
            width = self.unordered or len(parts)
            parts[:width] = sorted(parts[:width])
        return PART.join(_without_tail(parts))

    def can_have_name(self, first: object, normal: str) -> bool:
        """Whether a record with this first field can have the key `normal`: a fast test before the key is computed.

        If the first field is an id, the key begins with it.
        """
        if type(first) is not str or self.unordered is not None or self.fields[0] == PLACE:
            return True
        return normal.startswith(first) or PART in first or JOINED in first

    def fields_of(self, name: str, theatres: Container[str]) -> dict[str, Any] | None:
        """Return the fields of a new record with this key; None if the key has too few or too many parts."""
        if self.fields == ("address",) or self.is_id:
            return {self.fields[0]: name}
        parts = name.split(PART)
        fields: dict[str, Any] = {}
        for number, field in enumerate(self.fields):
            if number == 0 and self.unordered is not None:
                width = self.unordered or len(parts)
                if len(parts) < width:
                    return None
                fields[field], parts = parts[:width], parts[width:]
            elif parts:
                part = parts.pop(0)
                fields |= {} if part == NOT_GIVEN else _field(field, part, theatres)
        return None if parts else fields


def key_of(model: type[BaseModel]) -> Key | None:
    """Return the key of a kind of record; None if its records are named by position."""
    return _ID if issubclass(model, Entry) and "id" in model.model_fields else KEYS.get(model)


def name_in(record: object, key: Key) -> str | None:
    """Return the key of a record in a document; None if the value is not a record or cannot be named."""
    return key.name(record.get) if isinstance(record, Mapping) else None


def name_of(record: BaseModel, key: Key) -> str | None:
    """Return the key of a validated record; None if it cannot be named."""
    return key.name(lambda name: getattr(record, "from_" if name == "from" else name))


def named(records: Iterable[object], key: Key, name: str) -> Iterator[int]:
    """Yield the positions of the records, validated or in document form, that have the key `name`."""
    normal, field = key.normal(name), key.fields[0]
    for number, record in enumerate(records):
        first = record.get(field) if isinstance(record, dict) else getattr(record, field, None)
        if key.can_have_name(first, normal):
            found = name_of(record, key) if isinstance(record, BaseModel) else name_in(record, key)
            if found is not None and key.normal(found) == normal:
                yield number


def _in_any_order(part: str) -> str:
    return JOINED.join(sorted(part.split(JOINED)))


def _without_tail(parts: list[str]) -> list[str]:
    """Return the parts without absent ones at the end; the first part always stays."""
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
    Rivalry: Key(fields=("between",), unordered=2),
    Synergy: Key(fields=("activities", "driver"), unordered=2, main="effect"),
    Alternatives: Key(fields=("activities",), unordered=0, main="at_most"),
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
"""Keys of all kinds of records without an id."""
