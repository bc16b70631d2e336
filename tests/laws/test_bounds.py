"""No plan is better than a bound that any interface reports at any time."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks.generate import generate
from models.config import Config, SolverConfig
from models.errors import InvalidDocument
from models.reading import read_problem
from optimizer.solving.warm import WarmProblem
from tests.laws.bounded import REQUESTED, bounded
from tests.laws.changes import laxer
from tests.laws.draws import Document
from tests.laws.problems import documents
from tests.service.conftest import a_service
from tests.support.broken_solver import take_every_stage
from tests.support.told import Record
from tests.support.warm import DOCUMENT
from tests.system.told import from_command_line, from_http, from_library

PROBLEMS, AT_DOORS = 300, 8
EXACT: dict[str, Any] = {"mip_gap": 1e-6, "time_limit_s": 60}
NEAR, NEARER = EXACT | {"mip_gap": 0.02}, EXACT | {"mip_gap": 0.001}
QUICK: dict[str, Any] = {"mip_gap": 0.1, "time_limit_s": 60}
"""Ends at the first plan that is good enough: other plans and bounds than at the optimum."""


def answered(record: Record, door: str, warm: WarmProblem, config: Config) -> None:
    """Solve the problem of a record with the library, and record every bound and plan that it reports."""
    record.add(door, *from_library(warm, record.problem, config))


def config_of(solver: dict[str, Any]) -> Config:
    return Config(solver=SolverConfig.model_validate(solver))


def recorded(document: Document, change: Document | None, *, in_stages: bool) -> Iterator[Record]:
    """The records of a document and of the document after a change, each solved in several ways.

    Cold to a gap of 0 and of a tenth, all stages or those of a small program; warm after the change and after it is
    undone.
    """
    record = Record(problem=read_problem(document))
    exact, quick = config_of(EXACT), config_of(QUICK)
    answered(record, "cold", warm := WarmProblem(record.problem, exact), exact)
    with pytest.MonkeyPatch.context() as monkeypatch:
        if in_stages:
            take_every_stage(monkeypatch)
            answered(record, "cold in stages", WarmProblem(record.problem, quick), quick)
            answered(record, "cold in stages, exact", staged := WarmProblem(record.problem, exact), exact)
            warm = staged
        if change is not None:
            changed = Record(problem=read_problem(change))
            answered(changed, "warm", warm, exact)
            answered(record, "warm, undone", warm, exact)
            answered(changed, "cold", WarmProblem(changed.problem, exact), exact)
            yield changed
    yield record


def assert_not_beaten(records: list[Record]) -> Counter[str]:
    """Fail if a plan beats a bound; returns how many bounds of each kind there are."""
    counted: Counter[str] = Counter()
    for record in records:
        assert not [str(one) for one in record.beaten()], record.problem.document
        assert not record.oddities, record.problem.document
        counted.update(f"{one.kind} of priority {min(one.priority, 1) + 1}" for one in record.bounds)
    return counted


def with_weighted_sum(document: Document) -> Document:
    """The document with its objectives in one priority."""
    together = [
        one | {"priority": 1, "weight": weight} for one, weight in zip(document["objectives"], (3, 1), strict=True)
    ]
    return document | {"objectives": together}


def test_no_bound_of_a_refinement_is_told_as_one_of_its_objective() -> None:
    """The second-greatest burden is optimised after the greatest; the bound of their sum is above the greatest."""
    document = DOCUMENT | {
        "burden_sharing": {"type": "lexicographic_minimax"},
        "objectives": [{"metric": "risk_reduction"}, {"metric": "max_burden"}, {"metric": "cost"}],
    }
    assert assert_not_beaten(list(recorded(document, None, in_stages=True)))["bound of priority 2"]


def test_no_bound_is_beaten_by_a_plan_found_at_any_other_time() -> None:
    counted: Counter[str] = Counter()

    @given(document=documents(), place=st.integers(0, 50), kind=st.integers(0, 5))
    def not_beaten(document: Document, place: int, kind: int) -> None:
        if kind == 5:
            document = with_weighted_sum(document)
        changes = laxer(document)
        change = changes[sorted(changes)[place % len(changes)]] if kind in (1, 2) else None
        is_narrower = change is not None and kind == 2
        try:
            pair = (change, document) if is_narrower else (document, change)
            records = list(recorded(*pair, in_stages=kind in (0, 1, 2)))
        except InvalidDocument:
            assume(False)
            raise
        if change is not None and "regret" not in str(document.get("criterion")):  # its reference changes too
            wide, narrow = records if not is_narrower else reversed(records)
            for plan in narrow.plans:
                wide.add_plan(f"{plan.door} of the narrower problem", plan.values[:1])
        counted.update(assert_not_beaten(records))

    bounded("bounds", PROBLEMS, 1)(not_beaten)()
    print(dict(counted))  # noqa: T201  (shown by -rP)
    assert REQUESTED or min(counted.values()) > PROBLEMS, counted


@pytest.mark.parametrize("seed", [1, 4])
def test_no_bound_of_a_larger_problem_is_beaten(seed: int) -> None:
    """Size S of the benchmarks takes every stage. In both, the restricted program misses the best plan."""
    wider = generate("S", seed)
    document = wider | {"policy": wider["policy"] | {"max_total_cost": 280}}
    wider = wider | {"policy": wider["policy"] | {"max_total_cost": 10_000}}
    records = [Record(problem=read_problem(one)) for one in (document, wider)]
    near, nearer = config_of(NEAR), config_of(NEARER)
    answered(records[0], "cold, nearer", WarmProblem(records[0].problem, nearer), nearer)
    answered(records[0], "cold", warm := WarmProblem(records[0].problem, near), near)
    answered(records[1], "wider", warm, near)
    answered(records[0], "narrower again", warm, near)
    answered(records[1], "wider, cold", WarmProblem(records[1].problem, nearer), nearer)
    for plan in records[0].plans:
        records[1].add_plan(f"{plan.door} before the rule was widened", plan.values)
    assert assert_not_beaten(records)["bound of priority 1"] > 20


def test_no_bound_told_at_any_door_is_beaten(tmp_path: Path) -> None:
    """Random problems, and one of size S that takes long enough for progress events."""
    with a_service(tmp_path / "concord.db") as client:

        def through_doors(document: Document) -> None:
            record = Record(problem=read_problem(document))
            answered(record, "library", WarmProblem(record.problem, config_of(EXACT)), config_of(EXACT))
            for solver in (NEAR, NEARER):
                record.add("command line", *from_command_line(tmp_path, document, record.priorities, **solver))
                record.add("HTTP", *from_http(client, document, **solver))
            counted.update(assert_not_beaten([record]))
            counted.update(bound.door for bound in record.bounds)

        counted: Counter[str] = Counter()
        bounded("doors", AT_DOORS, 1)(given(document=documents())(through_doors))()
        larger = generate("S", 2) | {"objectives": [{"metric": "risk_reduction"}, {"metric": "cost"}]}
        record = Record(problem=read_problem(larger))
        record.add("command line", *from_command_line(tmp_path, larger, record.priorities, **NEAR))
        record.add("HTTP", *from_http(client, larger, **NEARER))
        assert_not_beaten([record])
        counted.update(bound.door for bound in record.bounds)
    for door in ("command line", "HTTP"):
        assert min(counted[f"{door}, outcome"], counted[f"{door}, progress"]) > 0, counted
