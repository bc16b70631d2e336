"""The digest of a problem: the same for every spelling of one problem."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

import rfc8785

from models.problem.problem import Problem
from models.problem.shapes import Shape, shape_of, slots

MOST_KEPT = 8
"""Problems whose digest is kept: every answer to every change of a problem says it, and it takes a moment."""


def problem_digest(problem: Problem) -> str:
    """`sha256:` and the SHA-256, in hexadecimal digits, of the problem's normal form as canonical JSON (RFC 8785)."""
    return _digest(_Same(problem))


class _Same:
    """A problem that equals none but itself: two problems are compared by reading all of both."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def __hash__(self) -> int:
        return id(self.problem)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.problem is other.problem


@lru_cache(maxsize=MOST_KEPT)
def _digest(same: _Same) -> str:
    return f"sha256:{sha256(rfc8785.dumps(normal_form(same.problem))).hexdigest()}"


def normal_form(problem: Problem) -> dict[str, Any]:
    """The problem as a document with every default filled in, and each number by period in its shortest form."""
    document = problem.model_dump(mode="json", by_alias=True, exclude={"defaults"})
    normal: dict[str, Any] = _normal(document, Shape(fields=Problem), problem.periods)
    return normal


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
