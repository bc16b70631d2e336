"""Reads documents into problems, configurations and plans; raises `InvalidDocument` with an address per issue."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from models.base import Part
from models.config import Config
from models.errors import Finding, InvalidDocument, Issue
from models.ids import PeriodId
from models.issues import findings_in, issues
from models.own_plan import OwnPlan, missing_periods
from models.plan import Plan
from models.problem.field_shapes import slots
from models.problem.problem import Problem
from models.strict_json import parse_json

__all__ = [
    "nest_issue",
    "parse_json",
    "read_as",
    "read_config",
    "read_plan",
    "read_plan_of",
    "read_problem",
    "read_whole_plan_of",
]

DEEPEST = 40
"""Greatest depth of nested lists and objects; a problem needs 8."""

MOST_VALUES = 500_000
"""Greatest number of values of one document: fifty times a large problem. If every value is wrong, validation takes
one to two seconds."""

Kind = TypeVar("Kind", bound=Part)


def read_problem(document: object) -> Problem:
    """Return the problem of a document; raises `InvalidDocument` with all issues."""
    return read_as(Problem, document)


def read_config(document: object) -> Config:
    """Return the configuration of a document; raises `InvalidDocument` with all issues."""
    return read_as(Config, document)


def read_plan(document: object, periods: Sequence[PeriodId] | None = None) -> OwnPlan:
    """Return the plan of a document; raises `InvalidDocument` with all issues.

    If the `periods` of its problem are given and there are several, every record must have one.
    """
    plan = read_as(OwnPlan, document)
    found = () if periods is None else tuple(missing_periods(plan, periods))
    if found:
        raise InvalidDocument(issues(OwnPlan, document, found))
    return plan


def read_plan_of(document: object, periods: Sequence[PeriodId] | None = None) -> OwnPlan:
    """Return the plan of a plan document, of an outcome, or of an HTTP answer with an outcome.

    Raises `InvalidDocument` with addresses from the top of the given document. `periods` are those of its problem.
    """
    steps: list[str] = []
    while isinstance(document, Mapping) and "allocations" not in document:
        step = next((name for name in ("plan", "outcome") if name in document), None)
        if step is None:
            break
        steps, document = [*steps, step], document[step]
    if steps and document is None:
        raise InvalidDocument([_no_plan_issue(steps)])
    try:
        return read_plan(document, periods)
    except InvalidDocument as error:
        raise InvalidDocument(nest_issue(steps, issue) for issue in error.issues) from error


def read_whole_plan_of(document: object) -> Plan:
    """Return the same plan if it states every figure, as that of an outcome does; raises `InvalidDocument` as well."""
    own = read_plan_of(document).model_dump()
    try:
        return Plan.model_validate(own)
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise InvalidDocument([_not_whole_issue(where)]) from error


def _not_whole_issue(where: str) -> Issue:
    return Issue(
        address=where,
        pointer=f"/{where}",
        code="missing",
        message=f"the plan does not state {where}, and without its problem it cannot be computed",
        suggestion="evaluate the plan, and use the plan of the evaluation",
    )


def _no_plan_issue(steps: list[str]) -> Issue:
    return Issue(
        address="/".join(steps),
        pointer="".join(f"/{step}" for step in steps),
        code="missing",
        message="there is no plan in this outcome",
        suggestion="an outcome with the status optimal or feasible has one",
    )


def nest_issue(steps: Sequence[str], issue: Issue) -> Issue:
    """Return the issue with address and pointer from the top of the document that contains the issue's document."""
    address = "/".join([*steps, issue.address] if issue.address else steps)
    return issue.model_copy(
        update={"address": address, "pointer": "".join(f"/{step}" for step in steps) + issue.pointer}
    )


def read_as(kind: type[Kind], document: object) -> Kind:
    """Return a document as a part of this kind; raises `InvalidDocument` with all issues."""
    found = tuple(_size_findings(kind, document))
    if found:
        raise InvalidDocument(issues(kind, document, found))
    try:
        return kind.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        found = tuple(findings_in(kind, document, error))
    raise InvalidDocument(issues(kind, document, found))


def _size_findings(kind: type[Part], document: Any) -> Iterator[Finding]:  # noqa: ANN401
    """Yield the faults that prevent validation: lists that are too long, values nested too deeply, and non-text."""
    if not isinstance(document, Mapping):
        return
    for name, slot in slots(kind).items():
        value = document.get(name)
        if slot.most is not None and isinstance(value, list | tuple) and len(value) > slot.most:
            yield Finding(
                loc=(name,),
                code="too_many",
                message=f"the list has {len(value):,} items; at most {slot.most:,} are allowed",
                given=value,
                allowed=f"at most {slot.most:,}",
            )
    values = 0
    for name, value in document.items():
        count, is_too_deep = _size(value)
        values += count
        if is_too_deep:
            yield Finding(
                loc=(str(name),),
                code="too_deep",
                message=f"values are nested more than {DEEPEST} levels deep; flatten them",
            )
        elif not _is_text({name: value}):
            message = "contains half of a surrogate pair, which is not a character; remove it"
            yield Finding(loc=(str(name),), code="not_text", message=message)
    if values > MOST_VALUES:
        message = f"the document has {values:,} values; at most {MOST_VALUES:,} are allowed"
        yield Finding(loc=(), code="too_many", message=message, allowed=f"at most {MOST_VALUES:,}")


def _size(value: Any) -> tuple[int, bool]:  # noqa: ANN401
    """Return the number of values in a value, and whether they are nested too deeply."""
    level, values = [value], 1
    for _ in range(DEEPEST):
        level = [item for item in level if isinstance(item, dict | list | tuple)]
        values += sum(map(len, level))
        if not level or values > MOST_VALUES:
            return values, False
        level = [child for item in level for child in (item.values() if isinstance(item, dict) else item)]
    return values, True


def _is_text(value: Any) -> bool:  # noqa: ANN401
    """Whether every text in a value can be written as UTF-8."""
    try:
        json.dumps(value, ensure_ascii=False, default=str, skipkeys=True).encode()
    except UnicodeEncodeError:
        return False
    except ValueError:  # an integer of thousands of digits: validation reports it
        return True
    return True
