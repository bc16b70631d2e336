"""API keys: made once, shown once, kept as a hash."""

import secrets
from datetime import datetime
from hashlib import sha256

from service.database.engine import Database
from service.database.records import Key
from service.keys import repository

PREFIX = "concord_"
"""Lets a secret scanner, and a person, see what it is."""
RANDOM_BYTES = 32


def first_admin_key(database: Database, *, now: datetime) -> str | None:
    """Make the admin key of a service that has no key yet; gives the key itself, this once."""
    with database.writing() as session:
        if repository.any_key(session):
            return None
        key = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
        session.add(Key(id=f"key_{secrets.token_hex(8)}", hash=_hash(key), title="first admin key", created_at=now))
        return key


def is_known(database: Database, key: str) -> bool:
    """Whether this is one of the service's keys. The lookup is by hash, so its timing tells nothing about a key."""
    with database.reading() as session:
        return repository.by_hash(session, _hash(key)) is not None


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()
