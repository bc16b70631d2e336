"""What stays loaded in a worker process: warm programs by root allocation, and problems that were read."""

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

MOST_PROBLEMS = 4
"""Problems that stay read; the same object for the same problem also keeps its digest."""


class Warmth:
    """Programs that are kept, the least recently used let go once together they take more memory than they may."""

    def __init__(self, budget_mb: float) -> None:
        """Keep nothing yet."""
        self._budget_mb = budget_mb
        self._kept: OrderedDict[str, WarmProblem] = OrderedDict()
        self._problems: OrderedDict[str, Problem] = OrderedDict()

    def of(self, root_id: str, problem: Problem) -> "WarmProblem":
        """The program of a root; nothing is loaded in it when it is new here."""
        from optimizer.solving.warm import WarmProblem

        if root_id not in self._kept:
            self._kept[root_id] = WarmProblem(problem)
        self._kept.move_to_end(root_id)
        return self._kept[root_id]

    def drop(self, root_id: str) -> None:
        """Let go of a program that broke."""
        self._kept.pop(root_id, None)

    def settle(self) -> None:
        """Let go of what is too much."""
        while self._kept and sum(warm.megabytes for warm in self._kept.values()) > self._budget_mb:
            root_id, warm = self._kept.popitem(last=False)
            log.info("warm_program_let_go", root_id=root_id, megabytes=round(warm.megabytes))

    def problem(self, database: Database, allocation: Allocation) -> Problem:
        """The problem of an allocation as it was handed in."""
        key = allocation.problem_key
        if key not in self._problems:
            with database.reading() as session:
                self._problems[key] = self._changed(session, allocation) or _read(session, key)
        self._problems.move_to_end(key)
        if len(self._problems) > MOST_PROBLEMS:
            self._problems.popitem(last=False)
        return self._problems[key]

    def _changed(self, session: Session, allocation: Allocation) -> Problem | None:
        """The same from that of its parent, if that is here: sooner, and most of it is the same objects."""
        parent = None if allocation.parent_id is None else session.get(Allocation, allocation.parent_id)
        before = None if parent is None else self._problems.get(parent.problem_key)
        if parent is None or before is None:
            return None
        changed = apply_overrides(before, parent.config["overrides"])
        return changed if document_hash(changed.document) == allocation.problem_key else None


def _read(session: Session, key: str) -> Problem:
    return read_problem(session.scalars(select(SolvedProblem.document).where(SolvedProblem.key == key)).one())
