import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from models.address import apply_overrides
from models.reading import read_problem
from service.database.engine import Database
from service.database.hashing import document_hash
from service.database.records import Allocation, Job, SolvedProblem
from service.database.upgrade import upgrade
from service.worker.warm_cache import WarmCache
from tests.service.asking import a_problem

BASE = a_problem()
OVERRIDES = {"members/a/resources/money": 7}
CHANGED = apply_overrides(read_problem(BASE), OVERRIDES).document


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/concord.db")
    upgrade(database)
    yield database
    database.close()


def store(database: Database, name: str, problem: Any, overrides: Any, parent: str | None = None) -> Allocation:
    """Store an allocation of a problem, or of a problem key, with overrides in its config."""
    key = problem if isinstance(problem, str) else document_hash(problem)
    with database.writing() as session:
        if not isinstance(problem, str):
            session.add(SolvedProblem(key=key, document=json.dumps(problem)))
        session.add(Job(id=f"job-{name}", status="running", created_at=datetime.now(UTC)))
        session.flush()
        allocation = Allocation(
            id=name,
            job_id=f"job-{name}",
            problem_key=key,
            config={"overrides": overrides},
            fingerprint=name,
            title="",
            root_id="base",
            parent_id=parent,
        )
        session.add(allocation)
    return allocation


def test_the_problem_of_a_what_if_of_a_what_if_shares_objects_with_the_problem_of_its_parent(
    database: Database,
) -> None:
    cache = WarmCache(100)
    store(database, "base", BASE, {})
    parent = store(database, "parent", document_hash(BASE), OVERRIDES, "base")
    child = store(database, "child", CHANGED, {}, "parent")
    parent_problem, changed = cache.problem(database, parent), cache.problem(database, child)
    assert changed == read_problem(CHANGED)
    assert changed.members[1] is parent_problem.members[1]
    assert cache.problem(database, child) is changed


def test_without_a_cached_parent_the_problem_is_read(database: Database) -> None:
    store(database, "base", BASE, {})
    store(database, "parent", document_hash(BASE), OVERRIDES, "base")
    assert WarmCache(100).problem(database, store(database, "child", CHANGED, {}, "parent")) == read_problem(CHANGED)


def test_a_parent_that_is_gone_or_leads_to_another_problem_is_not_used(database: Database) -> None:
    cache = WarmCache(100)
    cache.problem(database, store(database, "base", BASE, {}))
    store(database, "parent", document_hash(BASE), {"members/a/resources/money": 8}, "base")
    other = store(database, "child", CHANGED, {}, "parent")
    assert cache.problem(database, other) == read_problem(CHANGED)
    another = a_problem()
    assert cache.problem(database, store(database, "orphan", another, {}, "nobody")) == read_problem(another)
