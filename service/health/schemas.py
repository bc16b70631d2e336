"""Schemas of the health checks."""

from typing import Literal

from pydantic import BaseModel


class Live(BaseModel):
    """The service answers requests."""

    status: Literal["live"]


class Ready(BaseModel):
    """State of everything that a solve needs."""

    status: Literal["ready", "not_ready"]
    database: Literal["ok", "failed"]
    migrations: Literal["current", "behind", "unknown"]
    workers: Literal["ready", "starting", "down", "none"]
