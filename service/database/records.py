"""Row classes. Documents are stored as JSON; the types of `models` are their schema, not the columns.

An `Allocation` is a submitted problem and has one `Job`, which runs its solve. Deleting a job deletes its allocation,
outcome and events.
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
    """A time in UTC. SQLite stores no offset, so reading adds it again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Convert the time to UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the time with the UTC offset."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class JsonText(TypeDecorator[str]):
    """A JSON column that is written and read as text, so that the service can send a document without parsing it."""

    impl = JSON
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Return no processor: the value is JSON text already."""

    def result_processor(self, dialect: Dialect, _: object) -> None:
        """Return no processor: the value stays text."""

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """Select the column as text, because some drivers parse JSON columns."""
        return cast(column, Text)


class Record(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Base class of all rows."""

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
    """The execution of a solve. The lease owner runs it; a job with an expired lease can be claimed again."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_status_lease_expires_at", "status", "lease_expires_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    """Start of the current attempt; None until its process starts."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    attempt: Mapped[int] = mapped_column(default=0)
    """Number of claims. `attempt` and `lease_owner` together identify the current run."""
    crashes: Mapped[int] = mapped_column(default=0)
    """Number of attempts whose process died. Each crash adds 1 to the seed."""
    lease_owner: Mapped[str | None] = mapped_column(default=None)
    lease_expires_at: Mapped[datetime | None] = mapped_column(default=None)
    cancel_requested_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_by: Mapped[str | None] = mapped_column(default=None)
    """Id of the newer what-if of the same session that ended this job."""
    error: Mapped[Document | None] = mapped_column(default=None)


class SolvedProblem(Record):
    """A submitted problem, stored once for all allocations that solve it."""

    __tablename__ = "solved_problems"

    key: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 over the submitted document, independent of the order of its keys."""
    document: Mapped[str] = mapped_column(JsonText)
    """The problem as JSON text."""


class Allocation(Record):
    """A problem, its effective config, and the job that solves it."""

    __tablename__ = "allocations"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Ids sort by age."""
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), unique=True)
    problem_key: Mapped[str] = mapped_column(ForeignKey("solved_problems.key"), index=True)
    config: Mapped[Document]
    fingerprint: Mapped[str] = mapped_column(index=True)
    """SHA-256 over problem, config, model version and solver version. Equal fingerprints mean the same work."""
    title: Mapped[str]
    root_id: Mapped[str] = mapped_column(server_default="")
    """First allocation of the chain of what-ifs. All jobs of a root run in the same process if it is free."""
    parent_id: Mapped[str | None] = mapped_column(default=None)
    """Allocation that a what-if changes, else None. The parent may be removed before the what-if."""
    session: Mapped[str | None] = mapped_column(index=True, default=None)
    """Session of a what-if, else None. A newer what-if of the same session supersedes this allocation."""
    reused_from: Mapped[str | None] = mapped_column(default=None)
    """Allocation whose stored outcome answered this allocation."""
    start: Mapped[Document | None] = mapped_column(default=None, deferred=True)
    """Plan document from which the solve starts, as submitted; None without one. Large, so it is read on demand."""


class StoredOutcome(Record):
    """Outcome of an allocation; for a running what-if its best answer so far."""

    __tablename__ = "outcomes"

    allocation_id: Mapped[str] = mapped_column(ForeignKey("allocations.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str]
    document: Mapped[str] = mapped_column(JsonText)
    """The outcome as JSON text."""


class StoredDiff(Record):
    """Comparison of the plans of two allocations whose jobs have ended, so neither plan changes."""

    __tablename__ = "diffs"

    allocation_id: Mapped[str] = mapped_column(ForeignKey("allocations.id", ondelete="CASCADE"), primary_key=True)
    against_id: Mapped[str] = mapped_column(
        ForeignKey("allocations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    versions: Mapped[str]
    """Versions of library, model and solver that compared the plans. Another version compares again."""
    time_limit_s: Mapped[float | None]
    """Time limit of the search in seconds; None if the search ended, so a longer one finds the same."""
    document: Mapped[str] = mapped_column(JsonText)
    """The comparison as JSON text."""


class Event(Record):
    """An event of a job. Ids increase, so a reader can resume after the last id it received."""

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
    """An API key. Only its hash is stored."""

    __tablename__ = "keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the key. The key is long and random, so it cannot be guessed and needs no slow hash."""
    title: Mapped[str]
    created_at: Mapped[datetime]


class HealthProbe(Record):
    """The row that readiness checks write: a full disk and a locked database show only when something is written."""

    __tablename__ = "health_probes"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class IdempotencyKey(Record):
    """The Idempotency-Key of a creating request. `allocation_id` is None while the request is in progress."""

    __tablename__ = "idempotency_keys"

    key: Mapped[str] = mapped_column(primary_key=True)
    payload_hash: Mapped[str]
    created_at: Mapped[datetime]
    allocation_id: Mapped[str | None] = mapped_column(
        ForeignKey("allocations.id", ondelete="CASCADE"), index=True, default=None
    )
