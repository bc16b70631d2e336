"""Cache of parsed problems: a planner sends many what-ifs on the same problem, and parsing takes time."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from models.address import apply_overrides
from models.problem.problem import Problem
from models.reading import read_problem
from service.allocations import repository
from service.database.engine import Database
from service.database.hashing import document_hash
from service.errors import ApiError, Code

MAX_PROBLEMS = 16
"""Problems in the cache. A large problem takes about 10 MB once parsed."""


@dataclass(frozen=True, kw_only=True)
class CachedProblem:
    """A problem and the key (SHA-256) of its document."""

    problem: Problem
    key: str


class ProblemCache:
    """The most recently used problems. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        """Create an empty cache."""
        self._database = database
        self._lock = Lock()
        self._problems: OrderedDict[tuple[str, str], CachedProblem] = OrderedDict()

    def get(self, key: str, overrides: Mapping[str, Any]) -> CachedProblem:
        """Return the problem of a key with these overrides applied.

        Returns the same object for the same arguments, which preserves the problem's cached digest. Raises `ApiError`
        (`not_found`) if the problem was removed.
        """
        name = key, json.dumps(overrides, sort_keys=True)
        with self._lock:
            if name in self._problems:
                self._problems.move_to_end(name)
                return self._problems[name]
        loaded = self._changed(key, overrides) if overrides else CachedProblem(problem=self._read(key), key=key)
        with self._lock:
            while len(self._problems) >= MAX_PROBLEMS:
                self._problems.popitem(last=False)
            return self._problems.setdefault(name, loaded)

    def _changed(self, key: str, overrides: Mapping[str, Any]) -> CachedProblem:
        problem = apply_overrides(self.get(key, {}).problem, overrides)
        return CachedProblem(problem=problem, key=document_hash(problem.document))

    def _read(self, key: str) -> Problem:
        with self._database.reading() as session:
            stored = repository.problem(session, key)
        if stored is None:
            raise ApiError(Code.not_found, "the problem of this allocation has just been removed")
        return read_problem(json.loads(stored.document))
