"""Validation issues of a document."""

from typing import Any

from models.errors import InvalidDocument, Issue
from models.reading import read_problem
from tests.support.problems import a_document


def issues_of(document: object) -> tuple[Issue, ...]:
    """Return every issue of a document; empty if it is valid."""
    try:
        read_problem(document)
    except InvalidDocument as error:
        return error.issues
    return ()


def faults(**fields: Any) -> dict[str, str]:
    """Return the code of each issue of `a_document(**fields)`, by address."""
    return {issue.address: issue.code for issue in issues_of(a_document(**fields))}
