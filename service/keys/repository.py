"""Queries on API keys."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database.records import Key


def any_key(session: Session) -> bool:
    """Whether there is a key at all."""
    return session.scalar(select(Key.id).limit(1)) is not None


def by_hash(session: Session, key_hash: str) -> Key | None:
    """Find the key with this hash."""
    return session.scalar(select(Key).where(Key.hash == key_hash))
