"""Declares the variables that every family shares, and each family's own, as each future sees them."""

from collections.abc import Iterable, Sequence
from typing import Any

import pyomo.environ as pyo

from models.ids import ActivityId, ContributorId, MemberId, PeriodId
from optimizer.decisions import Decisions, Handle
from optimizer.family import Family, Index, Own
from optimizer.future import Future
from optimizer.reach import harmed

DOMAINS = {"continuous": pyo.Reals, "binary": pyo.Binary, "integer": pyo.Integers}
Program = Any
"""A Pyomo `ConcreteModel`; Pyomo carries no types."""


def declare(program: Program, futures: Sequence[Future], families: Sequence[Family]) -> Iterable[Decisions]:
    """The decisions of each future; what is decided once is the same variable in all of them."""
    first = futures[0]
    shared = {own.name: variables(program, own) for own in _shared(futures, families)}
    for number, future in enumerate(futures):
        suffix = "" if number == 0 else f"@{future.id}"
        cut = variables(program, _cut(first if number == 0 else future, suffix))
        own = {name: handle for name, handle in shared.items() if name not in SHARED}
        yield Decisions(
            contribution=shared["x"],  # type: ignore[arg-type]
            level=shared["e"],  # type: ignore[arg-type]
            run=shared["y"],  # type: ignore[arg-type]
            counts=shared["counts"],  # type: ignore[arg-type]
            present=shared["present"],  # type: ignore[arg-type]
            effective_level=shared["E"],  # type: ignore[arg-type]
            effect=shared["w"],  # type: ignore[arg-type]
            cut=cut,  # type: ignore[arg-type]
            cost={MemberId(i): cost for (i,), cost in shared["c"].items()},
            own=own,
        )


SHARED = ("x", "e", "y", "counts", "present", "E", "w", "c")
"""The names of MODEL section 1, as they stand in exported programs."""


def _shared(futures: Sequence[Future], families: Sequence[Family]) -> Iterable[Own]:
    first = futures[0]
    index = first.index
    yield Own(name="x", index=index.contributions, scope="effort")
    yield Own(name="e", index=index.runs, scope="effort")
    yield Own(name="y", index=index.runs, scope="politics", kind="binary")
    yield Own(name="counts", index=_counts(futures, families), scope="politics", kind="binary")
    yield Own(name="present", index=_present(futures, families), scope="politics", kind="binary")
    yield Own(name="E", index=index.activity_periods, scope="effect")
    yield Own(name="w", index=index.activity_periods, scope="effect")
    yield Own(name="c", index=tuple((i,) for i in first.problem.member), scope="effort")
    for family in families:
        yield from family.declare(first)


def _counts(futures: Sequence[Future], families: Sequence[Family]) -> tuple[Index, ...]:
    """(i, a, t) where a rule counts the member and it has something to give."""
    asked = {pair for future in futures for family in families for pair in family.counts(future)}
    return _where_given(futures[0], asked)  # type: ignore[arg-type]


def _present(futures: Sequence[Future], families: Sequence[Family]) -> tuple[Index, ...]:
    asked = {pair for future in futures for family in families for pair in family.forbids(future)}
    return _where_given(futures[0], asked)


def _where_given(future: Future, asked: set[tuple[ContributorId, ActivityId]]) -> tuple[tuple[ContributorId, ActivityId, PeriodId], ...]:
    return tuple(key for key in future.index.given_by if key[:2] in asked)


def _cut(future: Future, suffix: str) -> Own:
    harm = harmed(future.problem)
    upper: dict[Index, float] = {
        cell: future.bounds.risk[cell] * future.risk_multiplier.get(cell[0], 1.0) for cell in future.index.cells
    }
    lower: dict[Index, float] = {cell: -float("inf") if cell[:2] in harm else 0.0 for cell in future.index.cells}
    return Own(name=f"cut{suffix}", index=future.index.cells, scope="future", lower=lower, upper=upper)


def variables(program: Program, own: Own) -> Handle:
    """Declare one family of variables; the handle maps each index to its variable."""
    lower, upper = own.lower, own.upper

    def bounds(_: Program, *index: str) -> tuple[float | None, float | None]:
        low = lower[index] if isinstance(lower, dict) else lower
        high = upper[index] if isinstance(upper, dict) else upper
        return (None if low == -float("inf") else low), high

    keys = list(own.index)
    component = pyo.Var(keys, domain=DOMAINS[own.kind], bounds=None if own.kind == "binary" else bounds)
    program.add_component(own.name, component)
    return {key: component[key] for key in keys}


def impossible(program: Program) -> Any:  # noqa: ANN401
    """A relation that nothing satisfies, for a row that has no variables and does not hold."""
    if program.component("nothing") is None:
        program.nothing = pyo.Var(bounds=(0, 0))
    return program.nothing >= 1
