"""Queries on allocations, their jobs, outcomes and events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, bindparam, delete, exists, func, select
from sqlalchemy.orm import Session

from service.database.records import (
    ENDED,
    Allocation,
    Event,
    EventKind,
    IdempotencyKey,
    Job,
    SolvedProblem,
    StoredDiff,
    StoredOutcome,
)

REUSABLE = ("optimal", "infeasible")
"""Statuses of conclusive outcomes. If a limit cut a solve short, another solve may do better, so it is not reused."""

ANSWERING = ("queued", "running", "succeeded")
"""Statuses of jobs that have an outcome or will have one."""

_STATE = (
    select(Job.id, Job.status, StoredOutcome.status)
    .join(Allocation, Allocation.job_id == Job.id)
    .outerjoin(StoredOutcome, StoredOutcome.allocation_id == Allocation.id)
    .where(Allocation.id == bindparam("allocation_id"))
)


@dataclass(frozen=True, kw_only=True)
class AllocationRow:
    """An allocation, its job, and the status of its outcome if there is one."""

    allocation: Allocation
    job: Job
    outcome_status: str | None


@dataclass(frozen=True, kw_only=True)
class AllocationState:
    """What a waiting request polls: whether the job has ended and whether there is an outcome."""

    job_id: str
    has_ended: bool
    has_outcome: bool


def state(session: Session, allocation_id: str) -> AllocationState | None:
    """Return the state of an allocation, or None if it does not exist."""
    row = session.execute(_STATE, {"allocation_id": allocation_id}).one_or_none()
    if row is None:
        return None
    job_id, job_status, stored_status = row
    return AllocationState(job_id=job_id, has_ended=job_status in ENDED, has_outcome=stored_status is not None)


def find(session: Session, allocation_id: str) -> AllocationRow | None:
    """Return an allocation, or None if it does not exist."""
    row = session.execute(_allocations().where(Allocation.id == allocation_id)).one_or_none()
    return None if row is None else _allocation_row(row)


def page(session: Session, *, before: str | None, limit: int) -> list[AllocationRow]:
    """Return up to `limit` allocations older than `before`, newest first."""
    query = _allocations().order_by(Allocation.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Allocation.id < before)
    return [_allocation_row(row) for row in session.execute(query)]


def outcome(session: Session, allocation_id: str) -> StoredOutcome | None:
    """Return the outcome of an allocation, or None if there is none yet."""
    return session.get(StoredOutcome, allocation_id)


def diff(
    session: Session, allocation_id: str, against_id: str, *, versions: str, time_limit_s: float
) -> StoredDiff | None:
    """Return the stored comparison of two allocations, or None if a search of `time_limit_s` may find more."""
    stored = session.get(StoredDiff, (allocation_id, against_id))
    if stored is None or stored.versions != versions:
        return None
    return stored if stored.time_limit_s is None or stored.time_limit_s >= time_limit_s else None


def problem(session: Session, key: str) -> SolvedProblem | None:
    """Return the stored problem with this key, or None."""
    return session.get(SolvedProblem, key)


def has_problem(session: Session, key: str) -> bool:
    """Return whether a problem is stored, without reading its document, which may be large."""
    return session.scalar(select(SolvedProblem.key).where(SolvedProblem.key == key)) is not None


def root_of(session: Session, allocation_id: str) -> str:
    """Return the id of the root: the first allocation of the chain of what-ifs."""
    return session.scalars(select(Allocation.root_id).where(Allocation.id == allocation_id)).one()


def unfinished_jobs(session: Session, what_if_session: str) -> Sequence[Job]:
    """Return the queued and running jobs of a what-if session, locked until the transaction ends."""
    return session.scalars(
        select(Job)
        .join(Allocation, Allocation.job_id == Job.id)
        .where(Allocation.session == what_if_session, Job.status.in_(("queued", "running")))
        .with_for_update(of=Job)
    ).all()


def outcome_status(session: Session, job_id: str) -> str | None:
    """Return the status of the outcome of a job, or None if there is none yet."""
    return session.scalar(
        select(StoredOutcome.status)
        .join(Allocation, Allocation.id == StoredOutcome.allocation_id)
        .where(Allocation.job_id == job_id)
    )


def conclusive_outcome(session: Session, fingerprint: str) -> StoredOutcome | None:
    """Return the newest conclusive outcome of the same work, or None."""
    return session.scalar(
        select(StoredOutcome)
        .join(Allocation, Allocation.id == StoredOutcome.allocation_id)
        .join(Job, Job.id == Allocation.job_id)
        .where(
            Allocation.fingerprint == fingerprint,
            StoredOutcome.status.in_(REUSABLE),
            Job.status == "succeeded",
        )
        .order_by(Allocation.id.desc())
        .limit(1)
    )


def newest_answering(session: Session, fingerprint: str) -> str | None:
    """Return the id of the newest allocation of the same work that has an outcome or will have one, or None."""
    return session.scalar(
        select(Allocation.id)
        .join(Job, Job.id == Allocation.job_id)
        .where(Allocation.fingerprint == fingerprint, Job.status.in_(ANSWERING))
        .order_by(Allocation.id.desc())
        .limit(1)
    )


def count_queued_jobs(session: Session) -> int:
    """Return the number of queued jobs."""
    return session.scalar(select(func.count()).where(Job.status == "queued")) or 0


def events_after(session: Session, job_id: str, after: int) -> Sequence[Event]:
    """Return the events of a job with an id above `after`, in order."""
    return session.scalars(select(Event).where(Event.job_id == job_id, Event.id > after).order_by(Event.id)).all()


def events_of_jobs(session: Session, seen: Mapping[str, int]) -> Sequence[Event]:
    """Return the events of several jobs in order, of each those after the id that it maps to; perhaps some more."""
    later = Event.id > min(seen.values())
    return session.scalars(select(Event).where(Event.job_id.in_(seen), later).order_by(Event.id)).all()


def jobs_to_end(session: Session, job_ids: Collection[str]) -> set[str]:
    """Return the jobs among these that have not ended; a removed job has ended."""
    return set(session.scalars(select(Job.id).where(Job.id.in_(job_ids), Job.status.not_in(ENDED))))


def latest_event(session: Session, job_id: str, *kinds: EventKind) -> Event | None:
    """Return the latest event of a job among these kinds, or None."""
    return session.scalar(
        select(Event).where(Event.job_id == job_id, Event.kind.in_(kinds)).order_by(Event.id.desc()).limit(1)
    )


def idempotency_key(session: Session, key: str) -> IdempotencyKey | None:
    """Return the record of an Idempotency-Key, or None."""
    return session.get(IdempotencyKey, key)


def remove(session: Session, allocation: Allocation) -> None:
    """Remove an allocation and everything of its job; also its problem if no other allocation uses it."""
    problem_key = allocation.problem_key
    session.execute(delete(Job).where(Job.id == allocation.job_id))
    is_used = exists().where(Allocation.problem_key == problem_key)
    session.execute(delete(SolvedProblem).where(SolvedProblem.key == problem_key, ~is_used))


def _allocations() -> Select[Allocation, Job, str | None]:
    return (
        select(Allocation, Job, StoredOutcome.status)
        .join(Job, Job.id == Allocation.job_id)
        .outerjoin(StoredOutcome, StoredOutcome.allocation_id == Allocation.id)
    )


def _allocation_row(row: Row[Allocation, Job, str | None]) -> AllocationRow:
    allocation, job, status = row
    return AllocationRow(allocation=allocation, job=job, outcome_status=status)
