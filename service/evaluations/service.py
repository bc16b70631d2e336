"""The verbs of evaluations: ask for the best there is, judge a plan beside it.

The solve is an allocation like any other, run by a worker, kept and reused; only the judging happens here, without a
solver.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.errors import InvalidDocument, Issue
from models.evaluation import Evaluation
from models.outcome import OUTCOME
from models.plan import Plan
from models.reading import read_plan_of
from optimizer.outcome.evaluation import evaluate_plan
from service.allocations import service as allocations
from service.context import Context
from service.submissions import Submission, in_body, read_submission

KEYS = ("problem", "plan", "config")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A plan to be judged, for which problem, and the allocation that finds the best."""

    submission: Submission
    plan: Plan
    allocation_id: str


def ask(context: Context, body: Any, *, now: datetime) -> Asked:  # noqa: ANN401  (whatever JSON came)
    """Read {problem, plan, config} and have the problem solved, unless it is or was."""
    submission = read_submission(_with_problem(body), keys=KEYS)
    plan = _plan(body)
    return Asked(submission=submission, plan=plan, allocation_id=allocations.shared(context, submission, now=now))


def judge(context: Context, asked: Asked) -> Evaluation:
    """The evaluation, with the bound if the solve has ended with one; a solve that failed is told as a warning."""
    document, error = allocations.ended_with(context, asked.allocation_id)
    outcome = None if document is None else OUTCOME.validate_json(document)
    evaluation = evaluate_plan(asked.submission.problem, asked.plan, asked.submission.config, outcome)
    if error is None:
        return evaluation
    failed = f"the solve for the bound has failed: {error['message']}"
    return evaluation.model_copy(update={"warnings": (*evaluation.warnings, failed)})


def _with_problem(body: Any) -> Any:  # noqa: ANN401
    """A bare problem has no plan beside it: what is missing is said of the form that has one."""
    return {"problem": body} if isinstance(body, dict) and "schema" in body else body


def _plan(body: dict[str, Any]) -> Plan:
    if "plan" not in body:
        raise InvalidDocument(
            [
                Issue(
                    address="plan",
                    pointer="",
                    code="missing",
                    message="there is no plan in the body",
                    allowed=KEYS,
                    suggestion="send {problem, plan, config}; the plan of an outcome, or the whole outcome, will do",
                )
            ]
        )
    try:
        return read_plan_of(body["plan"])
    except InvalidDocument as error:
        raise InvalidDocument(in_body("plan", issue) for issue in error.issues) from error
