"""Schemas of the answers about allocations; problem and outcome have their own in `models`."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from models.outcome import Outcome, Progress
from service.database.records import JobStatus


class JobError(BaseModel):
    """Why a job failed."""

    code: Annotated[str, Field(examples=["solver_error", "killed_at_limit", "internal_error"])]
    message: str


class JobView(BaseModel):
    """State of the job that runs the solve. The outcome describes the result of the solve."""

    status: Annotated[
        JobStatus,
        Field(description="State of the job. A job that finds its problem infeasible has succeeded."),
    ]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    attempt: Annotated[int, Field(description="Number of starts; more than 1 after a crash or a restart.")]
    cancel_requested: bool
    progress: Annotated[Progress | None, Field(description="Latest incumbent and bounds while the job runs.")]
    superseded_by: Annotated[
        str | None, Field(description="Id of the newer what-if of the same session that ended this job.")
    ]
    reused_from: Annotated[
        str | None, Field(description="Id of the allocation whose stored outcome answered this allocation.")
    ]
    error: JobError | None


class Links(BaseModel):
    """Paths of the allocation and of what belongs to it."""

    self: str
    problem: str
    events: str
    cancel: str
    what_if: str


class Envelope(BaseModel):
    """An allocation. It has the same five keys while the job runs and after it has ended."""

    id: str
    parent: Annotated[str | None, Field(description="Id of the allocation that a what-if changes; null otherwise.")]
    job: JobView
    outcome: Annotated[
        Outcome | None,
        Field(description="Outcome of the solve; for a running what-if its best answer so far."),
    ]
    links: Links


class Summary(BaseModel):
    """An allocation in the list, without its outcome."""

    id: str
    parent: str | None
    title: str
    job: JobView
    outcome_status: str | None
    links: Links


class Page(BaseModel):
    """A page of the list, newest first. Pass `next_cursor` as `cursor` to get the next page; null on the last page."""

    items: list[Summary]
    next_cursor: str | None
