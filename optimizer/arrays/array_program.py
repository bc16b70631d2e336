"""Writes a problem as named arrays, and rewrites only what a change affects.

An `IncrementalWriter` records what each family read and wrote (`incremental.TracedCache`), so that writing a changed
problem costs only what follows from the change (docs/decisions/0015).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from time import perf_counter
from typing import Any, Literal

from models.problem.problem import Problem
from optimizer.arrays.assembly import assemble
from optimizer.arrays.blocks import Columns, LimitBlock, RowBlock, limits_of, rows_of
from optimizer.arrays.compiled import WrittenProgram
from optimizer.arrays.incremental import Reader, Source, TracedCache
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import Bests, ScenarioData, scenarios_of
from optimizer.formulation.declaration import VariableSets, declared, has_separate_scenarios, variable_sets_of
from optimizer.formulation.families import FAMILIES, OBJECTIVE_ROWS, objective_name
from optimizer.formulation.family import Family, Index, VariableSet
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.formulation.ledgers import Ledgers, merged
from optimizer.formulation.linear_expression import LinearExpression, Relation
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.formulation.variables import DecisionVariables, Handle

Scenarios = tuple[ScenarioData, ...]
RowKind = Literal["rows", "further_rows"]
ROW_KINDS: tuple[RowKind, ...] = ("rows", "further_rows")


def write_program(
    problem: Problem, bests: Bests | None = None, *, families: Sequence[Family] = FAMILIES
) -> WrittenProgram:
    """The arrays of a problem.

    `bests` holds, for each scenario, the risk reduction that regret is measured against.
    """
    return IncrementalWriter(families).write(problem, bests)


class IncrementalWriter:
    """Writes programs; reuses the parts of the last ones that a change does not affect."""

    def __init__(self, families: Sequence[Family] = FAMILIES) -> None:
        """Start without any written program."""
        self.families = tuple(families)
        self.cache = TracedCache()
        self._untraced: object = None
        self._columns = Columns()
        self._decisions: tuple[DecisionVariables, ...] = ()
        self._handles: list[Handle] = []
        self._ledgers: list[Ledgers] = []

    def write(self, problem: Problem, bests: Bests | None = None) -> WrittenProgram:
        """The arrays of a problem: the same arrays as a new writer would give."""
        with paused_garbage_collection():
            began = perf_counter()
            scenarios = scenarios_of(problem, bests)
            self._begin(scenarios)
            self._declare(scenarios)
            self._fill_ledgers(scenarios)
            rows, limits = tuple(self._rows(scenarios)), tuple(self._limits(scenarios))
            objective_rows, objectives = self._objectives(problem, scenarios)
            formulated = perf_counter()
            compiled = assemble(self._columns.blocks, (*rows, objective_rows), limits, objectives)
            return WrittenProgram(
                scenarios=scenarios,
                compiled=compiled,
                formulate_s=formulated - began,
                compile_s=perf_counter() - formulated,
            )

    def _begin(self, scenarios: Scenarios) -> None:
        """Start a round. Scenario data outside the problems is not traced: if it changes, everything is rewritten."""
        multipliers = [(dict(one.effect_multiplier), dict(one.risk_multiplier)) for one in scenarios]
        names = [(one.id, _problem_source(scenarios, number)) for number, one in enumerate(scenarios)]
        untraced = names, multipliers, [(one.probability, one.best) for one in scenarios]
        if untraced != self._untraced:
            self.cache.clear()
        self._untraced = untraced
        self.cache.begin(dict(_sources(scenarios)))

    def _declare(self, scenarios: Scenarios) -> None:
        def work(reader: Reader) -> list[VariableSets]:
            views = [_view(reader, scenarios, number) for number in range(len(scenarios))]
            families = [
                _with_cached_declaration(reader, scenarios, family) if family.has("declare") else family
                for family in self.families
            ]
            return [variable_sets_of(view, views, families) for view in views]

        self._columns.begin()
        variable_sets = self.cache.result(("declare",), work, keep_equal=True)
        decisions = tuple(declared(self._columns, scenarios, variable_sets))
        handles = self._columns.handles
        if list(map(id, handles)) != list(map(id, self._handles)):
            self._decisions, self._handles = decisions, handles

    def _fill_ledgers(self, scenarios: Scenarios) -> None:
        """Let every family write into ledgers that only it sees, then merge them for the families that read them."""
        self._ledgers = []
        for number, d in enumerate(self._decisions):
            parts = {"ledgers": f"ledgers/{number}", "own": f"own/{number}"}
            self.cache.add(f"d/{number}", Source(value=d, parts=parts, by_identity=True))
            self.cache.add(f"own/{number}", Source(value=d.own, by_identity=True))
            written = {
                one.name: self._ledger_terms(scenarios, number, one) for one in self.families if one.has("terms")
            }
            ledgers = Ledgers(**{one.name: self._ledger(number, one.name, written) for one in fields(Ledgers)})
            self.cache.add(f"ledgers/{number}", Source(value=ledgers, by_identity=True))
            self._ledgers.append(ledgers)

    def _ledger(self, number: int, name: str, written: Mapping[str, Ledgers]) -> Any:  # noqa: ANN401
        """One ledger of all families; the same object as before if every family wrote the same into it."""
        by_family = {family: ledger for family, ledgers in written.items() if (ledger := getattr(ledgers, name))}
        source = f"written/{number}/{name}"
        self.cache.add(source, Source(value=by_family, by_identity=True))
        key = ("ledger", name, str(number))
        return self.cache.result(key, lambda reader: merged(name, reader.view(source).values()))

    def _ledger_terms(self, scenarios: Scenarios, number: int, family: Family) -> Ledgers:
        """The terms that a family adds to the ledgers of one scenario, in ledgers that only it sees."""

        def work(reader: Reader) -> Ledgers:
            d = reader.view(f"d/{number}")
            d.ledgers = Ledgers()
            family.terms(_view(reader, scenarios, number), d)
            written: Ledgers = d.ledgers
            return written

        return self.cache.result(("terms", family.name, str(number)), work)

    def _rows(self, scenarios: Scenarios) -> Iterator[RowBlock]:
        is_separate = has_separate_scenarios(scenarios)
        for family in self.families:
            for number in range(len(scenarios)):
                if number == 0 or family.per_scenario or is_separate:
                    kinds = (kind for kind in ROW_KINDS if family.has(kind))
                    yield from (self._rows_of(scenarios, number, family, kind) for kind in kinds)

    def _rows_of(self, scenarios: Scenarios, number: int, family: Family, kind: RowKind) -> RowBlock:
        def work(reader: Reader) -> RowBlock:
            rows = getattr(family, kind)(_view(reader, scenarios, number), reader.view(f"d/{number}"))
            if len(scenarios) > 1:
                rows = (((*index, scenarios[number].id), relation) for index, relation in rows)
            return rows_of(family.name, family.group, rows)

        return self.cache.result((kind, family.name, str(number)), work)

    def _limits(self, scenarios: Scenarios) -> Iterator[LimitBlock]:
        for number in range(len(scenarios)):
            families = (family for family in self.families if family.has("limits"))
            yield from (self._limits_of(scenarios, number, family) for family in families)

    def _limits_of(self, scenarios: Scenarios, number: int, family: Family) -> LimitBlock:
        def work(reader: Reader) -> LimitBlock:
            return limits_of(family, family.limits(_view(reader, scenarios, number), reader.view(f"d/{number}")))

        return self.cache.result(("limits", family.name, str(number)), work)

    def _objectives(
        self, problem: Problem, scenarios: Scenarios
    ) -> tuple[RowBlock, list[tuple[str, LinearExpression]]]:
        """The rows that metrics add, and the expressions to optimise; few, so rewritten each time."""
        views = [
            (scenario, replace(d, ledgers=ledgers))
            for scenario, d, ledgers in zip(scenarios, self._decisions, self._ledgers, strict=True)
        ]
        rows: list[tuple[Index, Relation]] = []
        objectives: list[tuple[str, LinearExpression]] = []
        for name in dict.fromkeys(objective.metric for objective in effective_objectives(problem)):
            metric = METRICS[name]
            handles = {own.name: self._columns.variables(own) for own in metric.declare(problem, views)}
            rows.extend(((name, *index), relation) for index, relation in metric.rows(problem, views, handles))
            expressions = (metric.expression(problem, views, handles), *metric.refinements(problem, views, handles))
            objectives.extend((objective_name(name, number), one) for number, one in enumerate(expressions))
        return rows_of(OBJECTIVE_ROWS, None, rows), objectives


def _with_cached_declaration(reader: Reader, scenarios: Scenarios, family: Family) -> Family:
    """The family, with `declare` replaced by a cached version."""
    number_of = {scenario.id: number for number, scenario in enumerate(scenarios)}

    def declare(scenario: ScenarioData) -> list[VariableSet]:
        number = number_of[scenario.id]
        key = ("declare", family.name, str(number))
        return reader.result(key, lambda inner: list(family.declare(_view(inner, scenarios, number))))

    return replace(family, declare=declare)


def _problem_source(scenarios: Scenarios, number: int) -> str:
    """The source name of a scenario's problem; scenarios that differ only in multipliers share one problem."""
    first = next(n for n, scenario in enumerate(scenarios) if scenario.problem is scenarios[number].problem)
    return f"problem/{first}"


