"""What the service says of itself."""

from typing import Literal

from pydantic import BaseModel


class Live(BaseModel):
    """It answers."""

    status: Literal["live"]


class Ready(BaseModel):
    """Whether everything is there that an allocation needs."""

    status: Literal["ready", "not_ready"]
    database: Literal["ok", "failed"]
    migrations: Literal["current", "behind", "unknown"]
    workers: Literal["ready", "starting", "down", "none"]
