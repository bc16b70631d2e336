"""Turns the errors of validation into issues with address, message, allowed values and suggestion."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from math import isfinite
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.base import Part
from models.errors import Finding, Issue, Location
from models.ids import PeriodId
from models.problem.address_tree import DEFAULTS, Tree, escape
from models.problem.defaults import fill_defaults
from models.problem.field_shapes import MISSING, TAG, Model, Shape, range_in_words, shape_of, slots
from models.problem.record_keys import key_of, name_in
from models.quantities import GREATEST_WHOLE
from models.suggestions import did_you_mean
from models.validation_messages import ValidationFault, describe

AT_KEY = "[key]"
"""Step in a location of pydantic that means: the key is wrong, not its value."""
MAX_ITEMS = 20
"""Items of the longest list or object that an issue repeats."""
MOST_ISSUES = 100
"""Issues that are listed; further issues are only counted."""
MOST_LOOKED_AT = 1_000
"""Errors of pydantic that are read, so that a hostile document with millions of errors costs little."""
MOST_ALLOWED = 50
"""Allowed values that an issue lists."""
LONGEST_GIVEN = 100
"""Characters of a given value that an issue repeats."""


def findings_in(root: type[Part], document: Any, error: ValidationError) -> Iterator[Finding]:  # noqa: ANN401
    """Yield the findings of validating `document` as a `root`, each once, in the order of the document's fields."""
    filled = fill_defaults(document) if isinstance(document, dict) else {}
    tree = Tree(root, filled)
    seen = set()
    for detail in islice(error.errors(include_url=False), MOST_LOOKED_AT):
        if _is_consequence(detail):
            continue
        nested = detail.get("ctx", {}).get("findings")
        for finding in nested if nested is not None else (_finding(tree, detail),):
            loc = _as_sent(document, finding.loc)
            if (loc, finding.code) not in seen:
                seen.add((loc, finding.code))
                yield replace(finding, loc=loc)


def _is_consequence(detail: ErrorDetails) -> bool:
    """Whether a list counts as too short only because its items are invalid."""
    least = detail.get("ctx", {}).get("min_length")
    return detail["type"] == "too_short" and least is not None and len(detail["input"]) >= least


def _as_sent(document: Any, loc: Location) -> Location:  # noqa: ANN401
    """Return where the sent document contains the value: a value that a record took from `defaults` is there."""
    if len(loc) < len(("members", 0, "votes")) or not isinstance(document, dict):
        return loc
    name, number, field, *rest = loc
    values = document[DEFAULTS].get(name) if isinstance(document.get(DEFAULTS), dict) else None
    record = _child(document.get(str(name)), number)
    is_default = isinstance(values, dict) and isinstance(record, dict) and field in values and field not in record
    return (DEFAULTS, name, field, *rest) if is_default else loc


def issues(root: type[Part], document: Any, findings: Iterable[Finding]) -> tuple[Issue, ...]:  # noqa: ANN401
    """Return the findings as issues: the first `MOST_ISSUES`, then one issue that counts the rest."""
    tree = Tree(root, document if isinstance(document, Mapping) else {})
    rest = iter(findings)
    listed = tuple(issue(tree, finding) for finding in islice(rest, MOST_ISSUES))
    more = sum(1 for _ in rest)
    if not more:
        return listed
    return (
        *listed,
        Issue(
            address="",
            pointer="",
            code="more",
            message=f"and at least {more} more issues: correct the listed ones first",
        ),
    )


def issue(tree: Tree, finding: Finding) -> Issue:
    """Return the finding as an issue, with address and pointer."""
    address, pointer = address_of(tree, finding.loc)
    return Issue(
        address=address,
        pointer=pointer,
        code=finding.code,
        message=finding.message,
        given=_shortened(finding.given),
        allowed=_fewer(finding.allowed),
        suggestion=finding.suggestion,
    )


def address_of(tree: Tree, loc: Location) -> tuple[str, str]:
    """Return the address and the RFC 6901 pointer of a location in a document, which may be invalid."""
    names, value, shape = [], tree.document, tree.root.shape
    for step in loc:
        name, shape = _below(tree, value, shape, step)
        names.append(escape(name))
        value = _child(value, step)
    return "/".join(names), "".join(f"/{escape(str(step))}" for step in loc)


def _below(tree: Tree, value: Any, shape: Shape, step: str | int) -> tuple[str, Shape]:  # noqa: ANN401
    """Return the name of a step in an address, and the shape of the value that it leads to."""
    if isinstance(step, int):
        if shape.records is None:
            periods = tree.ids(PeriodId) if shape.listed and shape.keys is not None else ()
            below = shape_of(shape.item) if shape.listed else Shape()
            return periods[step] if step < len(periods) else str(step), below
        below, key, record = Shape(fields=shape.records), key_of(shape.records), _child(value, step)
        name = name_in(record, key) if key is not None else None
        is_unique = name is not None and tree.position(value, shape.records, name) == step
        return name if name and is_unique else str(step), below
    model = shape.model(value)
    if model is not None:
        return step, slots(model)[step].shape if step in slots(model) else Shape()
    return step, shape_of(shape.entries) if shape.keys is not None else Shape()


