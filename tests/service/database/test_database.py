from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from service.database.engine import Database
from service.database.records import Event, Job, Record
from service.database.upgrade import is_current, upgrade
from service.settings import Settings

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    upgrade(database)
    yield database
    database.close()


def test_a_new_database_is_behind_until_it_is_upgraded(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new.db")
    assert not is_current(database)
    upgrade(database)
    assert is_current(database)


def test_the_migrations_create_the_schema_of_the_records(database: Database) -> None:
    with database.reading() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Record.metadata) == []


def test_upgrading_again_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        session.add(Job(id="j", status="queued", created_at=NOON))
    upgrade(database)
    with database.reading() as session:
        assert session.get(Job, "j") is not None


@pytest.mark.parametrize("pragma, value", [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 15_000)])
def test_sqlite_is_set_up_for_several_processes(database: Database, pragma: str, value: object) -> None:
    with database.reading() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_row_that_refers_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add(Event(job_id="nobody", kind="queued", at=NOON, data={}))


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as session:
            session.add(Job(id="j", status="queued", created_at=NOON))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as session:
        assert session.get(Job, "j") is None


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_a_number_that_json_cannot_express_is_not_stored(database: Database, number: float) -> None:
    with pytest.raises(StatementError, match="not JSON compliant"), database.writing() as session:
        session.add(Job(id="j", status="failed", created_at=NOON, error={"bound": number}))


def test_a_time_is_read_back_in_utc(database: Database) -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    with database.writing() as session:
        session.add(Job(id="j", status="queued", created_at=elsewhere))
    with database.reading() as session:
        assert session.get_one(Job, "j").created_at == NOON


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="name a file"):
        Settings(database=url)
