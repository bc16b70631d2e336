"""The database: an engine, a transaction to read in, a transaction to write in."""

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
"""How long a writer waits for another one: transactions take milliseconds, a checkpoint now and then longer."""
_BEGIN = "sqlite_begin"


class Database:
    """Sessions on one database. Synchronous: called off the event loop."""

    def __init__(self, url: str) -> None:
        """Open nothing yet; connections are made when first used."""
        self.engine = create_engine(
            url,
            hide_parameters=True,  # parameters are problems: not for a log
            json_serializer=partial(json.dumps, allow_nan=False),  # what could not be sent is not stored either
        )
        if self.engine.dialect.name == "sqlite":
            _speak_to_sqlite(self.engine)
        self._reading = sessionmaker(self.engine, expire_on_commit=False)
        self._writing = sessionmaker(self.engine.execution_options(**{_BEGIN: "IMMEDIATE"}), expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether one file on this machine holds everything."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database; nothing is kept of what it changes."""
        with self._reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are committed together at the end, or not at all.

        It holds SQLite's write lock from its first statement: a transaction that reads first and writes then could
        otherwise be refused half way.
        """
        with self._writing.begin() as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _speak_to_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101  (for the type checker: see `create_engine`)
        connection.isolation_level = None  # the driver begins nothing by itself: `begin` below does
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