def _sources(scenarios: Scenarios) -> Iterator[tuple[str, Source]]:
    """Everything that families read, by source name."""
    problems = tuple(_problem_source(scenarios, number) for number in range(len(scenarios)))
    yield "index", Source(value=scenarios[0].index, parts={"problems": problems}, is_derived=True)
    for number, scenario in enumerate(scenarios):
        parts = {"problem": problems[number], "index": "index"}
        yield f"bounds/{number}", Source(value=scenario.bounds, parts=parts, is_derived=True)
        if problems[number] == f"problem/{number}":
            yield from _problem_parts(problems[number], scenario.problem)


def _problem_parts(name: str, problem: Problem) -> Iterator[tuple[str, Source]]:
    """A problem as sources. Most changes concern policy, a contributor or a theatre, so each is a source itself."""
    contributors = {str(c): f"{name}/contributor/{c}" for c in problem.contributor}
    by_id: dict[str, dict[str, str]] = {
        "member": {str(i): contributors[i] for i in problem.member},
        "partner": {str(k): contributors[k] for k in problem.partner},
        "contributor": contributors,
        "theatre": {str(h): f"{name}/theatre/{h}" for h in problem.theatre},
    }
    lists = {f"{kind}s": tuple(by_id[kind].values()) for kind in ("member", "partner", "theatre")}
    yield name, Source(value=problem, parts={**lists, **{kind: f"{name}/{kind}" for kind in ("policy", *by_id)}})
    yield f"{name}/policy", Source(value=problem.policy)
    for kind, parts in by_id.items():
        yield f"{name}/{kind}", Source(value=getattr(problem, kind), parts=parts)
    for kind in ("contributor", "theatre"):
        for id_, record in getattr(problem, kind).items():
            yield by_id[kind][id_], Source(value=record)


def _view(reader: Reader, scenarios: Scenarios, number: int) -> ScenarioData:
    """A scenario whose reads are recorded by `reader`."""
    problem: Any = reader.view(_problem_source(scenarios, number))
    bounds = reader.view(f"bounds/{number}")
    return replace(scenarios[number], problem=problem, index=reader.view("index"), bounds=bounds)
