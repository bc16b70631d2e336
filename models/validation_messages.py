"""Describes validation faults for readers: a code, a sentence, the allowed values, and a suggestion."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import CODES
from models.ids import ID_PATTERN, MOST_IN_ID
from models.quantities import FOR_EACH_PERIOD
from models.suggestions import did_you_mean

NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?([eE][-+]?\d{1,2})?\s*")
SHARE_LIMITS = "at least 0 and at most 1"
WHOLE_PERCENT = 100
KINDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dataclass_type": "an object",
    "invalid_key": "an object whose keys are texts",
}


@dataclass(frozen=True, kw_only=True)
class ValidationFault:
    """One error of pydantic, with the facts about its location that the types give."""

    kind: str
    """Pydantic's error type: `float_type`."""
    name: str
    """Last step of the location: the name of the field."""
    given: Any
    choices: tuple[Any, ...]
    """Allowed values, or known fields for an unknown key; empty if they cannot be listed."""
    limits: str | None
    """Range of a number in words; None if there is none."""
    context: Mapping[str, Any]
    """Pydantic's context of the error: `max_length`."""
    message: str
    """Pydantic's message."""
    periods: int
    """Number of periods of the problem."""
    types: tuple[str, ...] = ()
    """Allowed values of `type`, if the value must be an object of one of several types."""
    example: str | None = None
    """Form of such an object that comes nearest to the given value; None if there are no types."""


@dataclass(frozen=True, kw_only=True)
class Description:
    """A fault described for a reader; the fields are those of `Issue`."""

    code: str
    message: str
    allowed: Any = None
    suggestion: str | None = None


def describe(fault: ValidationFault) -> Description:
    """Return the description of a fault; an unknown kind keeps pydantic's message."""
    describer = DESCRIBERS.get(fault.kind)
    if describer is not None:
        return describer(fault)
    kind = KINDS.get(fault.kind)
    if kind == "an object" and fault.types:
        message = f"must be an object with a type: {', '.join(fault.types)}; for example {fault.example}"
        return Description(code="wrong_type", message=message, allowed=fault.types, suggestion=fault.example)
    if kind is not None:
        return Description(code="wrong_type", message=f"must be {kind}", allowed=kind)
    return Description(code=fault.kind if fault.kind in CODES else "invalid", message=fault.message)


def _missing(fault: ValidationFault) -> Description:
    return Description(code="missing", message=f"{fault.name} is required", allowed=fault.choices or None)


def _unknown_key(fault: ValidationFault) -> Description:
    near = did_you_mean(fault.name, fault.choices)
    question = f"; did you mean {near!r}?" if near else ""
    return Description(
        code="unknown_key",
        message=f"there is no field {_cut(fault.name)!r} here{question}",
        allowed=fault.choices or None,
        suggestion=near,
    )


def _not_a_number(fault: ValidationFault) -> Description:
    return _number(fault, "a number")


def _not_an_integer(fault: ValidationFault) -> Description:
    return _number(fault, "a whole number")


def _out_of_range(fault: ValidationFault) -> Description:
    share = _as_share(fault)
    meant = f"; write {share} for {fault.given:g} %" if share is not None else ""
    message = f"must be {fault.limits or fault.message}{meant}"
    return Description(code="out_of_range", message=message, allowed=fault.limits, suggestion=share)


def _as_share(fault: ValidationFault) -> str | None:
    """Return the share that a percentage means; None if the number is no percentage above 1 in the place of a share."""
    is_number = isinstance(fault.given, int | float)
    is_percentage = fault.limits == SHARE_LIMITS and is_number and 1 < fault.given <= WHOLE_PERCENT
    return f"{fault.given / WHOLE_PERCENT:g}" if is_percentage else None


def _wrong_form(fault: ValidationFault) -> Description:
    return Description(code="wrong_form", message=f"must be {_forms(fault)}", allowed=_forms(fault))


def _too_many(fault: ValidationFault) -> Description:
    most = fault.context.get("max_length")
    return Description(code="too_many", message=f"at most {most} are allowed", allowed=f"at most {most}")


def _too_few(fault: ValidationFault) -> Description:
    least = fault.context.get("min_length")
    return Description(code="too_few", message=f"at least {least} is required", allowed=f"at least {least}")


def _not_text(_: ValidationFault) -> Description:
    return Description(code="not_text", message="contains something that is not a Unicode character")


def _number(fault: ValidationFault, wanted: str) -> Description:
    limits = f", {fault.limits}" if fault.limits else ""
    written = fault.given.strip() if isinstance(fault.given, str) and NUMBER.fullmatch(fault.given) else None
    quoted = f"; write {written} without quotes" if written else ""
    return Description(
        code="not_a_number",
        message=f"must be {wanted}{limits}{quoted}",
        allowed=f"{wanted}{limits}",
        suggestion=written,
    )


def _not_allowed(fault: ValidationFault) -> Description:
    near = did_you_mean(fault.given, [choice for choice in fault.choices if isinstance(choice, str)])
    listed = ", ".join(str(choice) for choice in fault.choices)
    question = f"; did you mean {near!r}?" if near else ""
    only = f"must be {listed}" if len(fault.choices) == 1 else f"must be one of: {listed}"
    suggestion = near if len(fault.choices) > 1 else str(fault.choices[0]) if fault.choices else None
    return Description(code="not_allowed", message=only + question, allowed=fault.choices, suggestion=suggestion)


def _too_long(fault: ValidationFault) -> Description:
    most = fault.context.get("max_length")
    if most == MOST_IN_ID:
        return _bad_id(fault)
    return Description(
        code="too_long",
        message=f"the text has {len(fault.given):,} characters; at most {most:,} are allowed"
        if isinstance(fault.given, str)
        else f"at most {most:,} characters are allowed",
        allowed=f"at most {most:,} characters",
    )


def _bad_id(fault: ValidationFault) -> Description:
    name = fault.given if isinstance(fault.given, str) else fault.name
    slug = re.sub(r"[^a-z0-9_.-]+", "_", name[:100].lower()).strip("_.-")
    return Description(
        code="bad_id",
        message="an id consists of small letters, digits, _ . and -, begins with a letter or digit, "
        "and has at most 100 characters",
        allowed=ID_PATTERN,
        suggestion=slug if re.fullmatch(ID_PATTERN, slug) and slug != name else None,
    )


def _forms(fault: ValidationFault) -> str:
    counted = FOR_EACH_PERIOD.replace("a list with a number for each period", _list_of(fault.periods))
    return fault.message.replace(FOR_EACH_PERIOD, counted)


def _list_of(periods: int) -> str:
    return "a list of 1 number" if periods == 1 else f"a list of {periods} numbers"


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


DESCRIBERS: dict[str, Callable[[ValidationFault], Description]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "float_type": _not_a_number,
    "finite_number": _not_a_number,
    "int_type": _not_an_integer,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "literal_error": _not_allowed,
    "wrong_form": _wrong_form,
    "string_pattern_mismatch": _bad_id,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "too_short": _too_few,
    "string_unicode": _not_text,
}
"""The describer of each error type of pydantic. Custom errors of the models keep their code and message."""