def _child(value: Any, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(step, int):
        return value[step] if isinstance(value, list | tuple) and step < len(value) else None
    return value.get(step) if isinstance(value, Mapping) else None


def _finding(tree: Tree, detail: ErrorDetails) -> Finding:
    loc, shape, parent = _place(tree, detail["loc"])
    kind, given = detail["type"], detail["input"]
    match kind:
        case "extra_forbidden":
            shape = replace(shape, choices=tuple(slots(parent)) if parent else ())
        case "union_tag_not_found":
            loc, kind, shape = (*loc, TAG), "missing", Shape(choices=tuple(shape.variants))
        case "union_tag_invalid":
            loc, kind, shape = (*loc, TAG), "literal_error", Shape(choices=tuple(shape.variants))
            given = given.get(TAG) if isinstance(given, Mapping) else None
        case "literal_error" if AT_KEY in detail["loc"]:
            kind = "extra_forbidden"
        case _:
            pass
    fault = ValidationFault(
        kind=kind,
        name=str(loc[-1]) if loc else "",
        given=None if kind == "missing" else given,
        choices=shape.choices,
        limits=range_in_words(shape.bounds),
        context=detail.get("ctx", {}),
        message=detail["msg"],
        periods=len(tree.ids(PeriodId)),
        types=tuple(shape.variants),
        example=_example(shape, given),
    )
    description = describe(fault)
    return Finding(
        loc=loc,
        code=description.code,
        message=description.message,
        given=fault.given,
        allowed=description.allowed,
        suggestion=description.suggestion,
    )


def _example(shape: Shape, given: Any) -> str | None:  # noqa: ANN401
    """Return the object of one of several types that comes nearest to a given text or number, as JSON.

    A text that is nearly a type selects it. A number fills the first number of the first type that has one. Required
    fields without a value are written as …
    """
    if not shape.variants:
        return None
    tag = did_you_mean(given, shape.variants) or next(iter(shape.variants))
    values: dict[str, Any] = {}
    if isinstance(given, int | float) and not isinstance(given, bool) and isfinite(given):
        tag, values = next(
            (
                (tag, {slot.name: given})
                for tag, model in shape.variants.items()
                for slot in slots(model).values()
                if slot.name != TAG and slot.shape.bounds
            ),
            (tag, values),
        )
    required = {slot.name: "…" for slot in slots(shape.variants[tag]).values() if slot.default is MISSING}
    return json.dumps({**required, TAG: tag, **values}, ensure_ascii=False).replace('"…"', "…")


def _place(tree: Tree, loc: Location) -> tuple[Location, Shape, Model | None]:
    """Return pydantic's location without the steps that name a chosen form, the shape there, and the record type."""
    value: Any = tree.document
    shape = above = tree.root.shape
    record, steps, is_chosen = None, [], False
    for step in loc:
        if step == AT_KEY:
            shape = shape_of(above.keys)
            continue
        if shape.forms > 1 and not is_chosen:
            is_chosen = True
            continue
        record, is_chosen, above = shape.model(value), False, shape
        _, shape = _below(tree, value, shape, step)
        value = _child(value, step)
        steps.append(step)
    return tuple(steps), shape, record


def _shortened(value: Any) -> Any:  # noqa: ANN401  (one case per type)
    """Return a given value as JSON, shortened if it is long."""
    match value:
        case None | bool():
            return value
        case str():
            return _cut(value.encode("utf-8", "replace").decode("utf-8"))
        case float():
            return value if isfinite(value) else str(value)
        case int():
            return value if abs(value) <= GREATEST_WHOLE else f"a whole number of {value.bit_length()} bits"
        case Mapping() | list() | tuple():
            of = "an object with {} keys" if isinstance(value, Mapping) else "a list of {}"
            return json.loads(_short_json(value) or json.dumps(of.format(len(value))))
        case _:
            return _cut(str(value))


def _short_json(value: Any) -> str | None:  # noqa: ANN401
    """Return a list or object as JSON text; None if it is too long to repeat."""
    if len(value) > MAX_ITEMS:
        return None
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
    return text if len(text) <= LONGEST_GIVEN else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_GIVEN else f"{text[:LONGEST_GIVEN]}… ({len(text)} characters)"


def _fewer(allowed: Any) -> Any:  # noqa: ANN401
    """Return the allowed values, or the first `MOST_ALLOWED` and how many more there are."""
    if isinstance(allowed, list | tuple | set | frozenset):
        values = list(allowed)
        more = len(values) - MOST_ALLOWED
        return values if more <= 0 else [*values[:MOST_ALLOWED], f"… and {more} more"]
    return allowed
