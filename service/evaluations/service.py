"""Evaluates a plan: starts the solve that the bounds come from, and scores the plan.

The solve is an ordinary allocation: a worker runs it, and its outcome is stored and reused. Scoring happens here,
without a solver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.errors import InvalidDocument, Issue
from models.evaluation import Evaluation
from models.ids import PeriodId
from models.outcome import OUTCOME
from models.own_plan import OwnPlan
from models.reading import read_plan_of
from optimizer.outcome.evaluation import evaluate_plan
from service.allocations import service as allocations
from service.context import Context
from service.submissions import Submission, in_body, read_submission

KEYS = ("problem", "plan", "config")


@dataclass(frozen=True, kw_only=True)
class PlanSubmission:
    """A submission, the plan to evaluate, and the allocation whose solve the bounds come from."""

    submission: Submission
    plan: OwnPlan
    allocation_id: str


def submit(context: Context, body: Any, *, now: datetime) -> PlanSubmission:  # noqa: ANN401  (any JSON)
    """Parse {problem, plan, config} and find or create the allocation that solves the problem."""
    submission = read_submission(_with_problem(body), keys=KEYS)
    plan = _plan(body, submission.effective.periods)
    allocation_id = allocations.find_or_create(context, submission, now=now)
    return PlanSubmission(submission=submission, plan=plan, allocation_id=allocation_id)


def evaluate(context: Context, submitted: PlanSubmission) -> Evaluation:
    """Return the evaluation, with the bound if the solve has one. A failed solve adds a warning."""
    document, error = allocations.outcome_and_error(context, submitted.allocation_id)
    outcome = None if document is None else OUTCOME.validate_json(document)
    evaluation = evaluate_plan(submitted.submission.problem, submitted.plan, submitted.submission.config, outcome)
    if error is None:
        return evaluation
    warning = f"the solve for the bound failed: {error['message']}"
    return evaluation.model_copy(update={"warnings": (*evaluation.warnings, warning)})


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
