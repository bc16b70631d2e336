"""Fingerprint of the work that a submission asks for: equal fingerprints mean the same work."""

from hashlib import sha256
from typing import Any

import rfc8785

from models.digest import problem_digest
from optimizer.outcome.versions import VERSIONS
from service.submissions import Submission


def fingerprint(submission: Submission) -> str:
    """Return SHA-256 over the canonical problem, the effective config and the versions of model and solver.

    `reuse` is excluded: it says where an answer may come from and does not change the answer.
    """
    work: dict[str, Any] = {
        "problem": problem_digest(submission.problem),
        "config": submission.config.model_dump(mode="json", exclude={"reuse"}),
        "versions": VERSIONS.model_dump(),
    }
    return sha256(rfc8785.dumps(work)).hexdigest()
