"""What is wrong with a document, as a test asks for it."""

from typing import Any

from models.errors import InvalidDocument, Issue
from models.reading import read_problem
from tests.support.problems import a_document


def issues_of(document: object) -> tuple[Issue, ...]:
    """Every issue of a document; none if it is sound."""
    try:
        read_problem(document)
    except InvalidDocument as error:
        return error.issues
    return ()


def faults(**fields: Any) -> dict[str, str]:
    """The code of each issue of `a_document(**fields)`, by address."""
    return {issue.address: issue.code for issue in issues_of(a_document(**fields))}
