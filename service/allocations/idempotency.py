"""Idempotency-Key: a creating request that is sent twice creates only one allocation."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.allocations import repository
from service.database.engine import Database
from service.database.records import IdempotencyKey
from service.errors import ApiError, Code

KEY_LIFETIME = timedelta(hours=24)
REQUEST_TIMEOUT = timedelta(minutes=1)
"""Age at which a request that has created nothing counts as dead; its key is free again."""


@contextmanager
def reserve_key(database: Database, key: str | None, payload_hash: str, *, now: datetime) -> Iterator[str | None]:
    """Reserve a key for the duration of its request. Yields the allocation id of an earlier request, or None.

    If the request fails, the key is free again, because nothing was created and the corrected document must pass.

    Raises:
        ApiError: `idempotency_key_reused` if an earlier request had another payload; `in_progress` if that request
            still runs.

    """
    if key is None:
        yield None
        return
    created = _reserve(database, key, payload_hash, now=now)
    try:
        yield created
    except BaseException:
        with database.writing() as session:
            is_unused = IdempotencyKey.allocation_id.is_(None)
            session.execute(delete(IdempotencyKey).where(IdempotencyKey.key == key, is_unused))
        raise


def record_created(session: Session, key: str | None, allocation_id: str) -> None:
    """Store which allocation a key created. Call it in the transaction that creates the allocation."""
    row = None if key is None else repository.idempotency_key(session, key)
    if row is not None:
        row.allocation_id = allocation_id


def _reserve(database: Database, key: str, payload_hash: str, *, now: datetime) -> str | None:
    with database.writing() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEY_LIFETIME))
        row = repository.idempotency_key(session, key)
        if row is not None and row.allocation_id is None and now - row.created_at > REQUEST_TIMEOUT:
            session.delete(row)
            session.flush()
            row = None
        if row is None:
            session.add(IdempotencyKey(key=key, payload_hash=payload_hash, created_at=now))
            return None
        if row.payload_hash != payload_hash:
            raise ApiError(Code.idempotency_key_reused)
        if row.allocation_id is None:
            raise ApiError(Code.in_progress, headers={"Retry-After": "1"})
        return row.allocation_id
