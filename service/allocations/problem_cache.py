"""Problems as allocations solved them, read once: whoever asks what-if asks again, and reading takes a moment."""

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

MOST_KEPT = 16
"""A large one takes some 10 MB once it is read."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A problem, and what its document is kept under."""

    problem: Problem
    key: str


class Problems:
    """The problems asked for last. Used by many threads."""

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], Solved] = OrderedDict()

    def solved(self, key: str, overrides: Mapping[str, Any]) -> Solved:
        """The problem of a key with these overrides put in: always the same object, so that its digest is kept too."""
        name = key, json.dumps(overrides, sort_keys=True)
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        solved = self._changed(key, overrides) if overrides else Solved(problem=self._read(key), key=key)
        with self._lock:
            while len(self._kept) >= MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept.setdefault(name, solved)

    def _changed(self, key: str, overrides: Mapping[str, Any]) -> Solved:
        problem = apply_overrides(self.solved(key, {}).problem, overrides)
        return Solved(problem=problem, key=document_hash(problem.document))

    def _read(self, key: str) -> Problem:
        with self._database.reading() as session:
            stored = repository.problem(session, key)
        if stored is None:
            raise ApiError(Code.not_found, "its problem has just been removed")
        return read_problem(stored.document)
