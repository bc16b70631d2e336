"""Checks of a study without its problem."""

from collections.abc import Iterator, Sequence

from models.errors import Finding, Location
from models.problem.common_findings import contradiction
from models.study.axis import Axis, Input

FORMS = "address with values, address with low, high and steps, or label with options"


def axis_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    """Yield the faults of an axis: not exactly one form, an empty range, a factor or summand that is not a number."""
    is_spaced = any(value is not None for value in (axis.low, axis.high, axis.steps))
    given = {"values": axis.values is not None, "spaced": is_spaced, "options": axis.options is not None}
    forms = [form for form, is_given in given.items() if is_given]
    if len(forms) != 1:
        yield Finding(loc=loc, code="one_of", message=f"give exactly one of: {FORMS}", allowed=FORMS)
    elif forms == ["options"]:
        yield from _option_findings(axis, loc)
    elif axis.address is None:
        yield Finding(
            loc=(*loc, "address"),
            code="missing",
            message="address is required with values, or with low, high and steps",
        )
    elif forms == ["spaced"]:
        yield from _spaced_findings(axis, loc)
    else:
        yield from _value_findings(axis, loc)


def input_findings(study_input: Input, loc: Location) -> Iterator[Finding]:
    """Yield a finding if the range of an input is empty."""
    if not study_input.low < study_input.high:
        message = f"low must be below high, but {study_input.low:g} is not below {study_input.high:g}"
        yield contradiction((*loc, "low"), message, study_input.low)


def duplicate_names(field: str, names: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each axis or input whose name an earlier one has: a report could not tell them apart."""
    for number, name in enumerate(names):
        if name and name in names[:number]:
            message = f"two of the {field} have the name {name!r}: give one of them another label, or remove one"
            yield Finding(loc=(field, number), code="duplicate_record", message=message, given=name)


def _option_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    if axis.label is None:
        yield Finding(loc=(*loc, "label"), code="missing", message="label is required with options: it names the axis")
    for field, is_given in (("address", axis.address is not None), ("by", axis.by != "value")):
        if is_given:
            message = f"{field} cannot be combined with options: state it in each change of an option"
            yield Finding(loc=(*loc, field), code="not_together", message=message)
    labels = [option.label for option in axis.options or ()]
    for number, label in enumerate(labels):
        if label in labels[:number]:
            message = f"two options have the label {label!r}: change one of them"
            yield Finding(loc=(*loc, "options", number, "label"), code="duplicate_record", message=message, given=label)


def _spaced_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    for field in ("low", "high", "steps"):
        if getattr(axis, field) is None:
            yield Finding(
                loc=(*loc, field), code="missing", message=f"{field} is required: low, high and steps belong together"
            )
    if axis.low is not None and axis.high is not None and not axis.low < axis.high:
        message = f"low must be below high, but {axis.low:g} is not below {axis.high:g}"
        yield contradiction((*loc, "low"), message, axis.low)


def _value_findings(axis: Axis, loc: Location) -> Iterator[Finding]:
    for number, value in enumerate(axis.values or ()):
        if axis.by != "value" and (isinstance(value, bool) or not isinstance(value, int | float)):
            message = f"must be a number, because by is {axis.by}"
            yield Finding(loc=(*loc, "values", number), code="not_a_number", message=message, given=value)
