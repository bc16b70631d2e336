"""Reads plans to evaluate. The solve that the bounds come from is an ordinary allocation: its outcome is reused."""

from collections.abc import Sequence
from typing import Any

from models.errors import InvalidDocument, Issue
from models.ids import PeriodId
from models.own_plan import OwnPlan
from models.reading import read_plan_of
from service.submissions import Submission, in_body, read_submission

KEYS = ("problem", "plan", "config")


def read_evaluation(body: Any) -> tuple[Submission, OwnPlan]:  # noqa: ANN401  (any JSON)
    """Return the submission and the plan of {problem, plan, config}. Raises `InvalidDocument`."""
    submission = read_submission(_with_problem(body), keys=KEYS)
    return submission, _plan(body, submission.effective.periods)


def _with_problem(body: Any) -> Any:  # noqa: ANN401
    """Wrap a bare problem as {problem}, so that the issue reports the missing plan."""
    return {"problem": body} if isinstance(body, dict) and "schema" in body else body


def _plan(body: dict[str, Any], periods: Sequence[PeriodId]) -> OwnPlan:
    if "plan" not in body:
        raise InvalidDocument(
            [
                Issue(
                    address="plan",
                    pointer="",
                    code="missing",
                    message="the body has no plan",
                    allowed=KEYS,
                    suggestion="send {problem, plan, config}; `plan` may be {allocations: […]}, a plan or an outcome",
                )
            ]
        )
    try:
        return read_plan_of(body["plan"], periods)
    except InvalidDocument as error:
        raise InvalidDocument(in_body("plan", issue) for issue in error.issues) from error
