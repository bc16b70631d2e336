"""A what-if: changes of a solved allocation (values, relaxed constraints, locks)."""

from typing import Annotated, Any

from pydantic import Field

from models.base import Part
from models.config import MOST_OVERRIDES, Group
from models.own_plan import OwnPlan, running
from models.problem.policy import Lock
from models.quantities import AnyValue

MOST_LOCKS = 1_000
LONGEST_SESSION = 100
ABSENT = "-"
"""Placeholder in the key of a lock for an absent part."""


class Locks(Part):
    """Activities that must run, and activities that must not."""

    run: Annotated[tuple[Lock, ...], Field(max_length=MOST_LOCKS)] = ()
    """Activities that must run; at most 1000. Default: none."""
    forbid: Annotated[tuple[Lock, ...], Field(max_length=MOST_LOCKS)] = ()
    """Activities that must not run; at most 1000. Default: none."""
    plan: OwnPlan | None = None
    """A plan of one's own: each activity that it runs must run in that period, under the framework that it states.
    Default: none."""

    @property
    def must_run(self) -> tuple[Lock, ...]:
        """The activities that must run, those of the plan included."""
        runs = {} if self.plan is None else running(self.plan)
        return (*self.run, *(Lock(activity=a, framework=f, period=t) for (a, t), f in runs.items()))


class WhatIf(Part):
    """Changes of a parent allocation. An absent field keeps the value of the parent."""

    changes: Annotated[dict[str, AnyValue], Field(max_length=MOST_OVERRIDES)] = {}
    """{address: value}: new values for the problem that the parent solved; null removes a value. At most 2000. Default:
    none."""
    relax: tuple[Group, ...] | None = None
    """Groups of political constraints that the solve leaves out. Default: those of the parent."""
    locks: Locks = Locks()
    """Locks that are added to those of the parent's problem. Default: none."""
    session: Annotated[str, Field(min_length=1, max_length=LONGEST_SESSION)] | None = None
    """Any name of 1 to 100 characters: a newer what-if of the same session supersedes this one. Default: no session, so
    no other what-if supersedes this one."""

    @property
    def overrides(self) -> dict[str, Any]:
        """Changes and locks as overrides of a configuration."""
        locks = (("run", self.locks.must_run), ("forbid", self.locks.forbid))
        return {**self.changes, **{_address(kind, lock): {} for kind, records in locks for lock in records}}


def _address(kind: str, lock: Lock) -> str:
    """Return the address of a lock in a problem."""
    parts = [lock.activity, lock.framework or ABSENT, lock.period or ABSENT]
    while parts[-1] == ABSENT:
        parts.pop()
    return f"policy/{kind}/{':'.join(parts)}"
