"""Declares the variables that every family shares, and each family's own, as each future sees them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.ids import ActivityId, ContributorId, MemberId
from optimizer.data.impact import harmed
from optimizer.data.scenarios import Future
from optimizer.formulation.family import Family, Index, Own, Scope
from optimizer.formulation.variables import Decisions, Handle
from optimizer.pyomo_model.writing import Declares

Owns = dict[str, Own]
"""Every kind of variable that a future has, by name."""


def declare(writer: Declares, futures: Sequence[Future], families: Sequence[Family]) -> Iterator[Decisions]:
    """The decisions of each future; what is decided once is the same variable in all of them."""
    yield from declared(writer, futures, [own_of(future, futures, families) for future in futures])


def declared(writer: Declares, futures: Sequence[Future], apart: Sequence[Owns]) -> Iterator[Decisions]:
    """The same, where it is known which variables each future has."""
    own_scopes = _own_scopes(futures)
    shared = {
        own.name: writer.variables(_merged([names[own.name] for names in apart]))
        for own in apart[0].values()
        if own.scope not in own_scopes
    }
    for future, names in zip(futures, apart, strict=True):
        suffix = "" if len(futures) == 1 else f"@{future.id}"
        separate = {
            own.name: writer.variables(replace(own, name=own.name + suffix))
            for own in names.values()
            if own.scope in own_scopes
        }
        yield _view({**shared, **separate})


SHARED = ("x", "e", "y", "counts", "present", "E", "w", "c", "cut")
"""The names of MODEL section 1, as they stand in exported programs."""


def own_of(future: Future, futures: Sequence[Future], families: Sequence[Family]) -> Owns:
    """Every kind of variable that a future has, by name; two families that chose one name are a mistake of ours."""
    found: dict[str, Own] = {}
    for own in _declared(future, futures, families):
        if own.name in found:
            raise ValueError(f"two families declare {own.name!r}")
        found[own.name] = own
    return found


def is_separate(futures: Sequence[Future]) -> bool:
    """Whether families must be built for every future: their data or their efforts differ by more than multipliers."""
    return len(futures) > 1 and (futures[0].has_recourse or len({id(future.problem) for future in futures}) > 1)


def _own_scopes(futures: Sequence[Future]) -> frozenset[Scope]:
    """The scopes whose variables are each future's own."""
    if futures[0].has_recourse:
        return frozenset({"effort", "effect", "future"})
    if is_separate(futures):
        return frozenset({"effect", "future"})
    return frozenset({"future"})


def _view(handles: Mapping[str, Handle]) -> Decisions:
    return Decisions(
        contribution=handles["x"],  # type: ignore[arg-type]
        level=handles["e"],  # type: ignore[arg-type]
        run=handles["y"],  # type: ignore[arg-type]
        counts=handles["counts"],  # type: ignore[arg-type]
        present=handles["present"],  # type: ignore[arg-type]
        effective_level=handles["E"],  # type: ignore[arg-type]
        effect=handles["w"],  # type: ignore[arg-type]
        cut=handles["cut"],  # type: ignore[arg-type]
        cost={MemberId(i): cost for (i,), cost in handles["c"].items()},
        own={name: handle for name, handle in handles.items() if name not in SHARED},
    )


def _merged(owns: Sequence[Own]) -> Own:
    """One variable for several futures: wherever one of them has it, between the least and the greatest bound."""
    first = owns[0]
    if all(own.index == first.index and own.lower == first.lower and own.upper == first.upper for own in owns):
        return first
    index = tuple(dict.fromkeys(key for own in owns for key in own.index))
    lower = {key: min(_bound(own.lower, key) for own in owns if key in set(own.index)) for key in index}
    upper = {key: max(_bound(own.upper, key) for own in owns if key in set(own.index)) for key in index}
    return replace(first, index=index, lower=lower, upper=upper)


def _bound(bound: float | dict[Index, float] | None, key: Index) -> float:
    if bound is None:
        return float("inf")
    return bound[key] if isinstance(bound, dict) else bound


def _declared(future: Future, futures: Sequence[Future], families: Sequence[Family]) -> Iterator[Own]:
    index = future.index
    yield Own(name="x", index=index.contributions, scope="effort")
    yield Own(name="e", index=index.runs, scope="effort")
    yield Own(name="y", index=index.runs, scope="politics", kind="binary")
    yield Own(name="counts", index=_counts(futures, families), scope="politics", kind="binary")
    yield Own(name="present", index=_present(futures, families), scope="politics", kind="binary")
    yield Own(name="E", index=index.activity_periods, scope="effect")
    yield Own(name="w", index=index.activity_periods, scope="effect")
    yield Own(name="c", index=tuple((i,) for i in future.problem.member), scope="effect")
    yield _cut(future)
    for family in families:
        yield from family.declare(future)


def _counts(futures: Sequence[Future], families: Sequence[Family]) -> tuple[Index, ...]:
    """(c, a, t) where a rule counts the contributor and it has something to give."""
    asked = {pair for future in futures for family in families for pair in family.counts(future)}
    return _where_given(futures[0], asked)


def _present(futures: Sequence[Future], families: Sequence[Family]) -> tuple[Index, ...]:
    asked = {pair for future in futures for family in families for pair in family.forbids(future)}
    return _where_given(futures[0], asked)


def _where_given(future: Future, asked: set[tuple[ContributorId, ActivityId]]) -> tuple[Index, ...]:
    return tuple(key for key in future.index.given_by if key[:2] in asked)


def _cut(future: Future) -> Own:
    harm = harmed(future.problem)
    upper: dict[Index, float] = {
        cell: future.bounds.risk[cell] * future.risk_multiplier.get(cell[0], 1.0) for cell in future.index.cells
    }
    lower: dict[Index, float] = {cell: -float("inf") if cell[:2] in harm else 0.0 for cell in future.index.cells}
    return Own(name="cut", index=future.index.cells, scope="future", lower=lower, upper=upper)
