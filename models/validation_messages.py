"""What validation found, in plain words: a code, a sentence, what would be right, what to write instead."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import CODES
from models.ids import ID_PATTERN
from models.quantities import FOR_EACH_PERIOD
from models.suggestions import did_you_mean

NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?([eE][-+]?\d{1,2})?\s*")
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
class Found:
    """One error of validation, with what the types say about its place."""

    kind: str
    """Pydantic's name for it."""
    name: str
    """The last step of where."""
    given: Any
    choices: tuple[Any, ...]
    """What would be allowed, if it can be listed."""
    limits: str | None
    """The range of a number, in words."""
    context: Mapping[str, Any]
    message: str
    """Pydantic's own words."""
    periods: int
    """How many periods the problem has."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The same for a person."""

    code: str
    message: str
    allowed: Any = None
    suggestion: str | None = None


def in_words(found: Found) -> Said:
    """Say it in plain words."""
    say = SAY.get(found.kind)
    if say is not None:
        return say(found)
    kind = KINDS.get(found.kind)
    if kind is not None:
        return Said(code="wrong_type", message=f"must be {kind}", allowed=kind)
    return Said(code=found.kind if found.kind in CODES else "invalid", message=found.message)


def _missing(found: Found) -> Said:
    return Said(code="missing", message=f"{found.name} is required", allowed=found.choices or None)


def _unknown_key(found: Found) -> Said:
    near = did_you_mean(found.name, found.choices)
    question = f"; did you mean {near!r}?" if near else ""
    return Said(
        code="unknown_key",
        message=f"there is no field {_cut(found.name)!r} here{question}",
        allowed=found.choices or None,
        suggestion=near,
    )


def _any_number(found: Found) -> Said:
    return _number(found, "a number")


def _whole_number(found: Found) -> Said:
    return _number(found, "a whole number")


def _outside(found: Found) -> Said:
    return Said(code="out_of_range", message=f"must be {found.limits or found.message}", allowed=found.limits)


def _form(found: Found) -> Said:
    return Said(code="wrong_form", message=f"must be {_forms(found)}", allowed=_forms(found))


def _too_many(found: Found) -> Said:
    most = found.context.get("max_length")
    return Said(code="too_many", message=f"at most {most} are allowed", allowed=f"at most {most}")


def _too_few(found: Found) -> Said:
    least = found.context.get("min_length")
    return Said(code="too_few", message=f"at least {least} is required", allowed=f"at least {least}")


def _no_text(_: Found) -> Said:
    return Said(code="not_text", message="holds something that is no Unicode character")


def _number(found: Found, wanted: str) -> Said:
    limits = f", {found.limits}" if found.limits else ""
    written = found.given.strip() if isinstance(found.given, str) and NUMBER.fullmatch(found.given) else None
    quoted = f"; write {written} without quotes" if written else ""
    return Said(
        code="not_a_number",
        message=f"must be {wanted}{limits}{quoted}",
        allowed=f"{wanted}{limits}",
        suggestion=written,
    )


def _choice(found: Found) -> Said:
    near = did_you_mean(found.given, [one for one in found.choices if isinstance(one, str)])
    listed = ", ".join(str(one) for one in found.choices)
    question = f"; did you mean {near!r}?" if near else ""
    only = f"must be {listed}" if len(found.choices) == 1 else f"must be one of: {listed}"
    suggestion = near if len(found.choices) > 1 else str(found.choices[0]) if found.choices else None
    return Said(code="not_allowed", message=only + question, allowed=found.choices, suggestion=suggestion)


def _id(found: Found) -> Said:
    name = found.given if isinstance(found.given, str) else found.name
    slug = re.sub(r"[^a-z0-9_.-]+", "_", name[:100].lower()).strip("_.-")
    return Said(
        code="bad_id",
        message="an id is made of small letters, digits, _ . and -, begins with a letter or digit, "
        "and has at most 100 characters",
        allowed=ID_PATTERN,
        suggestion=slug if re.fullmatch(ID_PATTERN, slug) and slug != name else None,
    )


def _forms(found: Found) -> str:
    counted = FOR_EACH_PERIOD.replace("a list with a number for each period", _list_of(found.periods))
    return found.message.replace(FOR_EACH_PERIOD, counted)


def _list_of(periods: int) -> str:
    return "a list of 1 number" if periods == 1 else f"a list of {periods} numbers"


def _cut(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


SAY: dict[str, Callable[[Found], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "float_type": _any_number,
    "finite_number": _any_number,
    "int_type": _whole_number,
    "greater_than": _outside,
    "greater_than_equal": _outside,
    "less_than": _outside,
    "less_than_equal": _outside,
    "literal_error": _choice,
    "wrong_form": _form,
    "string_pattern_mismatch": _id,
    "string_too_long": _id,
    "too_long": _too_many,
    "too_short": _too_few,
    "string_unicode": _no_text,
}
"""How to say each error of validation; those of the house keep their own words and their code."""
