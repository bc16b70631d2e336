"""The digest of a problem: the same for every spelling of one problem."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785
from pydantic import BaseModel

from models.problem.address_tree import DEFAULTS
from models.problem.field_shapes import Shape, Slot, shape_of, slots
from models.problem.problem import Problem

MOST_KEPT = 8
"""Problems whose normal form is kept: a changed problem has nearly everything in common with one of them."""

Texts = Mapping[int, bytes]
"""The canonical JSON of the records of a list, by the identity of each; the problem that has them is kept beside."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Canonical:
    """The canonical JSON of a problem in its normal form, in parts that other problems may share."""

    problem: Problem
    fields: Mapping[str, bytes]
    records: Mapping[str, Texts]
    digest: str


_KEPT: deque[_Canonical] = deque(maxlen=MOST_KEPT)
"""Those asked for last. Used by many threads: it is read at one go."""


def problem_digest(problem: Problem) -> str:
    """`sha256:` and the SHA-256, in hexadecimal digits, of the problem's normal form as canonical JSON (RFC 8785).

    The normal form has every default filled in, and each number by period in its shortest form.
    """
    kept = tuple(_KEPT)
    same = next((one for one in kept if one.problem is problem), None)
    if same is None:
        same = _canonical(problem, max(kept, key=lambda one: _in_common(one.problem, problem), default=None))
        _KEPT.append(same)
    return same.digest


def _in_common(one: Problem, other: Problem) -> int:
    """How many fields are the same object in both; none counts where a number by period may be written otherwise."""
    if one.periods != other.periods:
        return -1
    return sum(getattr(one, slot.attribute) is getattr(other, slot.attribute) for slot in slots(Problem).values())


def _canonical(problem: Problem, like: _Canonical | None) -> _Canonical:
    if like is not None and like.problem.periods != problem.periods:
        like = None
    fields: dict[str, bytes] = {}
    records: dict[str, Texts] = {}
    for name, slot in slots(Problem).items():
        if name == DEFAULTS:
            continue
        value = getattr(problem, slot.attribute)
        if like is not None and value is getattr(like.problem, slot.attribute):
            fields[name] = like.fields[name]
            records |= {name: like.records[name]} if name in like.records else {}
        elif slot.shape.records is not None:
            there = {} if like is None else like.records[name]
            records[name] = {id(one): there.get(id(one)) or _record(one, problem.periods) for one in value}
            fields[name] = b"[%b]" % b",".join([records[name][id(one)] for one in value])
        else:
            fields[name] = _field(problem, slot)
    return _Canonical(problem=problem, fields=fields, records=records, digest=f"sha256:{_hash(fields)}")


def _hash(fields: Mapping[str, bytes]) -> str:
    """Of the object with these fields: all names are of letters that sort alike in every encoding."""
    named = (rfc8785.dumps(name) + b":" + fields[name] for name in sorted(fields))
    return sha256(b"{%b}" % b",".join(named)).hexdigest()


def _record(record: BaseModel, periods: Sequence[str]) -> bytes:
    document = record.model_dump(mode="json", by_alias=True)
    return rfc8785.dumps(_normal(document, Shape(fields=type(record)), periods))


def _field(problem: Problem, slot: Slot) -> bytes:
    document = problem.model_dump(mode="json", by_alias=True, include={slot.attribute})
    return rfc8785.dumps(_normal(document[slot.name], slot.shape, problem.periods))


def _normal(value: Any, shape: Shape, periods: Sequence[str]) -> Any:  # noqa: ANN401  (any value of a document)
    model = shape.model(value)
    if isinstance(value, dict) and model is not None:
        return {name: _normal(one, slots(model)[name].shape, periods) for name, one in value.items()}
    if isinstance(value, list) and shape.records is not None:
        return [_normal(record, Shape(fields=shape.records), periods) for record in value]
    if isinstance(value, dict) and shape.listed and set(value) <= set(periods):
        return _shortest([value[period] for period in periods])
    if isinstance(value, list) and shape.listed and shape.keys is not None:
        return _shortest(value)
    if isinstance(value, dict) and shape.keys is not None:
        return {key: _normal(one, shape_of(shape.entries), periods) for key, one in value.items()}
    return value


def _shortest(by_period: list[float]) -> list[float] | float:
    return by_period[0] if len(set(by_period)) == 1 else by_period
