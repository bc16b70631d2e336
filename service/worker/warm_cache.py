"""Cache of a worker process: loaded programs by root allocation, and parsed problems."""

import json
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.address import apply_overrides
from models.problem.problem import Problem
from models.reading import read_problem
from service.database.engine import Database
from service.database.hashing import document_hash
from service.database.records import Allocation, SolvedProblem

if TYPE_CHECKING:
    from optimizer.solving.warm import WarmProblem

log = structlog.stdlib.get_logger(__name__)

MAX_PROBLEMS = 4
"""Parsed problems in the cache. Returning the same object for the same problem also preserves its cached digest."""


class WarmCache:
    """Loaded programs, up to a memory budget. The least recently used programs are evicted first."""

    def __init__(self, budget_mb: float) -> None:
        """Create an empty cache. `budget_mb` limits the memory of all programs together, in megabytes."""
        self._budget_mb = budget_mb
        self._programs: OrderedDict[str, WarmProblem] = OrderedDict()
        self._problems: OrderedDict[str, Problem] = OrderedDict()

    def program(self, root_id: str, problem: Problem) -> "WarmProblem":
        """Return the program of a root allocation. A new one starts without anything loaded."""
        from optimizer.solving.warm import WarmProblem

        if root_id not in self._programs:
            self._programs[root_id] = WarmProblem(problem)
        self._programs.move_to_end(root_id)
        return self._programs[root_id]

    def discard(self, root_id: str) -> None:
        """Remove the program of a root allocation, for example after a solver failure."""
        self._programs.pop(root_id, None)

    def evict(self) -> None:
        """Remove the least recently used programs until the rest fits the budget."""
        while self._programs and sum(warm.megabytes for warm in self._programs.values()) > self._budget_mb:
            root_id, warm = self._programs.popitem(last=False)
            log.info("warm_program_evicted", root_id=root_id, megabytes=round(warm.megabytes))

    def problem(self, database: Database, allocation: Allocation) -> Problem:
        """Return the problem of an allocation as submitted, without the overrides of its config."""
        key = allocation.problem_key
        if key not in self._problems:
            with database.reading() as session:
                self._problems[key] = self._from_parent(session, allocation) or _read(session, key)
        self._problems.move_to_end(key)
        if len(self._problems) > MAX_PROBLEMS:
            self._problems.popitem(last=False)
        return self._problems[key]

    def _from_parent(self, session: Session, allocation: Allocation) -> Problem | None:
        """Derive the problem from the cached problem of the parent, or return None if that is impossible.

        This is faster than parsing, and the two problems share most of their objects. The hash of the result must
        equal the key of the allocation.
        """
        parent = None if allocation.parent_id is None else session.get(Allocation, allocation.parent_id)
        cached = None if parent is None else self._problems.get(parent.problem_key)
        if parent is None or cached is None:
            return None
        changed = apply_overrides(cached, parent.config["overrides"])
        return changed if document_hash(changed.document) == allocation.problem_key else None


def _read(session: Session, key: str) -> Problem:
    text = session.scalars(select(SolvedProblem.document).where(SolvedProblem.key == key)).one()
    return read_problem(json.loads(text))
