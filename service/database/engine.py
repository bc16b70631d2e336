"""The database: its engine, and transactions for reading and writing."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
"""Milliseconds that a writer waits for another. Transactions take milliseconds; a checkpoint may take longer."""
_BEGIN = "sqlite_begin"


class Database:
    """Sessions on one database. Synchronous, so call it outside the event loop."""

    def __init__(self, url: str) -> None:
        """Create the engine; connections open on first use."""
        self.engine = create_engine(
            url,
            hide_parameters=True,  # parameters contain problems, which must not reach the log
            json_serializer=partial(json.dumps, allow_nan=False),  # rejects numbers that JSON cannot express
        )
        if self.engine.dialect.name == "sqlite":
            _configure_sqlite(self.engine)
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._writing = sessionmaker(self.engine.execution_options(**{_BEGIN: "IMMEDIATE"}), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that reads a consistent snapshot. Its changes are not committed."""
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes are committed together at the end, or not at all.

        The session takes SQLite's write lock with its first statement. A transaction that reads first and writes later
        could otherwise fail at the write.
        """
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _configure_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (for the type checker: see `create_engine`)
        connection.isolation_level = None  # the driver starts no transactions: `begin` below does
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
