"""The plans that are known for a question before it is solved: a plan of one's own, the parent's, and earlier answers.

Whether a plan keeps the rules of the changed problem is the optimizer's to check: here plans are only found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.errors import InvalidDocument
from models.own_plan import OwnPlan
from models.plan import Plan
from models.reading import parse_json, read_plan, read_whole_plan_of
from service.database.engine import Database
from service.database.records import Allocation, StoredOutcome

if TYPE_CHECKING:
    from optimizer.search.loaded_program import StoredPlan
    from optimizer.solving.warm import WarmProblem

WITH_PLAN = ("optimal", "feasible")
"""Statuses of outcomes with a plan."""
MOST_COMPARED = 100
"""Newest allocations of a problem whose configurations are compared with that of the question."""
MOST_EARLIER = 4
"""Newest earlier answers that are tried. Each began with those before it, so the best is among the newest."""
SAME = ("overrides", "relax", "scenario")
"""The parts of a configuration that decide which plans a question allows; the others decide how long it is searched."""


@dataclass(frozen=True, kw_only=True)
class KnownPlans:
    """The plans that a solve may begin with."""

    start: OwnPlan | None
    """The caller's own; None without one."""
    others: "tuple[Plan | StoredPlan, ...]"


def known_plans(database: Database, allocation: Allocation, warm: "WarmProblem") -> KnownPlans:
    """Return the plans known for an allocation: from memory if the loaded program has them, else from storage.

    With `reuse: false` earlier answers to the same question do not count.
    """
    with database.reading() as session:
        own = session.scalar(select(Allocation.start).where(Allocation.id == allocation.id))
        earlier = _earlier(session, allocation) if allocation.config["reuse"] else ()
        ids = dict.fromkeys((*_parent(allocation, warm), *earlier))
        others = tuple(plan for one in ids if (plan := warm.stored_plan(one) or _stored(session, one)) is not None)
    return KnownPlans(start=None if own is None else read_plan(own), others=others)


def _parent(allocation: Allocation, warm: "WarmProblem") -> Iterator[str]:
    """Yield the parent of a what-if, unless the loaded program has its plan and so restarts from it anyway."""
    if allocation.parent_id is not None and warm.stored_plan(allocation.parent_id) is None:
        yield allocation.parent_id


def _earlier(session: Session, allocation: Allocation) -> Iterator[str]:
    """Yield the newest allocations with a plan that answer the same question, whatever their limits."""
    rows = session.execute(
        select(Allocation.id, Allocation.config, Allocation.fingerprint)
        .join(StoredOutcome, StoredOutcome.allocation_id == Allocation.id)
        .where(
            or_(Allocation.fingerprint == allocation.fingerprint, Allocation.problem_key == allocation.problem_key),
            Allocation.id != allocation.id,
            StoredOutcome.status.in_(WITH_PLAN),
        )
        .order_by(Allocation.id.desc())
        .limit(MOST_COMPARED)
    )
    found = 0
    for earlier, config, fingerprint in rows:
        is_same = all(config[part] == allocation.config[part] for part in SAME)
        if found < MOST_EARLIER and (is_same or fingerprint == allocation.fingerprint):
            found += 1
            yield earlier


def _stored(session: Session, allocation_id: str) -> Plan | None:
    """Return the plan of the stored outcome of an allocation; None if it has none, or one of an older release."""
    document = session.scalar(
        select(StoredOutcome.document).where(
            StoredOutcome.allocation_id == allocation_id, StoredOutcome.status.in_(WITH_PLAN)
        )
    )
    if document is None:
        return None
    try:
        return read_whole_plan_of(parse_json(document.encode()))
    except InvalidDocument:
        return None
