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


class NotReadable(ConcordError):  # noqa: N818
    """The bytes are not a document: says at which line and column."""


class UnknownAddress(ConcordError):  # noqa: N818
    """There is nothing at `address`; `known` lists what stands there instead."""

    def __init__(self, address: str, known: Sequence[str]) -> None:
        """Keep where and what was known."""
        self.address, self.known = address, tuple(known)
        super().__init__(f"there is nothing at {address!r}")


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
