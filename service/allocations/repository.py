"""Queries on allocations, their jobs, outcomes and events."""

from collections.abc import Sequence
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
    StoredOutcome,
)

REUSABLE = ("optimal", "infeasible")
"""What was proved stays proved; what a limit cut short may come out better next time."""

ANSWERING = ("queued", "running", "succeeded")

_STANDING = (
    select(Job.id, Job.status, StoredOutcome.status)
    .join(Allocation, Allocation.job_id == Job.id)
    .outerjoin(StoredOutcome, StoredOutcome.allocation_id == Allocation.id)
    .where(Allocation.id == bindparam("allocation_id"))
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """An allocation with what belongs to it."""

    allocation: Allocation
    job: Job
    outcome_status: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an allocation stands: what those ask for who wait for it."""

    job_id: str
    has_ended: bool
    has_outcome: bool


def standing(session: Session, allocation_id: str) -> Standing | None:
    """How one allocation stands."""
    row = session.execute(_STANDING, {"allocation_id": allocation_id}).one_or_none()
    if row is None:
        return None
    job_id, status, outcome_status = row
    return Standing(job_id=job_id, has_ended=status in ENDED, has_outcome=outcome_status is not None)


def find(session: Session, allocation_id: str) -> Found | None:
    """One allocation."""
    row = session.execute(_allocations().where(Allocation.id == allocation_id)).one_or_none()
    return None if row is None else _found(row)


def page(session: Session, *, before: str | None, limit: int) -> list[Found]:
    """The newest allocations, older than `before`."""
    query = _allocations().order_by(Allocation.id.desc()).limit(limit)
    if before is not None:
        query = query.where(Allocation.id < before)
    return [_found(row) for row in session.execute(query)]


def outcome(session: Session, allocation_id: str) -> StoredOutcome | None:
    """How an allocation ended, if it has."""
    return session.get(StoredOutcome, allocation_id)


def problem(session: Session, key: str) -> SolvedProblem | None:
    """A problem that was handed in."""
    return session.get(SolvedProblem, key)


def has_problem(session: Session, key: str) -> bool:
    """Whether a problem is kept already; it is not read, since it may be large."""
    return session.scalar(select(SolvedProblem.key).where(SolvedProblem.key == key)) is not None


def root_of(session: Session, allocation_id: str) -> str:
    """The allocation that one and its forebears began with."""
    return session.scalars(select(Allocation.root_id).where(Allocation.id == allocation_id)).one()


def unfinished_of(session: Session, name: str) -> Sequence[Job]:
    """The jobs of a session of what-ifs that wait or run, for this transaction alone to change."""
    return session.scalars(
        select(Job)
        .join(Allocation, Allocation.job_id == Job.id)
        .where(Allocation.session == name, Job.status.in_(("queued", "running")))
        .with_for_update(of=Job)
    ).all()


def outcome_status_of(session: Session, job_id: str) -> str | None:
    """How the outcome of a job stands, if it has one so far."""
    return session.scalar(
        select(StoredOutcome.status)
        .join(Allocation, Allocation.id == StoredOutcome.allocation_id)
        .where(Allocation.job_id == job_id)
    )


def proven(session: Session, fingerprint: str) -> StoredOutcome | None:
    """The newest outcome of the same work that will not come out otherwise."""
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


def same(session: Session, fingerprint: str) -> str | None:
    """The newest allocation of the same work that has an outcome, or will have one."""
    return session.scalar(
        select(Allocation.id)
        .join(Job, Job.id == Allocation.job_id)
        .where(Allocation.fingerprint == fingerprint, Job.status.in_(ANSWERING))
        .order_by(Allocation.id.desc())
        .limit(1)
    )


def queued_jobs(session: Session) -> int:
    """How many jobs wait."""
    return session.scalar(select(func.count()).where(Job.status == "queued")) or 0


def events_after(session: Session, job_id: str, after: int) -> Sequence[Event]:
    """What happened to a job since, in order."""
    return session.scalars(select(Event).where(Event.job_id == job_id, Event.id > after).order_by(Event.id)).all()


def latest_event(session: Session, job_id: str, *kinds: EventKind) -> Event | None:
    """The last of some kinds."""
    return session.scalar(
        select(Event).where(Event.job_id == job_id, Event.kind.in_(kinds)).order_by(Event.id.desc()).limit(1)
    )


def idempotency_key(session: Session, key: str) -> IdempotencyKey | None:
    """What a key was used for."""
    return session.get(IdempotencyKey, key)


def remove(session: Session, allocation: Allocation) -> None:
    """Remove an allocation, everything of its job, and its problem when no other allocation has it."""
    problem_key = allocation.problem_key
    session.execute(delete(Job).where(Job.id == allocation.job_id))
    still_asked = exists().where(Allocation.problem_key == problem_key)
    session.execute(delete(SolvedProblem).where(SolvedProblem.key == problem_key, ~still_asked))


def _allocations() -> Select[Allocation, Job, str | None]:
    return (
        select(Allocation, Job, StoredOutcome.status)
        .join(Job, Job.id == Allocation.job_id)
        .outerjoin(StoredOutcome, StoredOutcome.allocation_id == Allocation.id)
    )


def _found(row: Row[Allocation, Job, str | None]) -> Found:
    allocation, job, outcome_status = row
    return Found(allocation=allocation, job=job, outcome_status=outcome_status)
