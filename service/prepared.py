"""Submissions that are read and checked: what the database stores of them, small enough to pass between processes."""

import json
from dataclasses import dataclass

from models.ids import PeriodId
from service.allocations.fingerprint import fingerprint
from service.database.hashing import document_hash
from service.database.records import Document
from service.submissions import Submission


@dataclass(frozen=True, kw_only=True)
class PreparedSubmission:
    """A sound submission, as the database stores it."""

    payload_hash: str
    """SHA-256 of the whole body, for the idempotency key; empty if there was no body."""
    document: str
    """The problem as JSON text."""
    problem_key: str
    config: Document
    fingerprint: str
    title: str
    start: Document | None
    """The plan from which the solve starts; None without one."""
    start_id: str | None
    """Id of the allocation whose plan that is; None without one."""
    periods: tuple[PeriodId, ...]
    reuse: bool
    """Whether a stored outcome of the same work may answer."""


def prepared(submission: Submission, *, payload_hash: str = "", start_id: str | None = None) -> PreparedSubmission:
    """Return what is stored of a submission. Hashing and writing the document take time."""
    return PreparedSubmission(
        payload_hash=payload_hash,
        document=json.dumps(submission.problem.document, allow_nan=False),
        problem_key=submission.key or document_hash(submission.problem.document),
        config=submission.config.model_dump(mode="json"),
        fingerprint=fingerprint(submission),
        title=submission.problem.title,
        start=submission.start,
        start_id=start_id,
        periods=submission.effective.periods,
        reuse=submission.config.reuse,
    )
