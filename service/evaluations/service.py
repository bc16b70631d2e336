"""Reads plans to evaluate. The solve that the bounds come from is an ordinary allocation: its outcome is reused."""

from typing import Any

from models.errors import InvalidDocument, Issue
from models.plan import Plan
from models.reading import read_plan_of
from service.submissions import Submission, in_body, read_submission

KEYS = ("problem", "plan", "config")


def read_evaluation(body: Any) -> tuple[Submission, Plan]:  # noqa: ANN401  (any JSON)
    """Return the submission and the plan of {problem, plan, config}. Raises `InvalidDocument`."""
    return read_submission(_with_problem(body), keys=KEYS), _plan(body)


def _with_problem(body: Any) -> Any:  # noqa: ANN401
    """Wrap a bare problem as {problem}, so that the issue reports the missing plan."""
    return {"problem": body} if isinstance(body, dict) and "schema" in body else body


def _plan(body: dict[str, Any]) -> Plan:
    if "plan" not in body:
        raise InvalidDocument(
            [
                Issue(
                    address="plan",
                    pointer="",
                    code="missing",
                    message="the body has no plan",
                    allowed=KEYS,
                    suggestion="send {problem, plan, config}; `plan` may be the plan of an outcome or a whole outcome",
                )
            ]
        )
    try:
        return read_plan_of(body["plan"])
    except InvalidDocument as error:
        raise InvalidDocument(in_body("plan", issue) for issue in error.issues) from error
