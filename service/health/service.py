"""Checks whether the service can solve."""

from datetime import UTC, datetime

from sqlalchemy.exc import SQLAlchemyError

from service.context import Context
from service.database.engine import Database
from service.database.records import HealthProbe
from service.database.upgrade import is_current
from service.health.schemas import Ready
from service.worker.pool import PoolState

ROW = 1
"""Id of the only row of the probe."""


def readiness(context: Context) -> Ready:
    """Return `ready` if the database can be written, all migrations have run, and a worker process is ready."""
    workers = context.dispatcher.state
    try:
        current = is_current(context.probe)
        if current:
            _write(context.probe)
    except SQLAlchemyError:
        return Ready(
            status="not_ready",
            database="missing" if context.probe.is_lost else "failed",
            migrations="unknown",
            workers=workers.value,
        )
    ready = current and workers is PoolState.READY
    return Ready(
        status="ready" if ready else "not_ready",
        database="ok",
        migrations="current" if current else "behind",
        workers=workers.value,
    )


def _write(database: Database) -> None:
    with database.writing() as session:
        session.merge(HealthProbe(id=ROW, at=datetime.now(UTC)))
