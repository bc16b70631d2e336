"""Submissions to solve or check: a bare problem, or a problem with its config."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.address import apply_overrides
from models.config import Config
from models.errors import InvalidDocument, Issue, UnknownAddress
from models.issues import LONGEST_GIVEN, MOST_ISSUES
from models.outcome import ProgramSize
from models.problem.problem import Problem
from models.reading import read_config, read_problem
from optimizer.diagnostics.precheck import least_columns, precheck, program_size
from optimizer.solving.magnitudes import magnitude_issues, numbers_differ_much
from service.errors import ApiError, Code
from service.settings import Settings

KEYS = ("problem", "config")
PROBLEM_KEYS = frozenset({"members", "theatres", "activities"})
"""Keys that show that a body is meant as a bare problem."""
FIRST_LINE = '"schema": "concord.problem/1"'


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A parsed and valid problem, and its effective config."""

    problem: Problem
    config: Config
    changed: Problem | None = None
    """The problem with the overrides applied, if the caller has it already."""
    key: str | None = None
    """Key (SHA-256) of the problem's document, if the caller has it already."""

    @cached_property
    def effective(self) -> Problem:
        """The problem to solve: the submitted problem with the overrides of the config applied."""
        if self.changed is not None:
            return self.changed
        if not self.config.overrides:
            return self.problem
        try:
            return apply_overrides(self.problem, self.config.overrides)
        except UnknownAddress as error:
            raise error.asked_at(f"/config{error.pointer}") from None
        except InvalidDocument as error:
            raise InvalidDocument(_in_config(issue) for issue in error.issues) from None


def read_submission(body: Any, *, keys: Sequence[str] = KEYS) -> Submission:  # noqa: ANN401  (any JSON)
    """Parse {problem, config} or a bare problem, which has a `schema`. Raises `InvalidDocument`.

    The issues point into the submitted body. `keys` are the allowed keys of the body; the caller parses the others.
    """
    if isinstance(body, dict) and "schema" in body:
        return Submission(problem=read_problem(body), config=Config())
    issues = list(_shape(body, keys))
    if issues:
        raise InvalidDocument(issues)
    try:
        problem = read_problem(body["problem"])
    except InvalidDocument as error:
        raise InvalidDocument(map(_in_problem, error.issues)) from error
    try:
        config = read_config(body.get("config", {}))
    except InvalidDocument as error:
        raise InvalidDocument(in_body("config", issue) for issue in error.issues) from error
    return Submission(problem=problem, config=config)


def issues_of(submission: Submission) -> tuple[Issue, ...]:
    """Return the issues of the precheck: what keeps a valid document from being solved.

    Call it after `require_countable`: a program that is too large takes long to look at.
    """
    issues = precheck(submission.effective, submission.config)
    return issues or magnitude_issues(submission.effective, submission.config)


def require_sound(settings: Settings, submission: Submission) -> None:
    """Raise `InvalidDocument` for issues, or `ApiError` (`program_too_large`) if the program exceeds the limits."""
    require_countable(submission, settings)
    issues = issues_of(submission)
    if issues:
        raise InvalidDocument(issues)
    require_solvable_size(estimate_size(submission), settings)


def require_sound_change(settings: Settings, submission: Submission) -> None:
    """Check like `require_sound`, for a problem that was accepted without its overrides.

    Counts the program again only if the overrides may have enlarged it.
    """
    if _dimensions(submission.effective) != _dimensions(submission.problem):
        require_sound(settings, submission)
        return
    effective, config = submission.effective, submission.config
    issues = precheck(effective, config)
    if not issues and numbers_differ_much(effective):  # a planner waits: writing the program takes a moment
        issues = magnitude_issues(effective, config)
    if issues:
        raise InvalidDocument(issues)


def _dimensions(problem: Problem) -> tuple[object, ...]:
    """Return the dimensions that determine the size of the program."""
    lists = (problem.periods, problem.members, problem.partners, problem.resources, problem.theatres, problem.scenarios)
    activities = tuple(
        (len(activity.need_lines), len(problem.frameworks_of(activity))) for activity in problem.activities
    )
    return (*map(len, lists), activities, problem.criterion.recourse)


