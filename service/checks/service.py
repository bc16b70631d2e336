"""Checks a problem without solving it."""

from collections.abc import Callable

from models.errors import ConcordError, InvalidDocument, Issue
from service.checks.concerns import errors, warnings_of
from service.checks.schemas import Check
from service.errors import ApiError, translate
from service.settings import Settings
from service.submissions import (
    Submission,
    estimate_size,
    issues_of,
    read_submission,
    require_countable,
    require_solvable_size,
)


def check_document(body: object, settings: Settings, on_read: Callable[[Submission], None]) -> Check:
    """Return all issues and warnings of a problem. Issues are part of the answer here, not an error.

    `on_read` gets the submission before it is checked, and may raise to end the check.
    """
    try:
        submission = read_submission(body)
    except InvalidDocument as error:
        return Check(sound=False, issues=errors(error.issues), program=None, config=None)
    issues: tuple[Issue, ...]
    size = None
    try:
        on_read(submission)
        require_countable(submission, settings)
        issues = issues_of(submission)
        if not issues:
            size = estimate_size(submission)
            require_solvable_size(size, settings)
    except ConcordError as error:
        issues = translate(error).errors
    except ApiError as error:
        issues = (Issue(address="", pointer="", code=error.code.name, message=error.detail),)
    if issues:
        return Check(sound=False, issues=errors(issues), program=size, config=submission.config)
    warned = warnings_of(submission.effective, submission.config)
    return Check(sound=True, issues=warned, program=size, config=submission.config)
