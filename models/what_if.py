"""What a planner changes of an allocation: values, what is relaxed, what must run and what must not."""

from typing import Annotated, Any

from pydantic import Field

from models.base import Part
from models.config import MOST_OVERRIDES, Group
from models.problem.policy import Lock
from models.quantities import AnyValue

MOST_LOCKS = 1_000
LONGEST_SESSION = 100
NOT_SAID = "-"
"""Stands in the key of a lock for what it does not name."""


class Locks(Part):
    """What must run, and what must not."""

    run: Annotated[tuple[Lock, ...], Field(max_length=MOST_LOCKS)] = ()
    """Activities that must run."""
    forbid: Annotated[tuple[Lock, ...], Field(max_length=MOST_LOCKS)] = ()
    """Activities that must not run."""


class WhatIf(Part):
    """What is to be different from the parent; what is not said stays as it is there."""

    changes: Annotated[dict[str, AnyValue], Field(max_length=MOST_OVERRIDES)] = {}
    """{address: value}: what is different from the problem as the parent solved it; null removes."""
    relax: tuple[Group, ...] | None = None
    """Groups of political constraints to set aside. Default: those of the parent."""
    locks: Locks = Locks()
    """What must run and what must not, beside what the parent's problem says of it."""
    session: Annotated[str, Field(min_length=1, max_length=LONGEST_SESSION)] | None = None
    """Any name: a newer what-if of the same session supersedes this one. Default: none does."""

    @property
    def overrides(self) -> dict[str, Any]:
        """Changes and locks together, as a configuration says them."""
        locks = (("run", self.locks.run), ("forbid", self.locks.forbid))
        return {**self.changes, **{_address(kind, lock): {} for kind, some in locks for lock in some}}


def _address(kind: str, lock: Lock) -> str:
    """Where a lock stands in a problem."""
    parts = [lock.activity, lock.framework or NOT_SAID, lock.period or NOT_SAID]
    while parts[-1] == NOT_SAID:
        parts.pop()
    return f"policy/{kind}/{':'.join(parts)}"
