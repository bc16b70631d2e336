"""API keys: shown once, stored as a hash."""

import secrets
from datetime import datetime
from hashlib import sha256

from service.database.engine import Database
from service.database.records import Key
from service.keys import repository

PREFIX = "concord_"
"""Identifies a key to people and secret scanners."""
RANDOM_BYTES = 32


def create_first_admin_key(database: Database, *, now: datetime) -> str | None:
    """Create the admin key of a service without keys and return it; None if there is a key already."""
    with database.writing() as session:
        if repository.has_any_key(session):
            return None
        key = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        session.add(Key(id=f"key_{secrets.token_hex(8)}", hash=_hash(key), title="first admin key", created_at=now))
        return key


def is_known(database: Database, key: str) -> bool:
    """Return whether the key is valid. The lookup uses the hash, so its timing reveals nothing about a key."""
    with database.reading() as session:
        return repository.find_by_hash(session, _hash(key)) is not None


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
