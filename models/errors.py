"""Errors are facts with names.

    ConcordError
      InvalidDocument      a document is wrong: every issue with its address, what is wrong, what would be right
      NotReadable          the bytes are no document at all (not JSON, not UTF-8, the same key twice)
      UnknownAddress       there is nothing at an address of the problem
      SolverFailure        the solver refused or broke a program; never an answer about the problem

Infeasible is an answer, not an error. No HTTP here: the service gives every error its status.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.base import Part

Location = tuple[str | int, ...]
"""Where a value stands in a document: keys and list positions from the top."""

CODES: dict[str, str] = {
    "bad_id": "An id is not made of small letters, digits, `_`, `.` and `-`, or is longer than 100 characters.",
    "baseline_required": "The change from a baseline is asked for, and the problem has none.",
    "contradiction": "Two values cannot both hold: a least value above a greatest, what must run and must not.",
    "cycle": "Drivers feed each other in a circle.",
    "driver_required": "A theatre has several drivers of risk, and it is not said which one is meant.",
    "duplicate_id": "Two records have the same id (members and partners together, activities and theatres together).",
    "duplicate_position": "A member has two positions at one level of detail.",
    "duplicate_record": "Two records of a list say something about the same thing.",
    "invalid": "The value is not valid in a way that has no code of its own.",
    "lag_beyond_horizon": "An effect would arrive after the last period.",
    "linear_effect_required": "The field is for linear effects only.",
    "min_contribution_required": "A rule counts a member whose stake is zero: it would count without giving anything.",
    "min_level_required": "An activity needs a least level above zero: it would count as running at level zero.",
    "missing": "A field that is required is not there.",
    "more": "There are more issues than are listed.",
    "not_a_number": "A finite number is wanted; a text in quotes is none.",
    "not_allowed": "The value is none of those that are allowed.",
    "not_supported_yet": "The field is part of the format, and cannot be computed with yet.",
    "not_text": "A text holds something that is no Unicode character.",
    "not_together": "Two fields exclude each other.",
    "one_of": "Exactly one of two or three fields is to be given.",
    "out_of_range": "A number is outside its range.",
    "period_mismatch": "A value for each period does not name exactly the periods of the problem.",
    "points": "The points of an effect do not start at [0, 0], rise strictly in level and never fall in effect.",
    "probabilities": "Probabilities are given for some scenarios only, or do not sum to 1.",
    "reduces_required": "An activity serves a theatre with several drivers of risk and does not say which it reduces.",
    "repeated_reference": "A list of ids names the same one twice.",
    "resource_in_two_needs": "A resource stands in two need lines of one activity.",
    "scenario_structure": "A scenario changes what there is, and not only what holds of it.",
    "theatre_not_shared": "The activities of a synergy are not of one theatre.",
    "too_deep": "Values are nested more deeply than any document needs.",
    "too_few": "A list or object has fewer items than it needs.",
    "too_large": "The program that would follow from the problem is larger than is solved.",
    "too_many": "A list has more items than are served.",
    "unknown_address": "There is nothing at an address of the problem.",
    "unknown_key": "The field does not exist.",
    "unknown_reference": "An id refers to nothing in the document.",
    "wrong_form": "The value has none of the forms that the field can take.",
    "wrong_type": "A text, list, object or true/false is wanted and something else is given.",
}
"""Every code of an issue, and what it means."""


class Issue(Part):
    """One thing that is wrong with a document."""

    address: str
    """Where, with records named by their id: `members/us/resources/money`."""
    pointer: str
    """Where, as an RFC 6901 pointer: `/members/0/resources/money`."""
    code: str
    """Stable, documented, for programs to act on."""
    message: str
    """What is wrong, in words."""
    given: Any = None
    """The value that was given, if there was one (shortened)."""
    allowed: Any = None
    """The values or the range that would be right, if they can be listed."""
    suggestion: str | None = None
    """What to write instead."""


class ConcordError(Exception):
    """The root of every error that Concord raises on purpose."""


class InvalidDocument(ConcordError):  # noqa: N818  (a fact, not an Error suffix)
    """A document is wrong in the ways of `issues` (at least one)."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        """Keep the issues; the message lists them a line each."""
        self.issues = tuple(issues)
        super().__init__("\n".join(f"{issue.address}: {issue.message}" for issue in self.issues))

    def __reduce__(self) -> tuple[type["InvalidDocument"], tuple[tuple[Issue, ...]]]:
        """Travels between processes whole."""
        return InvalidDocument, (self.issues,)


class NotReadable(ConcordError):  # noqa: N818
    """The bytes are not a document: says at which line and column, both counted from 1."""

    def __init__(self, sentence: str, *, line: int | None = None, column: int | None = None) -> None:
        """Keep the place; the message ends with it."""
        self.line, self.column = line, column
        super().__init__(sentence if line is None else f"{sentence} (line {line}, column {column})")


class UnknownAddress(ConcordError):  # noqa: N818
    """There is nothing at `address`; `known` lists what stands near it, the nearest first.

    `pointer` leads to where it was asked for (RFC 6901), in the document that asked; it is empty where none did.
    """

    def __init__(self, address: str, known: Sequence[str], pointer: str = "") -> None:
        """Keep where and what was known."""
        self.address, self.known, self.pointer = address, tuple(known), pointer
        near = f"; did you mean {self.known[0]!r}?" if self.known else ""
        super().__init__(f"there is nothing at {address!r}{near}")

    def asked_at(self, pointer: str) -> "UnknownAddress":
        """The same, asked for there."""
        return UnknownAddress(self.address, self.known, pointer)

    def __reduce__(self) -> tuple[type["UnknownAddress"], tuple[str, tuple[str, ...], str]]:
        """Travels between processes whole."""
        return UnknownAddress, (self.address, self.known, self.pointer)


class SolverFailure(ConcordError):  # noqa: N818
    """The solver answered with an error; the message says at which step and what it said."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An issue found inside a validated record, before it has an address: `loc` leads to it from the top."""

    loc: Location
    code: str
    message: str
    given: Any = None
    allowed: Any = None
    suggestion: str | None = None
