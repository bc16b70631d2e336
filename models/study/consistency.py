"""Where a study contradicts itself."""

from collections.abc import Iterator, Sequence

from models.errors import Finding, Location
from models.problem.common_findings import contradiction
from models.study.axis import Axis, Input

FORMS = "address with values, address with low, high and steps, or label with options"


def axis_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    """An axis has one of three forms; numbers rise; what multiplies or is added is a number."""
    is_spaced = any(said is not None for said in (axis.low, axis.high, axis.steps))
    given = {"values": axis.values is not None, "spaced": is_spaced, "options": axis.options is not None}
    forms = [form for form, is_given in given.items() if is_given]
    if len(forms) != 1:
        yield Finding(loc=loc, code="one_of", message=f"give exactly one of: {FORMS}", allowed=FORMS)
    elif forms == ["options"]:
        yield from _option_findings(axis, loc)
    elif axis.address is None:
        yield Finding(loc=(*loc, "address"), code="missing", message="address is required: where the values are put")
    elif forms == ["spaced"]:
        yield from _spaced_findings(axis, loc)
    else:
        yield from _value_findings(axis, loc)


def input_findings(one: Input, loc: Location) -> Iterator[Finding]:
    """The range of an input is one."""
    if not one.low < one.high:
        message = f"low must be below high, and {one.low:g} is not below {one.high:g}"
        yield contradiction((*loc, "low"), message, one.low)


def named_twice(where: str, names: Sequence[str]) -> Iterator[Finding]:
    """Two axes or inputs that go by one name cannot be told apart in a report."""
    for number, name in enumerate(names):
        if name and name in names[:number]:
            message = f"two of these are called {name!r}: give one of them a label, or leave one out"
            yield Finding(loc=(where, number), code="duplicate_record", message=message, given=name)


def _option_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    if axis.label is None:
        yield Finding(loc=(*loc, "label"), code="missing", message="label is required: what the axis is called")
    for field, is_given in (("address", axis.address is not None), ("by", axis.by != "value")):
        if is_given:
            message = f"{field} goes with values; each change of an option says its own"
            yield Finding(loc=(*loc, field), code="not_together", message=message)
    labels = [option.label for option in axis.options or ()]
    for number, label in enumerate(labels):
        if label in labels[:number]:
            message = f"two options are called {label!r}"
            yield Finding(loc=(*loc, "options", number, "label"), code="duplicate_record", message=message, given=label)


def _spaced_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    for field in ("low", "high", "steps"):
        if getattr(axis, field) is None:
            yield Finding(loc=(*loc, field), code="missing", message=f"{field} is required beside the others")
    if axis.low is not None and axis.high is not None and not axis.low < axis.high:
        message = f"low must be below high, and {axis.low:g} is not below {axis.high:g}"
        yield contradiction((*loc, "low"), message, axis.low)


def _value_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    for number, value in enumerate(axis.values or ()):
        if axis.by != "value" and (isinstance(value, bool) or not isinstance(value, int | float)):
            message = f"must be a number: it is meant {'as a factor' if axis.by == 'times' else 'to be added'}"
            yield Finding(loc=(*loc, "values", number), code="not_a_number", message=message, given=value)
