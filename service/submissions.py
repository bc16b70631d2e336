"""What is handed in to be solved or checked: a problem and its config, or a bare problem."""

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
from optimizer.diagnostics.precheck import precheck, program_size
from service.errors import ApiError, Code
from service.settings import Settings

KEYS = ("problem", "config")
MOST_COMBINATIONS = 5_000_000
"""Contributors who could be there, times activities, times periods: beyond it, even counting the program takes minutes
of the web process. The largest program that is solved has a tenth of it in columns."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A problem and the config that will take effect, both read and sound in themselves."""

    problem: Problem
    config: Config
    changed: Problem | None = None
    """The problem with the overrides of the config put in, where that was done already."""
    key: str | None = None
    """What the document of the problem is kept under, where that is known already."""

    @cached_property
    def effective(self) -> Problem:
        """The problem with the overrides of the config put in: the one that is solved."""
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


def read_submission(body: Any, *, keys: Sequence[str] = KEYS) -> Submission:  # noqa: ANN401  (whatever JSON came)
    """Read {problem, config} or a bare problem (its `schema` says so); an error points into the body as it was sent.

    `keys` are what the body may have, where somebody else reads the rest of it.
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
    """What the mathematics misses in a submission that is sound as a document."""
    return tuple(_beyond_counting(submission.effective)) or precheck(submission.effective, submission.config)


def require_sound(settings: Settings, submission: Submission) -> None:
    """Raise when a submission cannot be solved as it stands, or its program is larger than this service solves."""
    issues = issues_of(submission)
    if issues:
        raise InvalidDocument(issues)
    refuse_too_large(size_of(submission), settings)


def require_sound_change(settings: Settings, submission: Submission) -> None:
    """The same where the problem without its overrides was accepted: it is counted anew only if it may have grown."""
    if _dimensions(submission.effective) != _dimensions(submission.problem):
        require_sound(settings, submission)
        return
    issues = precheck(submission.effective, submission.config)
    if issues:
        raise InvalidDocument(issues)


def _dimensions(problem: Problem) -> tuple[object, ...]:
    """What programs are as large as the product of: with the same of each, one is about as large as the other."""
    lists = (problem.periods, problem.members, problem.partners, problem.resources, problem.theatres, problem.scenarios)
    activities = tuple((len(one.need_lines), len(problem.frameworks_of(one))) for one in problem.activities)
    return (*map(len, lists), activities, problem.criterion.recourse)


def size_of(submission: Submission) -> ProgramSize:
    """About how large the program of a submission will be."""
    return program_size(submission.effective)


def refuse_too_large(size: ProgramSize, settings: Settings) -> None:
    """Raise when a program is beyond what this service solves."""
    limits = (
        ("columns", size.columns, settings.max_program_columns),
        ("non-zeros", size.nonzeros, settings.max_program_nonzeros),
    )
    for what, there, most in limits:
        if there > most:
            raise ApiError(
                Code.program_too_large,
                f"the program would have about {there:,} {what}; this service solves up to {most:,}: "
                "take fewer periods, activities, frameworks or contributors",
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
    unknown = sorted(body.keys() - set(keys))
    for key in unknown[:MOST_ISSUES]:
        yield Issue(
            address=key,
            pointer=f"/{key.replace('~', '~0').replace('/', '~1')}",
            code="unknown_key",
            message=f"a request has no {key[:LONGEST_GIVEN]!r}",
            given=key[:LONGEST_GIVEN],
            allowed=keys,
            suggestion='a bare problem says "schema": "concord.problem/1"; otherwise send {problem, config}',
        )
    if len(unknown) > MOST_ISSUES:
        more = f"and {len(unknown) - MOST_ISSUES} more: mend these first"
        yield Issue(address="", pointer="", code="more", message=more)
    if "problem" not in body:
        yield Issue(
            address="problem",
            pointer="",
            code="missing",
            message="there is no problem in the body",
            allowed=keys,
            suggestion='send {problem, config}, or a bare problem that says "schema": "concord.problem/1"',
        )


def _beyond_counting(problem: Problem) -> Iterable[Issue]:
    """A problem so large that the size of its program is not even counted; each future is counted by itself."""
    futures = 1 + sum(bool(scenario.overrides) for scenario in problem.scenarios)
    access = [problem.theatre[activity.theatre].access for activity in problem.activities]
    there = sum(len(problem.contributor) if ids is None else len(ids) for ids in access)
    combinations = futures * len(problem.periods) * there
    if combinations > MOST_COMBINATIONS:
        yield Issue(
            address="activities",
            pointer="/activities",
            code="too_large",
            message=f"contributors, activities, periods and futures combine in {combinations:,} ways; "
            f"at most {MOST_COMBINATIONS:,} are looked at",
            suggestion="fewer periods, or members grouped where no rule tells them apart",
        )


def _in_problem(issue: Issue) -> Issue:
    """The same issue, pointing into {problem, config}; addresses are the problem's own."""
    return issue.model_copy(update={"pointer": f"/problem{issue.pointer}"})


def _in_config(issue: Issue) -> Issue:
    """The same issue, pointing at the override that caused it; addresses are the problem's own."""
    return issue.model_copy(update={"pointer": f"/config{issue.pointer}"})


def in_body(key: str, issue: Issue) -> Issue:
    """The same issue of a document that stands at `key` of the body, with address and pointer into the body."""
    address = f"{key}/{issue.address}" if issue.address else key
    return issue.model_copy(update={"address": address, "pointer": f"/{key}{issue.pointer}"})
