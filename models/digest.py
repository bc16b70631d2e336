"""Digest of a problem: equal for every spelling of the same problem, and stable when optional fields are added."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import rfc8785
from pydantic import BaseModel

from models.plan import Plan
from models.problem.address_tree import DEFAULTS
from models.problem.field_shapes import MISSING, Model, Shape, Slot, shape_of, slots
from models.problem.problem import Problem

MAX_CACHED = 8
"""Problems whose canonical JSON is kept. A what-if shares nearly all of its records with one of them."""

Texts = Mapping[int, bytes]
"""Canonical JSON of the records of a list, by object identity. The cache entry keeps the records alive."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Canonical:
    """Canonical JSON of a problem in normal form, in parts that the entry of a changed problem can reuse."""

    problem: Problem
    fields: Mapping[str, bytes]
    """JSON of each top-level field, defaults included."""
    records: Mapping[str, Texts]
    """JSON of each record, by the list that contains the record."""
    digest: str


_CACHE: deque[_Canonical] = deque(maxlen=MAX_CACHED)
"""The most recent problems. Several threads share the cache, so each reader takes a copy in one step."""


def problem_digest(problem: Problem) -> str:
    """Return `sha256:` and the SHA-256 (hexadecimal) of the problem's normal form as canonical JSON (RFC 8785).

    The normal form fills `defaults` into the records and writes each number by period in its shortest form. It leaves
    out every value that equals the default of its field. A new optional field therefore keeps the digest of every
    problem that does not use the field.

    A release that changes a default changes problems without changing their digests. Anything stored under a digest
    must therefore also be stored under the software versions.
    """
    cached = tuple(_CACHE)
    entry = next((entry for entry in cached if entry.problem is problem), None)
    if entry is None:
        nearest = max(cached, key=lambda entry: _count_shared_fields(entry.problem, problem), default=None)
        entry = _canonical(problem, nearest)
        _CACHE.append(entry)
    return entry.digest


def plan_digest(plan: Plan) -> str:
    """Return `sha256:` and the SHA-256 (hexadecimal) of the plan as JSON, in the order in which the plan lists it.

    Equal plans that list their records in another order have other digests: two doors must agree on the order too.
    """
    return f"sha256:{sha256(plan.model_dump_json(by_alias=True).encode()).hexdigest()}"


def _count_shared_fields(first: Problem, second: Problem) -> int:
    """Count the top-level fields that are the same object in both problems; -1 if no text can be reused."""
    if not _can_share(first, second):
        return -1
    return sum(getattr(first, slot.attribute) is getattr(second, slot.attribute) for slot in _slots(first).values())


def _can_share(first: Problem, second: Problem) -> bool:
    """Whether equal records of both have equal JSON: the periods decide how a number by period is written."""
    return type(first) is type(second) and first.periods == second.periods


def _slots(problem: Problem) -> dict[str, Slot]:
    """Return the top-level fields that count; `defaults` does not, because the records contain its values."""
    return {name: slot for name, slot in slots(type(problem)).items() if name != DEFAULTS}


def _canonical(problem: Problem, nearest: _Canonical | None) -> _Canonical:
    """Return the canonical JSON of a problem, with the parts that `nearest` shares taken from there."""
    if nearest is not None and not _can_share(nearest.problem, problem):
        nearest = None
    fields: dict[str, bytes] = {}
    records: dict[str, Texts] = {}
    for name, slot in _slots(problem).items():
        value = getattr(problem, slot.attribute)
        if nearest is not None and value is getattr(nearest.problem, slot.attribute):
            fields[name] = nearest.fields[name]
            records |= {name: nearest.records[name]} if name in nearest.records else {}
        elif slot.shape.records is not None:
            known = {} if nearest is None else nearest.records[name]
            records[name] = {id(record): known.get(id(record)) or _record(record, problem.periods) for record in value}
            fields[name] = b"[%b]" % b",".join([records[name][id(record)] for record in value])
        else:
            fields[name] = _field(problem, slot)
    digest = f"sha256:{_hash(fields, _default_texts(type(problem)))}"
    return _Canonical(problem=problem, fields=fields, records=records, digest=digest)


def _hash(fields: Mapping[str, bytes], defaults: Mapping[str, bytes]) -> str:
    """Hash the object of all fields that differ from their default. Field names are ASCII, so they sort by letter."""
    used = (name for name in sorted(fields) if fields[name] != defaults.get(name))
    return sha256(b"{%b}" % b",".join(rfc8785.dumps(name) + b":" + fields[name] for name in used)).hexdigest()


def _record(record: BaseModel, periods: Sequence[str]) -> bytes:
    document = record.model_dump(mode="json", by_alias=True)
    return rfc8785.dumps(_normal(document, Shape(fields=type(record)), periods))


def _field(problem: Problem, slot: Slot) -> bytes:
    document = problem.model_dump(mode="json", by_alias=True, include={slot.attribute})
    return rfc8785.dumps(_normal(document[slot.name], slot.shape, problem.periods))


def _normal(value: Any, shape: Shape, periods: Sequence[str]) -> Any:  # noqa: ANN401  (any value of a document)
    """Return the normal form of a value: no defaults in records, the shortest form of each number by period."""
    model = shape.model(value)
    if isinstance(value, dict) and model is not None:
        return _normal_fields(value, model, periods)
    if isinstance(value, list) and shape.records is not None:
        return [_normal(record, Shape(fields=shape.records), periods) for record in value]
    if isinstance(value, dict) and shape.listed and set(value) <= set(periods):
        return _shortest([value[period] for period in periods])
    if isinstance(value, list) and shape.listed and shape.keys is not None:
        return _shortest(value)
    if isinstance(value, dict) and shape.keys is not None:
        return {key: _normal(entry, shape_of(shape.entries), periods) for key, entry in value.items()}
    return value


def _normal_fields(record: dict[str, Any], model: Model, periods: Sequence[str]) -> dict[str, Any]:
    known, defaults, normal = slots(model), _defaults(model), dict[str, Any]()
    for name, value in record.items():
        default = defaults.get(name, MISSING)
        if value != default and (shortened := _normal(value, known[name].shape, periods)) != default:
            normal[name] = shortened
    return normal


@cache
def _defaults(model: Model) -> dict[str, Any]:
    """Return the normal form of the default of each optional field."""
    optional = (slot for slot in slots(model).values() if slot.default is not MISSING)
    return {slot.name: _normal(slot.default, slot.shape, ()) for slot in optional}


@cache
def _default_texts(model: Model) -> dict[str, bytes]:
    return {name: rfc8785.dumps(default) for name, default in _defaults(model).items()}


def _shortest(by_period: list[float]) -> list[float] | float:
    """Return one number if all periods have the same, else the list."""
    return by_period[0] if len(set(by_period)) == 1 else by_period
