"""What-ifs: a new allocation of the same problem with changes, answered from the plan and program of its root."""

from datetime import datetime
from typing import Any

from models.address import apply_overrides
from models.errors import InvalidDocument, UnknownAddress
from models.issues import issues
from models.own_plan import missing_periods
from models.reading import read_as, read_config
from models.what_if import WhatIf
from service.allocations.create import Origin, create, require_allocation
from service.allocations.idempotency import reserve_key
from service.context import Context
from service.database.hashing import document_hash
from service.prepared import prepared
from service.submissions import Submission, require_sound_change

LOCKS = ("/policy~1run~1", "/policy~1forbid~1")
"""Start of the pointers of overrides that come from `locks`, after `/overrides`."""


def submit(context: Context, parent_id: str, body: object, *, idempotency_key: str | None, now: datetime) -> str:
    """Accept a change of an allocation and return the id of the new allocation.

    Raises the same errors as for a problem; the issues point into the body of the what-if.
    """
    payload = document_hash({"parent": parent_id, "body": body})
    with reserve_key(context.database, idempotency_key, payload, now=now) as earlier:
        if earlier is not None:
            return earlier
        with context.database.reading() as session:
            parent = require_allocation(session, parent_id).allocation
        change = read_as(WhatIf, body)
        submission = _submission(context, parent.problem_key, parent.config, change)
        _require_periods(submission, change)
        require_sound_change(context.settings, submission)
        origin = Origin(parent_id=parent.id, root_id=parent.root_id, session=change.session)
        return create(context, prepared(submission), origin, idempotency_key=idempotency_key, now=now)


def _submission(context: Context, problem_key: str, config: dict[str, Any], change: WhatIf) -> Submission:
    """Return the problem as the parent solved it, with the changes of the what-if as overrides of the config."""
    cached = context.problems.get(problem_key, config["overrides"])
    problem = cached.problem
    overrides, relax = change.overrides, config["relax"] if change.relax is None else change.relax
    try:
        return Submission(
            problem=problem,
            key=cached.key,
            config=read_config({**config, "overrides": overrides, "relax": relax}),
            changed=apply_overrides(problem, overrides) if overrides else problem,
        )
    except InvalidDocument as error:
        issues = (issue.model_copy(update={"pointer": _body_pointer(issue.pointer)}) for issue in error.issues)
        raise InvalidDocument(issues) from None
    except UnknownAddress as error:
        raise error.asked_at(_body_pointer(error.pointer)) from None


def _require_periods(submission: Submission, change: WhatIf) -> None:
    """Raise `InvalidDocument` if a record of a plan to keep has no period, although the problem has several."""
    if change.locks.plan is not None:
        found = tuple(missing_periods(change.locks.plan, submission.effective.periods, ("locks", "plan")))
        if found:
            raise InvalidDocument(issues(WhatIf, change.model_dump(by_alias=True), found))


def _body_pointer(pointer: str) -> str:
    """Return the pointer into the body (`/changes/…` or `/locks`) for a pointer to an override."""
    before, overrides, rest = pointer.partition("/overrides")
    if not overrides:
        return pointer
    return "/locks" if rest.startswith(LOCKS) else f"{before}/changes{rest}"
