"""Exceptions and issue codes.

    ConcordError
      InvalidDocument      a document has issues: each with its address, what is wrong, and what would be right
      NotReadable          the bytes are not a document (no JSON, no UTF-8, a repeated key)
      UnknownAddress       an address of the problem leads nowhere
      SolverFailure        the solver failed; this says nothing about the problem

Infeasibility is an outcome, not an error. HTTP statuses are assigned in the service.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.base import Part

Location = tuple[str | int, ...]
"""Path to a value in a document: keys and list positions from the top."""

CODES: dict[str, str] = {
    "bad_id": "An id contains other characters than `a` to `z`, digits, `_`, `.` and `-`, or has more than 100.",
    "baseline_required": "The metric change_from_baseline requires a baseline, and the problem has none.",
    "contradiction": "Two values contradict each other: a minimum above a maximum, or a required activity forbidden.",
    "cycle": "Drivers feed each other in a circle.",
    "driver_required": "A theatre has several drivers of risk, so the record must name one of them.",
    "duplicate_id": "Two records have the same id (members and partners together, activities and theatres together).",
    "duplicate_position": "A member has two positions on the same activity or theatre under the same framework.",
    "duplicate_record": "Two records of a list have the same key.",
    "invalid": "The value is invalid for a reason without a code of its own; see the message.",
    "lag_beyond_horizon": "An effect would arrive after the last period.",
    "linear_effect_required": "The field requires a linear effect.",
    "min_contribution_required": "A rule counts a member whose min_contribution is 0: it would count without giving.",
    "min_level_required": "The activity needs a min_level above 0: otherwise it would count as running at level 0.",
    "missing": "A required field is missing.",
    "more": "There are more issues than the answer lists.",
    "not_a_number": "A finite number is required; a number in quotes is a text.",
    "not_allowed": "The value is not among the allowed values.",
    "not_supported_yet": "The field belongs to the format, but this version cannot compute with it.",
    "not_text": "A text contains something that is not a Unicode character.",
    "not_together": "Two fields exclude each other.",
    "one_of": "Exactly one of two or three fields is required.",
    "out_of_range": "A number is outside its range.",
    "period_mismatch": "A value by period does not name exactly the periods of the problem.",
    "points": "The points of an effect do not start at [0, 0], rise strictly in level and never fall in effect.",
    "probabilities": "Only some scenarios have a probability, or the probabilities do not sum to 1.",
    "reduces_required": "An activity serves a theatre with several drivers of risk, but does not name any of them.",
    "repeated_reference": "A list of ids contains the same id twice.",
    "resource_in_two_needs": "A resource is in two need lines of one activity.",
    "scenario_structure": "A scenario adds, removes or restructures records; it may only change their values.",
    "theatre_not_shared": "The two activities of a synergy are in different theatres.",
    "too_deep": "Lists and objects are nested more deeply than the format needs.",
    "too_far_apart": "Numbers of the problem are so far apart that floating point cannot add them.",
    "too_few": "A list or object has too few items.",
    "too_large": "The program of the problem would be larger than the solver is given.",
    "too_long": "A text has more characters than its field allows.",
    "too_many": "A list has more items than the service accepts.",
    "unknown_address": "The address leads to nothing in the problem.",
    "unknown_key": "The field does not exist.",
    "unknown_reference": "An id refers to nothing in the document.",
    "warning": "A probable mistake: the problem can be solved, but the answer may not be what was meant.",
    "wrong_form": "The value has none of the forms that the field allows.",
    "wrong_type": "The value has another type than the required one: text, list, object, or true or false.",
}
"""Every issue code with its meaning."""


class Issue(Part):
    """One fault of a document."""

    address: str
    """Address of the fault, with records named by id: `members/us/resources/money`."""
    pointer: str
    """Location of the fault as an RFC 6901 pointer: `/members/0/resources/money`."""
    code: str
    """Stable code, for programs."""
    message: str
    """What is wrong, in words."""
    given: Any = None
    """Value that was given, shortened; null if there was none."""
    allowed: Any = None
    """Values or range that would be right; null if they cannot be listed."""
    suggestion: str | None = None
    """What to write instead; null without a suggestion."""


class ConcordError(Exception):
    """Base class of every exception that Concord raises on purpose."""


class InvalidDocument(ConcordError):  # noqa: N818  (a fact, not an Error suffix)
    """A document has at least one issue; `issues` lists them."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        """Store the issues; the message has one line per issue."""
        self.issues = tuple(issues)
        super().__init__("\n".join(f"{issue.address}: {issue.message}" for issue in self.issues))

    def __reduce__(self) -> tuple[type["InvalidDocument"], tuple[tuple[Issue, ...]]]:
        """Pickle with the issues, so that the exception can pass between processes."""
        return InvalidDocument, (self.issues,)


class NotReadable(ConcordError):  # noqa: N818
    """The bytes are not a document; `line` and `column` say where, counted from 1."""

    def __init__(self, sentence: str, *, line: int | None = None, column: int | None = None) -> None:
        """Store the location; the message ends with it."""
        self.line, self.column = line, column
        super().__init__(sentence if line is None else f"{sentence} (line {line}, column {column})")


class UnknownAddress(ConcordError):  # noqa: N818
    """An address leads to nothing; `known` lists existing addresses near it, the nearest first.

    `suggestion` is the known address that was probably meant; None if none is similar. `pointer` is the RFC 6901
    pointer to the address in the document that contains it, or empty if there is none.
    """

    def __init__(self, address: str, known: Sequence[str], pointer: str = "", suggestion: str | None = None) -> None:
        """Store the address, the known addresses, the pointer and the suggestion."""
        self.address, self.known, self.pointer, self.suggestion = address, tuple(known), pointer, suggestion
        near = f"; did you mean {suggestion!r}?" if suggestion is not None else ""
        super().__init__(f"there is nothing at {address!r}{near}")

    def asked_at(self, pointer: str) -> "UnknownAddress":
        """Return a copy with another pointer."""
        return UnknownAddress(self.address, self.known, pointer, self.suggestion)

    def __reduce__(self) -> tuple[type["UnknownAddress"], tuple[str, tuple[str, ...], str, str | None]]:
        """Pickle with all fields, so that the exception can pass between processes."""
        return UnknownAddress, (self.address, self.known, self.pointer, self.suggestion)


class SolverFailure(ConcordError):  # noqa: N818
    """The solver returned an error; the message gives the step and the solver's text."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault found in a validated record, before it has an address; `loc` is the path from the top."""

    loc: Location
    code: str
    message: str
    given: Any = None
    allowed: Any = None
    suggestion: str | None = None
