"""Declares the variables of a program: those that all families share, and those of single families."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from models.ids import ActivityId, ContributorId, MemberId
from optimizer.data.impact import worsened_drivers
from optimizer.data.scenarios import ScenarioData
from optimizer.data.uncertainty import has_uncertain_effects
from optimizer.formulation.family import Family, Index, Scope, VariableSet
from optimizer.formulation.variables import DecisionVariables, Handle


class DeclaresVariables(Protocol):
    """Declares sets of variables in a program."""

    def variables(self, own: VariableSet) -> Handle:
        """Declare one set of variables; returns the variable of each index."""


VariableSets = dict[str, VariableSet]
"""The variable sets of a scenario, by name."""


def declare(
    writer: DeclaresVariables, scenarios: Sequence[ScenarioData], families: Sequence[Family]
) -> Iterator[DecisionVariables]:
    """The variables of each scenario; variables that scenarios share are the same in all of them."""
    yield from declared(writer, scenarios, [variable_sets_of(scenario, scenarios, families) for scenario in scenarios])


def declared(
    writer: DeclaresVariables, scenarios: Sequence[ScenarioData], variable_sets: Sequence[VariableSets]
) -> Iterator[DecisionVariables]:
    """The variables of each scenario, given the variable sets of each."""
    own_scopes = _own_scopes(scenarios)
    shared = {
        own.name: writer.variables(_merged([names[own.name] for names in variable_sets]))
        for own in variable_sets[0].values()
        if own.scope not in own_scopes
    }
    for scenario, names in zip(scenarios, variable_sets, strict=True):
        suffix = "" if len(scenarios) == 1 else f"@{scenario.id}"
        separate = {
            own.name: writer.variables(replace(own, name=own.name + suffix))
            for own in names.values()
            if own.scope in own_scopes
        }
        yield _view({**shared, **separate})


SHARED = ("x", "e", "y", "counts", "present", "E", "w", "c", "cut")
"""The variable sets that all families share."""


def variable_sets_of(
    scenario: ScenarioData, scenarios: Sequence[ScenarioData], families: Sequence[Family]
) -> VariableSets:
    """The variable sets of a scenario, by name; raises ValueError if two families use one name."""
    found: dict[str, VariableSet] = {}
    for own in _declared(scenario, scenarios, families):
        if own.name in found:
            raise ValueError(f"two families declare {own.name!r}")
        found[own.name] = own
    return found


def has_separate_scenarios(scenarios: Sequence[ScenarioData]) -> bool:
    """Whether rows must be written for every scenario.

    With recourse, if problems differ by overrides, or if a plan may count less of an effect than its effort achieves
    (C24): how much it counts may then differ by scenario.
    """
    return len(scenarios) > 1 and (
        scenarios[0].has_recourse
        or len({id(scenario.problem) for scenario in scenarios}) > 1
        or has_uncertain_effects(scenarios[0].problem)
    )


def _own_scopes(scenarios: Sequence[ScenarioData]) -> frozenset[Scope]:
    """The scopes whose variables are separate for each scenario."""
    if scenarios[0].has_recourse:
        return frozenset({"effort", "effect", "scenario"})
    if has_separate_scenarios(scenarios):
        return frozenset({"effect", "scenario"})
    return frozenset({"scenario"})


def _view(handles: Mapping[str, Handle]) -> DecisionVariables:
    return DecisionVariables(
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


def _merged(owns: Sequence[VariableSet]) -> VariableSet:
    """One variable set for several scenarios: the union of the index sets, with the widest bounds."""
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


def _declared(
    scenario: ScenarioData, scenarios: Sequence[ScenarioData], families: Sequence[Family]
) -> Iterator[VariableSet]:
    index = scenario.index
    yield VariableSet(name="x", index=index.contributions, scope="effort")
    yield VariableSet(name="e", index=index.runs, scope="effort")
    yield VariableSet(name="y", index=index.runs, scope="politics", kind="binary")
    yield VariableSet(name="counts", index=_counts(scenarios, families), scope="politics", kind="binary")
    yield VariableSet(name="present", index=_present(scenarios, families), scope="politics", kind="binary")
    yield VariableSet(name="E", index=index.activity_periods, scope="effect")
    yield VariableSet(name="w", index=index.activity_periods, scope="effect")
    yield VariableSet(name="c", index=tuple((i,) for i in scenario.problem.member), scope="effect")
    yield _cut(scenario)
    for family in families:
        yield from family.declare(scenario)


def _counts(scenarios: Sequence[ScenarioData], families: Sequence[Family]) -> tuple[Index, ...]:
    """(c, a, t) for contributors that a rule counts and that have something to contribute."""
    pairs = {pair for scenario in scenarios for family in families for pair in family.counts(scenario)}
    return _where_given(scenarios[0], pairs)


def _present(scenarios: Sequence[ScenarioData], families: Sequence[Family]) -> tuple[Index, ...]:
    pairs = {pair for scenario in scenarios for family in families for pair in family.forbids(scenario)}
    return _where_given(scenarios[0], pairs)


def _where_given(scenario: ScenarioData, pairs: set[tuple[ContributorId, ActivityId]]) -> tuple[Index, ...]:
    return tuple(key for key in scenario.index.given_by if key[:2] in pairs)


def _cut(scenario: ScenarioData) -> VariableSet:
    worsened = worsened_drivers(scenario.problem)
    upper: dict[Index, float] = {
        cell: scenario.bounds.risk[cell] * scenario.risk_multiplier.get(cell[0], 1.0) for cell in scenario.index.cells
    }
    lower: dict[Index, float] = {cell: -float("inf") if cell[:2] in worsened else 0.0 for cell in scenario.index.cells}
    return VariableSet(name="cut", index=scenario.index.cells, scope="scenario", lower=lower, upper=upper)
