"""Checks a problem without solving it."""

from models.errors import ConcordError, InvalidDocument, Issue
from service.checks.concerns import errors, warnings_of
from service.checks.schemas import Check
from service.context import Context
from service.errors import ApiError, Code, translate
from service.submissions import estimate_size, issues_of, read_submission, require_solvable_size


def check(context: Context, body: object) -> Check:
    """Return all issues and warnings of a problem. Issues are part of the answer here, not an error."""
    try:
        submission = read_submission(body)
    except InvalidDocument as error:
        return Check(sound=False, issues=errors(error.issues), program=None, config=None)
    try:
        issues = issues_of(submission)
        if issues:
            return Check(sound=False, issues=errors(issues), program=None, config=submission.config)
        size = estimate_size(submission)
    except ConcordError as error:
        return Check(sound=False, issues=errors(translate(error).errors), program=None, config=submission.config)
    try:
        require_solvable_size(size, context.settings)
    except ApiError as error:
        issue = Issue(address="", pointer="", code=Code.program_too_large.name, message=error.detail)
        return Check(sound=False, issues=errors([issue]), program=size, config=submission.config)
    warned = warnings_of(submission.effective, submission.config)
    return Check(sound=True, issues=warned, program=size, config=submission.config)
