"""What-ifs: another allocation of the same problem with something changed, answered from the plan at hand."""

from datetime import datetime
from typing import Any

from models.address import apply_overrides
from models.errors import InvalidDocument, UnknownAddress
from models.reading import read_as, read_config
from models.what_if import WhatIf
from service.allocations.create import Origin, create, find
from service.allocations.idempotency import reserved
from service.context import Context
from service.database.hashing import document_hash
from service.submissions import Submission, require_sound_change

LOCKS = ("/policy~1run~1", "/policy~1forbid~1")
"""Pointers of overrides that locks are put in as."""


def submit(context: Context, parent_id: str, body: object, *, idempotency_key: str | None, now: datetime) -> str:
    """Accept a change of an allocation, or answer it from storage; gives the id of the new allocation.

    Refused as a problem would be; issues point into the body.
    """
    payload = document_hash({"parent": parent_id, "body": body})
    with reserved(context.database, idempotency_key, payload, now=now) as earlier:
        if earlier is not None:
            return earlier
        with context.database.reading() as session:
            parent = find(session, parent_id).allocation
        asked = read_as(WhatIf, body)
        submission = _submission(context, parent.problem_key, parent.config, asked)
        require_sound_change(context.settings, submission)
        origin = Origin(parent_id=parent.id, root_id=parent.root_id, session=asked.session)
        return create(context, submission, origin, idempotency_key=idempotency_key, now=now)


def _submission(context: Context, problem_key: str, config: dict[str, Any], asked: WhatIf) -> Submission:
    """The problem as the parent solved it, with what is asked as overrides."""
    solved = context.problems.solved(problem_key, config["overrides"])
    problem = solved.problem
    overrides, relax = asked.overrides, config["relax"] if asked.relax is None else asked.relax
    try:
        return Submission(
            problem=problem,
            key=solved.key,
            config=read_config({**config, "overrides": overrides, "relax": relax}),
            changed=apply_overrides(problem, overrides) if overrides else problem,
        )
    except InvalidDocument as error:
        issues = (issue.model_copy(update={"pointer": _in_body(issue.pointer)}) for issue in error.issues)
        raise InvalidDocument(issues) from None
    except UnknownAddress as error:
        raise error.asked_at(_in_body(error.pointer)) from None


def _in_body(pointer: str) -> str:
    """Where the change (or the locks) of the body stands that is this override."""
    before, overrides, rest = pointer.partition("/overrides")
    if not overrides:
        return pointer
    return "/locks" if rest.startswith(LOCKS) else f"{before}/changes{rest}"
