"""Submissions that are read and checked: what the database stores of them, small enough to pass between processes."""

import json
from dataclasses import dataclass

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
    reuse: bool
    """Whether a stored outcome of the same work may answer."""
    start: Document | None
    """Document of the plan from which the solve starts; None without one, or if only its allocation is known."""
    start_id: str | None
    """Id of the allocation with the plan from which the solve starts; None without one."""


def prepared(
    submission: Submission, *, payload_hash: str = "", start: Document | str | None = None
) -> PreparedSubmission:
    """Return what is stored of a submission. Hashing and writing the document take time.

    `start` is the plan from which the solve starts, or the id of its allocation.
    """
    return PreparedSubmission(
        payload_hash=payload_hash,
        document=json.dumps(submission.problem.document, allow_nan=False),
        problem_key=submission.key or document_hash(submission.problem.document),
        config=submission.config.model_dump(mode="json"),
        fingerprint=fingerprint(submission),
        title=submission.problem.title,
        reuse=submission.config.reuse,
        start=None if isinstance(start, str) else start,
        start_id=start if isinstance(start, str) else None,
    )
