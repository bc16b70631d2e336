"""One document gives one plan, byte for byte, through library, command line, HTTP and study."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from tests.laws.problems import documents
from tests.service.cli.asking import run_process
from tests.service.conftest import a_service
from tests.system.doors import (
    Document,
    assert_row_is,
    bytes_of,
    from_command_line,
    from_http,
    from_library,
    from_study,
    without_timing,
)

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "examples" / "problems").glob("*.json"))
    if not path.stem.startswith("southern_flank")
}
FLANK = ("southern_flank_2019", "southern_flank_2019_futures")
LONG = pytest.mark.skipif("CONCORD_FLANK" not in os.environ, reason="takes minutes: `make doors`")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with a_service(tmp_path_factory.mktemp("doors") / "concord.db") as started:
        yield started


def assert_one_answer(client: TestClient, folder: Path, problem: Document, **solver: Any) -> Document:
    """Every door gives the outcome of the library."""
    outcome = from_library(problem, **solver)
    assert bytes_of(from_command_line(folder, problem, **solver)) == bytes_of(outcome)
    assert bytes_of(from_http(client, problem, **solver)) == bytes_of(outcome)
    assert_row_is(from_study(problem, **solver), outcome)
    return outcome


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_one_answer(client: TestClient, tmp_path: Path, name: str) -> None:
    assert_one_answer(client, tmp_path, EXAMPLES[name])


@LONG
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", FLANK)
def test_the_southern_flank_has_one_answer(client: TestClient, tmp_path: Path, name: str) -> None:
    """To a gap of 1 %, with time enough for every step of the search."""
    text = (ROOT / "examples" / "problems" / f"{name}.json").read_text(encoding="utf-8")
    assert_one_answer(client, tmp_path, json.loads(text), mip_gap=0.01, time_limit_s=600)


def test_a_new_process_gives_the_same_answer(tmp_path: Path) -> None:
    """Hash seeds and memory addresses differ between processes."""
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(EXAMPLES["host_refuses"]), encoding="utf-8")
    printed = run_process("solve", path, "--json", "--gap", "0", "--time-limit", "60").stdout
    assert bytes_of(without_timing(json.loads(printed))) == bytes_of(from_library(EXAMPLES["host_refuses"]))


def test_random_problems_have_one_answer(client: TestClient, tmp_path: Path) -> None:
    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(documents())
    def has_one_answer(problem: Document) -> None:
        statuses.append(assert_one_answer(client, tmp_path, problem)["status"])

    statuses: list[str] = []
    has_one_answer()
    assert len(statuses) >= 100
    assert statuses.count("optimal") >= 50
