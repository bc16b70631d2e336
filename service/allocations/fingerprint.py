"""When two pieces of work are the same work."""

from hashlib import sha256
from typing import Any

import rfc8785

from models.digest import problem_digest
from optimizer.outcome.versions import VERSIONS
from service.submissions import Submission


def fingerprint(submission: Submission) -> str:
    """SHA-256 over the canonical problem, the effective config, and what would answer it.

    `reuse` is left out: it says where an answer may come from, not what is asked.
    """
    work: dict[str, Any] = {
        "problem": problem_digest(submission.problem),
        "config": submission.config.model_dump(mode="json", exclude={"reuse"}),
        "versions": VERSIONS.model_dump(),
    }
    return sha256(rfc8785.dumps(work)).hexdigest()
