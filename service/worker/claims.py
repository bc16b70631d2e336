"""Claims: which dispatcher runs a job, with a lease. An expired lease frees the job, so no accepted job is lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from service.database.records import Allocation, Job


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to run a job. It is void as soon as another dispatcher claims the job or the job is removed."""

    job_id: str
    owner: str
    """Id of the dispatcher."""
    attempt: int
    """Number of the claim, from 1. Restarts of the service add to it, so it says nothing about the job itself."""
    crashes: int
    """Earlier attempts whose process died."""
    time_limit_s: float
    root_id: str
    """First allocation of the chain of what-ifs to which the allocation belongs."""


@dataclass(frozen=True, kw_only=True)
class ClaimFilter:
    """How many jobs to claim, and which not: those of some root allocations, and those that this owner still runs."""

    limit: int
    excluded_roots: Collection[str] = ()
    excluded_jobs: Collection[str] = ()


def claim_jobs(
    session: Session, claim_filter: ClaimFilter, *, owner: str, now: datetime, lease: timedelta
) -> list[Claim]:
    """Claim jobs that are queued or whose lease has expired: what-ifs first, then the oldest.

    A what-if takes precedence because a person waits for its first answer, which takes a moment.
    """
    free = or_(Job.status == "queued", and_(Job.status == "running", Job.lease_expires_at < now))
    oldest = (
        select(Job.id)
        .join(Allocation, Allocation.job_id == Job.id)
        .where(
            free,
            Allocation.root_id.not_in(claim_filter.excluded_roots),
            Job.id.not_in(claim_filter.excluded_jobs),
        )
        .order_by(Allocation.parent_id.is_(None), Job.created_at, Job.id)
        .limit(claim_filter.limit)
        .with_for_update(of=Job, skip_locked=True)
    )
    claimed = session.scalars(
        update(Job)
        .where(Job.id.in_(oldest.scalar_subquery()))
        .values(
            status="running",
            lease_owner=owner,
            lease_expires_at=now + lease,
            attempt=Job.attempt + 1,
            started_at=None,
        )
        .returning(Job.id)
    ).all()
    rows = session.execute(
        select(Job.id, Job.attempt, Job.crashes, Allocation.config, Allocation.root_id)
        .join(Allocation, Allocation.job_id == Job.id)
        .where(Job.id.in_(claimed))
        .order_by(Job.created_at, Job.id)
    )
    return [
        Claim(
            job_id=job_id,
            owner=owner,
            attempt=attempt,
            crashes=crashes,
            time_limit_s=config["solver"]["time_limit_s"],
            root_id=root_id,
        )
        for job_id, attempt, crashes, config, root_id in rows
    ]


def renew_leases(session: Session, owner: str, job_ids: Collection[str], *, until: datetime) -> None:
    """Extend the leases of jobs that `owner` still runs."""
    session.execute(update(Job).where(_is_owned_by(owner), Job.id.in_(job_ids)).values(lease_expires_at=until))


def cancel_requests(session: Session, owner: str) -> dict[str, datetime | None]:
    """Return every running job of `owner`, with the time at which its cancellation was requested, if any."""
    rows = session.execute(select(Job.id, Job.cancel_requested_at).where(_is_owned_by(owner)))
    return dict(rows.all())


def release(session: Session, owner: str, job_ids: Collection[str]) -> None:
    """Return jobs to the queue. The attempt does not count."""
    session.execute(
        update(Job)
        .where(_is_owned_by(owner), Job.id.in_(job_ids))
        .values(status="queued", lease_owner=None, lease_expires_at=None, attempt=Job.attempt - 1)
    )


def claimed_job(session: Session, claim: Claim) -> Job | None:
    """Return the job of a claim, or None if the claim is void."""
    return session.scalar(_job_of(claim))


def lock_claimed_job(session: Session, claim: Claim) -> Job | None:
    """Return the job of a claim, locked until the transaction ends, or None if the claim is void."""
    return session.scalar(_job_of(claim).with_for_update())


def _job_of(claim: Claim) -> Select[Job]:
    return select(Job).where(_is_owned_by(claim.owner), Job.id == claim.job_id, Job.attempt == claim.attempt)


def _is_owned_by(owner: str) -> ColumnElement[bool]:
    return and_(Job.lease_owner == owner, Job.status == "running")
