"""What is said about an allocation beside its problem and its outcome."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from models.outcome import Outcome, Progress
from service.database.records import JobStatus


class JobError(BaseModel):
    """Why a job has no outcome."""

    code: Annotated[str, Field(examples=["solver_error", "killed_at_limit", "internal_error"])]
    message: str


class JobView(BaseModel):
    """The running of the solve; how the solve itself ended is in the outcome."""

    status: Annotated[JobStatus, Field(description="An infeasible problem is a job that succeeded.")]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempt: Annotated[int, Field(description="How often it was begun: more than once after a crash or a restart.")]
    cancel_requested: bool
    progress: Annotated[Progress | None, Field(description="The latest plan and bound while it runs.")]
    superseded_by: Annotated[str | None, Field(description="The newer what-if of the same session.")]
    reused_from: Annotated[str | None, Field(description="The allocation whose stored outcome answered this one.")]
    error: JobError | None


class Links(BaseModel):
    """Where to go from here."""

    self: str
    problem: str
    events: str
    cancel: str
    what_if: str


class Envelope(BaseModel):
    """An allocation: always the same five, whether it runs or has ended."""

    id: str
    parent: Annotated[str | None, Field(description="Of a what-if: the allocation that it changes.")]
    job: JobView
    outcome: Annotated[Outcome | None, Field(description="While a what-if runs: its best answer so far.")]
    links: Links


class Summary(BaseModel):
    """A line of the list."""

    id: str
    parent: str | None
    title: str
    job: JobView
    outcome_status: str | None
    links: Links


class Page(BaseModel):
    """The newest first; `next_cursor` leads to older ones."""

    items: list[Summary]
    next_cursor: str | None
