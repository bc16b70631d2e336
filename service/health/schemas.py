"""Schemas of the health checks."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Live(BaseModel):
    """The service answers requests."""

    status: Literal["live"]


class Ready(BaseModel):
    """State of everything that a solve needs."""

    status: Literal["ready", "not_ready"]
    database: Annotated[
        Literal["ok", "failed", "missing"],
        Field(description="`failed`: it cannot be written. `missing`: its file was removed or replaced."),
    ]
    migrations: Literal["current", "behind", "unknown"]
    workers: Literal["ready", "starting", "down", "none"]
