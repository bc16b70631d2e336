"""Row classes. Documents are stored as documents: the types of `models` are their schema, not the columns.

Everything that runs is a `Job`; an `Allocation` is what was asked and owns one. Rows that belong to a job or an
allocation go with it.
"""

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    cast,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

JobStatus = Literal["queued", "running", "succeeded", "failed", "cancelled", "superseded"]
EventKind = Literal["queued", "started", "incumbent", "plan", "done"]
ENDED: tuple[JobStatus, ...] = ("succeeded", "failed", "cancelled", "superseded")

Document = dict[str, Any]


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no offset, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Write it in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read it back as UTC."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class JsonText(TypeDecorator[str]):
    """A document as the text it was written as: it is stored and handed on, and only who looks into it reads it."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """It is JSON already."""

    def result_processor(self, dialect: Dialect, _: object) -> None:
        """It stays text."""

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """Asked for as text: a driver might read JSON by itself."""
        return cast(column, Text)


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of every row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, Document: JSON(none_as_null=True), str: String}  # noqa: RUF012  (read by SQLAlchemy)


class Job(Record):
    """The running of a solve. Whoever holds the lease runs it; a lease that expired is free to take."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_status_lease_expires_at", "status", "lease_expires_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    """Of the present attempt; none while it waits for its process."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    attempt: Mapped[int] = mapped_column(default=0)
    """How often it was claimed; together with `lease_owner` it tells the present run from an earlier one."""
    crashes: Mapped[int] = mapped_column(default=0)
    """How often its process died; each crash moves the seed by one."""
    lease_owner: Mapped[str | None] = mapped_column(default=None)
    lease_expires_at: Mapped[datetime | None] = mapped_column(default=None)
    cancel_requested_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_by: Mapped[str | None] = mapped_column(default=None)
    """The newer what-if of the same session."""
    error: Mapped[Document | None] = mapped_column(default=None)


class SolvedProblem(Record):
    """A problem as it was handed in to be solved, kept once however often it is asked."""

    __tablename__ = "solved_problems"

    key: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 over the document as it was sent."""
    document: Mapped[Document]


class Allocation(Record):
    """A problem, the config that took effect, and the job that answers it."""

    __tablename__ = "allocations"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Sorts by age."""
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), unique=True)
    problem_key: Mapped[str] = mapped_column(ForeignKey("solved_problems.key"), index=True)
    config: Mapped[Document]
    fingerprint: Mapped[str] = mapped_column(index=True)
    """The same fingerprint, the same work: SHA-256 over problem, config, model version and solver version."""
    title: Mapped[str]
    root_id: Mapped[str] = mapped_column(server_default="")
    """The allocation that this and its forebears began with: what belongs to one root goes to one process."""
    parent_id: Mapped[str | None] = mapped_column(default=None)
    """Of a what-if: the allocation it changes, which may be removed before it."""
    session: Mapped[str | None] = mapped_column(index=True, default=None)
    """Of a what-if: a newer one of the same session supersedes it."""
    reused_from: Mapped[str | None] = mapped_column(default=None)


class StoredOutcome(Record):
    """How the solve of an allocation ended; while a what-if runs, its best answer so far."""

    __tablename__ = "outcomes"

    allocation_id: Mapped[str] = mapped_column(ForeignKey("allocations.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str]
    document: Mapped[str] = mapped_column(JsonText)
    """Its JSON."""


class Event(Record):
    """Something that happened to a job; ids rise, so a reader can say what it has seen."""

    __tablename__ = "events"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (read by SQLAlchemy)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True, init=False
    )
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    data: Mapped[Document]


class Key(Record):
    """An API key: only its hash is kept."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the key, which is random and long: no guessing, so no slow hash."""
    title: Mapped[str]
    created_at: Mapped[datetime]


class IdempotencyKey(Record):
    """A key that a caller gave to a request that creates; without `allocation_id` that request is still in progress."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    payload_hash: Mapped[str]
    created_at: Mapped[datetime]
    allocation_id: Mapped[str | None] = mapped_column(
        ForeignKey("allocations.id", ondelete="CASCADE"), index=True, default=None
    )