def estimate_size(submission: Submission) -> ProgramSize:
    """Return the estimated size of the program."""
    return program_size(submission.effective)


def smallest_columns(submission: Submission) -> int:
    """Return how many columns the program has at least, by counting alone. Every scenario with overrides counts."""
    problem = submission.effective
    scenarios = 1 + sum(bool(scenario.overrides) for scenario in problem.scenarios)
    return scenarios * least_columns(problem)


def require_countable(submission: Submission, settings: Settings) -> None:
    """Raise `ApiError` (`program_too_large`) if counts alone show it, before anything is expanded."""
    _require_at_most("columns", least_columns(submission.effective), settings.max_program_columns)


def require_solvable_size(size: ProgramSize, settings: Settings) -> None:
    """Raise `ApiError` (`program_too_large`) if a program exceeds the limits of the settings."""
    limits = (
        ("columns", size.columns, settings.max_program_columns),
        ("non-zeros", size.nonzeros, settings.max_program_nonzeros),
    )
    for what, count, limit in limits:
        _require_at_most(what, count, limit)


def _require_at_most(what: str, count: int, limit: int) -> None:
    if count > limit:
        raise ApiError(
            Code.program_too_large,
            f"the program would have about {count:,} {what}; the limit of this service is {limit:,}: "
            "use fewer periods, activities, frameworks or contributors",
        )


def _shape(body: Any, keys: Sequence[str]) -> Iterable[Issue]:  # noqa: ANN401
    if not isinstance(body, dict):
        yield Issue(
            address="",
            pointer="",
            code="wrong_type",
            message="the body must be an object: a problem, or {problem, config}",
            given=type(body).__name__,
            suggestion='{"problem": {"schema": "concord.problem/1", …}, "config": {…}}',
        )
        return
    if "problem" not in body and not PROBLEM_KEYS.isdisjoint(body):
        yield Issue(
            address="schema",
            pointer="",
            code="missing",
            message=f"schema is required: a problem begins with {FIRST_LINE}",
            allowed=["concord.problem/1"],
            suggestion=f"add {FIRST_LINE}",
        )
        return
    unknown = sorted(body.keys() - set(keys))
    for key in unknown[:MOST_ISSUES]:
        yield Issue(
            address=key,
            pointer=f"/{key.replace('~', '~0').replace('/', '~1')}",
            code="unknown_key",
            message=f"the body has an unknown key {key[:LONGEST_GIVEN]!r}",
            given=key[:LONGEST_GIVEN],
            allowed=keys,
            suggestion='send {problem, config}, or a bare problem with "schema": "concord.problem/1"',
        )
    if len(unknown) > MOST_ISSUES:
        more = f"{len(unknown) - MOST_ISSUES} more unknown keys: correct the listed ones first"
        yield Issue(address="", pointer="", code="more", message=more)
    if "problem" not in body:
        yield Issue(
            address="problem",
            pointer="",
            code="missing",
            message="the body has no problem",
            allowed=keys,
            suggestion='send {problem, config}, or a bare problem with "schema": "concord.problem/1"',
        )


def _in_problem(issue: Issue) -> Issue:
    """Return the issue with a pointer into {problem, config}; the address stays relative to the problem."""
    return issue.model_copy(update={"pointer": f"/problem{issue.pointer}"})


def _in_config(issue: Issue) -> Issue:
    """Return the issue with a pointer to the override that caused it; the address stays relative to the problem."""
    return issue.model_copy(update={"pointer": f"/config{issue.pointer}"})


def in_body(key: str, issue: Issue) -> Issue:
    """Return the issue of a document under `key` of the body, with address and pointer into the body."""
    address = f"{key}/{issue.address}" if issue.address else key
    return issue.model_copy(update={"address": address, "pointer": f"/{key}{issue.pointer}"})
