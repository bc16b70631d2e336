"""From text to documents, and from documents to problems, configs and plans; what is wrong is said with its address."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from models.base import Part
from models.config import Config
from models.errors import Finding, InvalidDocument, Issue
from models.issues import findings_in, issues
from models.plan import Plan
from models.problem.field_shapes import slots
from models.problem.problem import Problem
from models.strict_json import parse_json

__all__ = ["below", "parse_json", "read_as", "read_config", "read_plan", "read_plan_of", "read_problem"]

DEEPEST = 40
"""Levels of lists and objects inside each other; a problem needs 8."""

MOST_VALUES = 500_000
"""Values of one document: fifty times a large problem; validation takes a second or two to find them all wrong."""

Kind = TypeVar("Kind", bound=Part)


def read_problem(document: object) -> Problem:
    """The problem that a document says; raises `InvalidDocument` with everything that is wrong with it."""
    return read_as(Problem, document)


def read_config(document: object) -> Config:
    """The configuration that a document says; raises `InvalidDocument`."""
    return read_as(Config, document)


def read_plan(document: object) -> Plan:
    """The plan that a document says; raises `InvalidDocument`."""
    return read_as(Plan, document)


def read_plan_of(document: object) -> Plan:
    """The plan of a document that is one, or holds one: an outcome, or the answer to a request that has an outcome."""
    steps: list[str] = []
    while isinstance(document, Mapping) and "allocations" not in document:
        step = next((one for one in ("plan", "outcome") if one in document), None)
        if step is None:
            break
        steps, document = [*steps, step], document[step]
    if steps and document is None:
        raise InvalidDocument([_planless(steps)])
    try:
        return read_plan(document)
    except InvalidDocument as error:
        raise InvalidDocument(below(steps, issue) for issue in error.issues) from error


def _planless(steps: list[str]) -> Issue:
    return Issue(
        address="/".join(steps),
        pointer="".join(f"/{step}" for step in steps),
        code="missing",
        message="there is no plan in this outcome",
        suggestion="an outcome with the status optimal or feasible has one",
    )


def below(steps: Sequence[str], issue: Issue) -> Issue:
    """The same issue, of a document that stands in another."""
    address = "/".join([*steps, issue.address] if issue.address else steps)
    return issue.model_copy(
        update={"address": address, "pointer": "".join(f"/{step}" for step in steps) + issue.pointer}
    )


def read_as(kind: type[Kind], document: object) -> Kind:
    """The part of this kind that a document says; raises `InvalidDocument` with everything that is wrong with it."""
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
    values = 0
    for name, value in document.items():
        there, is_too_deep = _size(value)
        values += there
        if is_too_deep:
            yield Finding(
                loc=(str(name),), code="too_deep", message=f"values are nested more than {DEEPEST} levels deep"
            )
        elif not _is_text({name: value}):
            message = "holds half of a surrogate pair, which is no character"
            yield Finding(loc=(str(name),), code="not_text", message=message)
    if values > MOST_VALUES:
        message = f"the document holds {values:,} values, and at most {MOST_VALUES:,} are served"
        yield Finding(loc=(), code="too_many", message=message, allowed=f"at most {MOST_VALUES:,}")


def _size(value: Any) -> tuple[int, bool]:  # noqa: ANN401
    """How many values there are in a value, and whether they are nested too deeply."""
    level, values = [value], 1
    for _ in range(DEEPEST):
        level = [one for one in level if isinstance(one, dict | list | tuple)]
        values += sum(map(len, level))
        if not level or values > MOST_VALUES:
            return values, False
        level = [child for one in level for child in (one.values() if isinstance(one, dict) else one)]
    return values, True


def _is_text(value: Any) -> bool:  # noqa: ANN401
    """Whether every text in it can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False, default=str, skipkeys=True).encode()
    except UnicodeEncodeError:
        return False
    except ValueError:  # a whole number of thousands of digits: validation will say so
        return True
    return True
