"""Findings that several checks yield."""

from collections.abc import Sequence

from models.errors import Finding, Location
from models.suggestions import did_you_mean


def unknown(loc: Location, word: str, given: str, known: Sequence[str]) -> Finding:
    """Return the finding of an id that refers to nothing; `word` names the kind of record."""
    near = did_you_mean(given, known)
    question = f"; did you mean {near!r}?" if near else ""
    return Finding(
        loc=loc,
        code="unknown_reference",
        message=f"there is no {word} {given!r}{question}",
        given=given,
        allowed=tuple(known),
        suggestion=near,
    )


def contradiction(loc: Location, message: str, given: object = None) -> Finding:
    """Return the finding of two values that contradict each other."""
    return Finding(loc=loc, code="contradiction", message=message, given=given)
