"""Idempotency-Key: a request that creates, sent twice, creates once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service.allocations import repository
from service.database.engine import Database
from service.database.records import IdempotencyKey
from service.errors import ApiError, Code

KEPT_FOR = timedelta(hours=24)
GIVEN_UP_AFTER = timedelta(minutes=1)
"""A request that has not created anything by then died on the way."""


@contextmanager
def reserved(database: Database, key: str | None, payload_hash: str, *, now: datetime) -> Iterator[str | None]:
    """Hold a key while its request is under way; gives what an earlier request with it created.

    A request that is refused frees its key: nothing was created, and the mended document should pass.
    """
    if key is None:
        yield None
        return
    created = _reserve(database, key, payload_hash, now=now)
    try:
        yield created
    except BaseException:
        with database.writing() as session:
            unused = IdempotencyKey.allocation_id.is_(None)
            session.execute(delete(IdempotencyKey).where(IdempotencyKey.key == key, unused))
        raise


def used(session: Session, key: str | None, allocation_id: str) -> None:
    """Note what a key created, in the transaction that creates it."""
    row = None if key is None else repository.idempotency_key(session, key)
    if row is not None:
        row.allocation_id = allocation_id


def _reserve(database: Database, key: str, payload_hash: str, *, now: datetime) -> str | None:
    with database.writing() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at < now - KEPT_FOR))
        row = repository.idempotency_key(session, key)
        if row is not None and row.allocation_id is None and now - row.created_at > GIVEN_UP_AFTER:
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
