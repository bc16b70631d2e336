"""Queries on API keys."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database.records import Key


def has_any_key(session: Session) -> bool:
    """Return whether there is any key."""
    return session.scalar(select(Key.id).limit(1)) is not None


def find_by_hash(session: Session, key_hash: str) -> Key | None:
    """Return the key with this hash, or None."""
    return session.scalar(select(Key).where(Key.hash == key_hash))
