"""From text to documents, and from documents to problems, configs and plans; what is wrong is said with its address."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from models.base import Part
from models.config import Config
from models.errors import Finding, InvalidDocument
from models.issues import findings_in, issues
from models.json_text import parse_json
from models.plan import Plan
from models.problem.problem import Problem
from models.problem.shapes import slots

__all__ = ["parse_json", "read_config", "read_plan", "read_problem"]

DEEPEST = 40
"""Levels of lists and objects inside each other; a problem needs 8."""

Kind = TypeVar("Kind", bound=Part)


def read_problem(document: object) -> Problem:
    """The problem that a document says; raises `InvalidDocument` with everything that is wrong with it."""
    return _read(Problem, document)


def read_config(document: object) -> Config:
    """The configuration that a document says; raises `InvalidDocument`."""
    return _read(Config, document)


def read_plan(document: object) -> Plan:
    """The plan that a document says; raises `InvalidDocument`."""
    return _read(Plan, document)


def _read(kind: type[Kind], document: object) -> Kind:
    found = tuple(_unservable(kind, document))
    if found:
        raise InvalidDocument(issues(kind, document, found))
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        found = tuple(findings_in(kind, document, error))
    raise InvalidDocument(issues(kind, document, found))


def _unservable(kind: type[Part], document: Any) -> Iterator[Finding]:  # noqa: ANN401
    """What is not even looked into: lists that are too long, values nested too deeply."""
    if not isinstance(document, Mapping):
        return
    for name, slot in slots(kind).items():
        value = document.get(name)
        if slot.most is not None and isinstance(value, list | tuple) and len(value) > slot.most:
            yield Finding(
                loc=(name,),
                code="too_many",
                message=f"{len(value):,} are given, and at most {slot.most:,} are served",
                given=value,
                allowed=f"at most {slot.most:,}",
            )
    for name, value in document.items():
        if isinstance(name, str) and _is_too_deep(value):
            yield Finding(loc=(name,), code="too_deep", message=f"values are nested more than {DEEPEST} levels deep")
        elif not _is_text({name: value}):
            yield Finding(loc=(name,), code="not_text", message="holds half of a surrogate pair, which is no character")


def _is_text(value: Any) -> bool:  # noqa: ANN401
    """Whether every text in it can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False, default=str, skipkeys=True).encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_too_deep(value: Any) -> bool:  # noqa: ANN401
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            if isinstance(one, dict | list | tuple)
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list | tuple)
        ]
    return bool(level)
