"""Checks whether the service can solve."""

from sqlalchemy.exc import DBAPIError

from service.context import Context
from service.database.upgrade import is_current
from service.health.schemas import Ready
from service.worker.pool import PoolState


def readiness(context: Context) -> Ready:
    """Return `ready` if the database answers, all migrations have run, and a worker process is ready."""
    workers = context.dispatcher.state
    try:
        current = is_current(context.database)
    except DBAPIError:
        return Ready(status="not_ready", database="failed", migrations="unknown", workers=workers.value)
    ready = current and workers is PoolState.READY
    return Ready(
        status="ready" if ready else "not_ready",
        database="ok",
        migrations="current" if current else "behind",
        workers=workers.value,
    )
