"""One document through every door: library, command line, HTTP, and point 0 of a study."""

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from models.config import Config
from models.digest import plan_digest
from models.outcome import OUTCOME, Outcome, first_result
from models.reading import read_config, read_problem
from models.study.report import Row
from optimizer import solve, study
from tests.service.asking import ALLOCATIONS, until_job
from tests.service.cli.asking import concord

Document = dict[str, Any]
SOLVER: Document = {"mip_gap": 0, "time_limit_s": 60}
MEASURES = ["risk_reduction", "cost"]


def from_library(problem: Document, *, scenario: str | None = None, **solver: Any) -> Document:
    """The outcome of `optimizer.solve`, without its timing; of one scenario alone if it is named."""
    config = config_of(**solver).model_copy(update={"scenario": scenario})
    outcome = solve(read_problem(problem), config)
    return without_timing(json.loads(OUTCOME.dump_json(outcome, by_alias=True)))


def from_command_line(folder: Path, problem: Document, **solver: Any) -> Document:
    """The outcome that `concord solve --json` prints, without its timing."""
    path = folder / "problem.json"
    path.write_text(json.dumps(problem), encoding="utf-8")
    chosen = SOLVER | solver
    limits = ("--gap", str(chosen["mip_gap"]), "--time-limit", str(chosen["time_limit_s"]))
    result = concord("solve", path, "--json", *limits)
    return without_timing(json.loads(result.stdout))


def from_http(client: TestClient, problem: Document, **solver: Any) -> Document:
    """The outcome that the service stores, without its timing."""
    body = {"problem": problem, "config": {"solver": SOLVER | solver}}
    response = client.post(ALLOCATIONS, json=body, headers={"Prefer": "wait=1"})
    assert response.status_code in (200, 202), response.text
    envelope = response.json()
    if response.status_code == 202:
        until_job(client, envelope["id"], "succeeded", "failed", within_s=900)
        envelope = client.get(f"{ALLOCATIONS}/{envelope['id']}").json()
    return without_timing(envelope["outcome"])


def from_study(problem: Document, **solver: Any) -> Row:
    """Point 0 of a study: the base problem."""
    axis = {"address": f"members/{problem['members'][0]['id']}/ability_to_pay", "values": [1]}
    spec = {"kind": "sweep", "axes": [axis], "measures": MEASURES, "config": {"solver": SOLVER | solver}}
    return study(read_problem(problem), spec, workers=1).report.rows[0]


def config_of(**solver: Any) -> Config:
    """The configuration that every door uses."""
    return read_config({"solver": SOLVER | solver})


def without_timing(outcome: Document) -> Document:
    """The outcome without the seconds that it took."""
    assert outcome.pop("timing").keys()
    return outcome


def bytes_of(outcome: Document) -> str:
    """The outcome as JSON, with its keys and lists in their order."""
    return json.dumps(outcome, ensure_ascii=False)


def assert_row_is(row: Row, outcome: Document) -> None:
    """The row has the status, bound, measures and plan of an outcome."""
    read: Outcome = OUTCOME.validate_python(outcome | {"timing": dict.fromkeys(TIMING, 0.0)})
    first = first_result(read)
    values = {one.metric: one.value for one in read.objectives}
    assert row.status == read.status
    assert (row.bound, row.proven) == ((None, None) if first is None else (first.bound, first.proven))
    assert row.plan_digest == (None if read.plan is None else plan_digest(read.plan))
    for measure in MEASURES:
        if measure in values:
            assert row.measures[measure] == values[measure]


TIMING = ("formulate_s", "compile_s", "solve_s", "check_s")
