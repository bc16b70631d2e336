"""Who runs a job: claims with a lease. A lease that nobody renews is free to take, so that no accepted job is lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from service.database.records import Allocation, Job

MAX_ATTEMPTS = 5
"""Claims of one job before it is given up: a job that takes the whole service down each time must end."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The right to run a job: void as soon as somebody else claims it, or it is gone."""

    job_id: str
    owner: str
    attempt: int
    crashes: int
    time_limit_s: float
    root_id: str
    """The allocation that this one and its forebears began with."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How many jobs could begin at once, and the roots whose jobs are to stay where they are for now."""

    most: int
    not_of: Collection[str] = ()


def claim(session: Session, wanted: Wanted, *, owner: str, now: datetime, lease: timedelta) -> list[Claim]:
    """Take jobs that are queued, or whose lease has expired: what-ifs first, then the oldest.

    Somebody sits before a what-if, and its first answer takes a moment.
    """
    free = or_(Job.status == "queued", and_(Job.status == "running", Job.lease_expires_at < now))
    oldest = (
        select(Job.id)
        .join(Allocation, Allocation.job_id == Job.id)
        .where(free, Allocation.root_id.not_in(wanted.not_of))
        .order_by(Allocation.parent_id.is_(None), Job.created_at, Job.id)
        .limit(wanted.most)
        .with_for_update(of=Job, skip_locked=True)
    )
    taken = session.scalars(
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
        .where(Job.id.in_(taken))
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


def renew(session: Session, owner: str, job_ids: Collection[str], *, until: datetime) -> None:
    """Say that `owner` is alive and still runs these jobs."""
    session.execute(update(Job).where(_held_by(owner), Job.id.in_(job_ids)).values(lease_expires_at=until))


def held(session: Session, owner: str) -> dict[str, datetime | None]:
    """The jobs that `owner` holds, each with the moment it was asked to stop."""
    rows = session.execute(select(Job.id, Job.cancel_requested_at).where(_held_by(owner)))
    return dict(rows.all())


def release(session: Session, owner: str, job_ids: Collection[str]) -> None:
    """Give jobs back to the queue unharmed: the attempt does not count."""
    session.execute(
        update(Job)
        .where(_held_by(owner), Job.id.in_(job_ids))
        .values(status="queued", lease_owner=None, lease_expires_at=None, attempt=Job.attempt - 1)
    )


def holding(session: Session, claim: Claim) -> Job | None:
    """The job of a claim, or None when the claim is void."""
    return session.scalar(_held_with(claim))


def locking(session: Session, claim: Claim) -> Job | None:
    """The job of a claim, for this transaction alone to change, or None when the claim is void."""
    return session.scalar(_held_with(claim).with_for_update())


def _held_with(claim: Claim) -> Select[Job]:
    return select(Job).where(_held_by(claim.owner), Job.id == claim.job_id, Job.attempt == claim.attempt)


def _held_by(owner: str) -> ColumnElement[bool]:
    return and_(Job.lease_owner == owner, Job.status == "running")
