"""The database: its engine, and transactions for reading and writing."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 15_000
"""Milliseconds that a writer waits for another. Transactions take milliseconds; a checkpoint may take longer."""
PROBE_TIMEOUT_MS = 1_000
"""Milliseconds that a readiness check waits for a writer. An operator's check gives up after a few seconds."""
_BEGIN = "sqlite_begin"


class Database:
    """Sessions on one database. Synchronous, so call it outside the event loop."""

    def __init__(self, url: str, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
        """Create the engine; connections open on first use."""
        self.engine = create_engine(
            url,
            hide_parameters=True,  # parameters contain problems, which must not reach the log
            json_serializer=partial(json.dumps, allow_nan=False),  # rejects numbers that JSON cannot express
        )
        if self.engine.dialect.name == "sqlite":
            _configure_sqlite(self.engine, busy_timeout_ms)
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._file = _DatabaseFile(self.engine.url.database) if self.is_sqlite else None
        self._writing = sessionmaker(self.engine.execution_options(**{_BEGIN: "IMMEDIATE"}), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that reads a consistent snapshot. Its changes are not committed."""
        self._require_file()
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes are committed together at the end, or not at all.

        The session takes SQLite's write lock with its first statement. A transaction that reads first and writes later
        could otherwise fail at the write.
        """
        self._require_file()
        with self._writing.begin() as session:
            yield session

    @property
    def is_lost(self) -> bool:
        """Whether the file of the database was removed or replaced after it was opened."""
        return self._file is not None and self._file.is_lost

    def _require_file(self) -> None:
        """Raise `OperationalError` if the file is lost: open connections would write to a file that has no name."""
        if self.is_lost:
            raise OperationalError("open the database", None, FileNotFoundError("its file was removed or replaced"))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


class _DatabaseFile:
    """The file of a SQLite database, as it was when first used."""

    def __init__(self, path: str | None) -> None:
        """Name the file; it may not exist yet."""
        self._path = path or ""
        self._first: tuple[int, int] | None = None

    @property
    def is_lost(self) -> bool:
        """Whether there was a file and the path now leads to none or to another."""
        try:
            found = os.stat(self._path)  # noqa: PTH116  (called with every transaction)
        except FileNotFoundError:
            return self._first is not None
        except OSError:
            return False  # SQLite reports what is wrong
        identity = found.st_dev, found.st_ino
        self._first = self._first or identity
        return identity != self._first


def _configure_sqlite(engine: Engine, busy_timeout_ms: int) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (for the type checker: see `create_engine`)
        connection.isolation_level = None  # the driver starts no transactions: `begin` below does
        connection.execute(f"PRAGMA busy_timeout = {busy_timeout_ms}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
