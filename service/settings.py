"""Settings of the service, read once from the environment (`CONCORD_…`)."""

import os
from ipaddress import ip_address
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

MIB = 1024**2
CORES = os.cpu_count() or 1


class Settings(BaseSettings):
    """Settings of the service. Every field is an environment variable, for example `CONCORD_WORKERS`."""

    model_config = SettingsConfigDict(env_prefix="CONCORD_", frozen=True, extra="forbid")

    database: Annotated[str, Field(description="SQLAlchemy URL of the database.")] = "sqlite:///concord.db"
    host: Annotated[str, Field(description="Address to bind to.")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    open: Annotated[bool, Field(description="Require no API key on addresses other than loopback.")] = False
    allowed_hosts: Annotated[
        tuple[str, ...] | None,
        NoDecode,
        Field(
            description="Names under which clients may address the service, separated by commas; `*` allows every name."
            " By default the address bound and localhost, unless requests need a key."
        ),
    ] = None
    log_format: Literal["console", "json"] = "json"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    workers: Annotated[int, Field(ge=0, description="Number of worker processes; by default one per core.")] = CORES
    tasks_per_worker: Annotated[
        int, Field(ge=0, description="Number of tasks after which a process is replaced; 0: never.")
    ] = 1_000
    warm_memory_mb: Annotated[
        float, Field(ge=0, description="Megabytes of loaded programs per process, kept for what-ifs; 0: none.")
    ] = 512
    lease_s: Annotated[
        float, Field(gt=0, description="Seconds after which a job without a renewed lease is free again.")
    ] = 15
    kill_grace_s: Annotated[
        float, Field(gt=0, description="Seconds after its time limit at which the process of a solve is killed.")
    ] = 30
    cancel_grace_s: Annotated[
        float,
        Field(gt=0, description="Seconds after which a cancelled solve that did not stop is killed; its plan is lost."),
    ] = 30
    shutdown_grace_s: Annotated[
        float,
        Field(
            ge=0, description="Seconds that running solves may continue at shutdown before they return to the queue."
        ),
    ] = 5

    body_timeout_s: Annotated[
        float, Field(gt=0, description="Limit in seconds for receiving the body of a request.")
    ] = 60
    check_limit_s: Annotated[
        float, Field(gt=0, description="Limit in seconds for reading and checking one document.")
    ] = 20
    check_memory_mb: Annotated[
        int, Field(ge=256, description="Limit in megabytes for the memory of the process that reads and checks.")
    ] = 2048
    max_body_bytes: Annotated[int, Field(gt=0)] = 20 * MIB
    max_event_streams: Annotated[int, Field(gt=0, description="Event streams that one process keeps open.")] = 500
    max_queued_jobs: Annotated[int, Field(gt=0)] = 100
    max_program_columns: Annotated[int, Field(gt=0)] = 500_000
    max_program_nonzeros: Annotated[int, Field(gt=0)] = 5_000_000

    @field_validator("database")
    @classmethod
    def _is_shared_between_processes(cls, url: str) -> str:
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise ValueError("not a database URL, such as sqlite:///concord.db") from error
        if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
            raise ValueError("worker processes cannot share a database in memory: name a file")
        return url

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip().lower() for name in value.split(",") if name.strip())
        return value

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def needs_key(self) -> bool:
        """Whether requests need an API key: on every address except loopback, unless `open` is set."""
        return not self.on_loopback and not self.open
