"""Problem -> named arrays without a Pyomo program in between: for warm answers, where writing one takes too long.

The same families write the same rows; a test holds both ways against each other, name by name. A `IncrementalWriter` remembers what
each family read and wrote, so that a changed problem costs what follows from the change (docs/decisions/0015).
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from time import perf_counter
from typing import Any, Literal

from models.problem.problem import Problem
from optimizer.arrays.assembly import joined
from optimizer.arrays.blocks import Columns, LimitBlock, RowBlock, limits_of, rows_of
from optimizer.arrays.compiled import WrittenProgram
from optimizer.arrays.incremental import Reader, Source, TracedCache
from optimizer.data.effective_objectives import effective_objectives
from optimizer.data.scenarios import Bests, ScenarioData, scenarios_of
from optimizer.formulation.declaration import VariableSets, declared, has_separate_scenarios, variable_sets_of
from optimizer.formulation.families import FAMILIES, OBJECTIVE_ROWS, objective_name
from optimizer.formulation.family import Family, Index, Own
from optimizer.formulation.garbage_collection import paused_garbage_collection
from optimizer.formulation.ledgers import Ledgers, merged
from optimizer.formulation.linear_expression import Expression
from optimizer.formulation.objectives.metrics import METRICS
from optimizer.formulation.variables import Decisions, Handle

Scenarios = tuple[ScenarioData, ...]
Kind = Literal["rows", "further_rows"]
KINDS: tuple[Kind, ...] = ("rows", "further_rows")


def write_program(problem: Problem, bests: Bests | None = None) -> WrittenProgram:
    """The arrays of a problem."""
    return IncrementalWriter().formulated(problem, bests)


class IncrementalWriter:
    """A program as it was written last, for the next one to take over what stays."""

    def __init__(self) -> None:
        """Nothing has been written."""
        self.recall = TracedCache()
        """What each family read and wrote."""
        self._head: object = None
        self._columns = Columns()
        self._decisions: tuple[Decisions, ...] = ()
        self._handles: list[Handle] = []
        self._ledgers: list[Ledgers] = []

    def formulated(self, problem: Problem, bests: Bests | None = None) -> WrittenProgram:
        """The arrays of a problem, the same as if nothing had been written before."""
        with paused_garbage_collection():
            began = perf_counter()
            here = scenarios_of(problem, bests)
            self._begin(here)
            self._declare(here)
            self._close_ledgers(here)
            rows, limits = tuple(self._rows(here)), tuple(self._limits(here))
            objective_rows, objectives = self._objectives(problem, here)
            between = perf_counter()
            compiled = joined(self._columns.blocks, (*rows, objective_rows), limits, objectives)
            return WrittenProgram(
                scenarios=here, compiled=compiled, formulate_s=between - began, compile_s=perf_counter() - between
            )

    def _begin(self, here: Scenarios) -> None:
        """What scenarios have beside their problems is not traced: where it is another, everything is written anew."""
        multipliers = [(dict(one.effect_multiplier), dict(one.risk_multiplier)) for one in here]
        names = [(one.id, _problem(here, number)) for number, one in enumerate(here)]
        head = names, multipliers, [(one.probability, one.best) for one in here]
        if head != self._head:
            self.recall.forget()
        self._head = head
        self.recall.begin(dict(_sources(here)))

    def _declare(self, here: Scenarios) -> None:
        def work(reader: Reader) -> list[VariableSets]:
            seen = [_seen(reader, here, number) for number in range(len(here))]
            families = [_declaring(reader, here, one) if one.has("declare") else one for one in FAMILIES]
            return [variable_sets_of(one, seen, families) for one in seen]

        self._columns.begin()
        decisions = tuple(declared(self._columns, here, self.recall.of(("declare",), work, compared=True)))
        handles = self._columns.handles
        if list(map(id, handles)) != list(map(id, self._handles)):
            self._decisions, self._handles = decisions, handles

    def _close_ledgers(self, here: Scenarios) -> None:
        """Let every family write into ledgers of its own, and put them together for those who read them."""
        self._ledgers = []
        for number, d in enumerate(self._decisions):
            parts = {"ledgers": f"ledgers/{number}", "own": f"own/{number}"}
            self.recall.add(f"d/{number}", Source(thing=d, parts=parts, by_identity=True))
            self.recall.add(f"own/{number}", Source(thing=d.own, by_identity=True))
            written = {one.name: self._terms(here, number, one) for one in FAMILIES if one.has("terms")}
            ledgers = Ledgers(**{one.name: self._ledger(number, one.name, written) for one in fields(Ledgers)})
            self.recall.add(f"ledgers/{number}", Source(thing=ledgers, by_identity=True))
            self._ledgers.append(ledgers)

    def _ledger(self, number: int, name: str, written: Mapping[str, Ledgers]) -> Any:  # noqa: ANN401
        """One ledger of all families; the same object as long as they have written the same into it."""
        by_family = {family: ledger for family, ledgers in written.items() if (ledger := getattr(ledgers, name))}
        source = f"written/{number}/{name}"
        self.recall.add(source, Source(thing=by_family, by_identity=True))
        return self.recall.of(("ledger", name, str(number)), lambda reader: merged(name, reader.view(source).values()))

    def _terms(self, here: Scenarios, number: int, family: Family) -> Ledgers:
        def work(reader: Reader) -> Ledgers:
            d = reader.view(f"d/{number}")
            d.ledgers = Ledgers()
            family.terms(_seen(reader, here, number), d)
            written: Ledgers = d.ledgers
            return written

        return self.recall.of(("terms", family.name, str(number)), work)

    def _rows(self, here: Scenarios) -> Iterator[RowBlock]:
        separate = has_separate_scenarios(here)
        for family in FAMILIES:
            for number in range(len(here)):
                if number == 0 or family.per_scenario or separate:
                    yield from (self._rows_of(here, number, family, kind) for kind in KINDS if family.has(kind))

    def _rows_of(self, here: Scenarios, number: int, family: Family, kind: Kind) -> RowBlock:
        def work(reader: Reader) -> RowBlock:
            rows = getattr(family, kind)(_seen(reader, here, number), reader.view(f"d/{number}"))
            named = rows if len(here) == 1 else (((*index, here[number].id), relation) for index, relation in rows)
            return rows_of(family.name, named, self._columns.width)

        return self.recall.of((kind, family.name, str(number)), work)

    def _limits(self, here: Scenarios) -> Iterator[LimitBlock]:
        for number in range(len(here)):
            yield from (self._limits_of(here, number, family) for family in FAMILIES if family.has("limits"))

    def _limits_of(self, here: Scenarios, number: int, family: Family) -> LimitBlock:
        def work(reader: Reader) -> LimitBlock:
            return limits_of(family, family.limits(_seen(reader, here, number), reader.view(f"d/{number}")))

        return self.recall.of(("limits", family.name, str(number)), work)

    def _objectives(self, problem: Problem, here: Scenarios) -> tuple[RowBlock, list[tuple[str, Expression]]]:
        """The rows of metrics, and what is minimised; written anew each time, for they are few."""
        views = [
            (scenario, replace(d, ledgers=ledgers))
            for scenario, d, ledgers in zip(here, self._decisions, self._ledgers, strict=True)
        ]
        rows: list[tuple[Index, Expression]] = []
        wanted: list[tuple[str, Expression]] = []
        for name in dict.fromkeys(aim.metric for aim in effective_objectives(problem)):
            metric = METRICS[name]
            handles = {own.name: self._columns.variables(own) for own in metric.declare(problem, views)}
            rows.extend(((name, *index), relation) for index, relation in metric.rows(problem, views, handles))
            expressions = (metric.expression(problem, views, handles), *metric.refinements(problem, views, handles))
            wanted.extend((objective_name(name, place), one) for place, one in enumerate(expressions))
        return rows_of(OBJECTIVE_ROWS, rows, self._columns.width), wanted


def _declaring(reader: Reader, here: Scenarios, family: Family) -> Family:
    """A family that remembers what it declares."""
    number_of = {scenario.id: number for number, scenario in enumerate(here)}

    def declare(scenario: ScenarioData) -> list[Own]:
        number = number_of[scenario.id]
        key = ("declare", family.name, str(number))
        return reader.of(key, lambda inner: list(family.declare(_seen(inner, here, number))))

    return replace(family, declare=declare)


def _problem(here: Scenarios, number: int) -> str:
    """The name of the source that the problem of a scenario is: scenarios that differ in multipliers alone share it."""
    first = next(n for n, scenario in enumerate(here) if scenario.problem is here[number].problem)
    return f"problem/{first}"


def _sources(here: Scenarios) -> Iterator[tuple[str, Source]]:
    problems = tuple(_problem(here, number) for number in range(len(here)))
    yield "index", Source(thing=here[0].index, parts={"problems": problems}, is_derived=True)
    for number, scenario in enumerate(here):
        parts = {"problem": problems[number], "index": "index"}
        yield f"bounds/{number}", Source(thing=scenario.bounds, parts=parts, is_derived=True)
        if problems[number] == f"problem/{number}":
            yield from _problem_sources(problems[number], scenario.problem)


def _problem_sources(name: str, problem: Problem) -> Iterator[tuple[str, Source]]:
    """A problem, and what changes most of it field by field: policy, and each contributor and theatre."""
    contributors = {str(c): f"{name}/contributor/{c}" for c in problem.contributor}
    by_id: dict[str, dict[str, str]] = {
        "member": {str(i): contributors[i] for i in problem.member},
        "partner": {str(k): contributors[k] for k in problem.partner},
        "contributor": contributors,
        "theatre": {str(h): f"{name}/theatre/{h}" for h in problem.theatre},
    }
    lists = {f"{kind}s": tuple(by_id[kind].values()) for kind in ("member", "partner", "theatre")}
    yield name, Source(thing=problem, parts={**lists, **{kind: f"{name}/{kind}" for kind in ("policy", *by_id)}})
    yield f"{name}/policy", Source(thing=problem.policy)
    for kind, parts in by_id.items():
        yield f"{name}/{kind}", Source(thing=getattr(problem, kind), parts=parts)
    for kind in ("contributor", "theatre"):
        for id_, record in getattr(problem, kind).items():
            yield by_id[kind][id_], Source(thing=record)


def _seen(reader: Reader, here: Scenarios, number: int) -> ScenarioData:
    """A scenario as a reader sees it."""
    problem: Any = reader.view(_problem(here, number))
    return replace(here[number], problem=problem, index=reader.view("index"), bounds=reader.view(f"bounds/{number}"))
