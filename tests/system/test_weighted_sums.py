"""Objectives of one priority are optimised as a weighted sum: no door states a bound for a part of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.cli.asking import SMALLEST, concord, write_document
from tests.service.conftest import a_service
from tests.system.doors import Document, bytes_of, from_command_line, from_http, from_library, from_study

WEIGHTED: Document = SMALLEST | {
    "objectives": [{"metric": "risk_reduction", "priority": 1}, {"metric": "cost", "priority": 1, "weight": 1.2}]
}
"""A M EUR in libya is worth 1.5 points, up to 8 M EUR, and in iraq 1 point. At 1.2 points a M EUR only libya pays: 12
points less 1.2 * 8 is 2.4. Another plan has 14 points, so 12 is no bound of the risk reduction."""
NOTHING_KNOWN = {"bound": None, "proven": None, "gap": None, "proven_gap": None}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with a_service(tmp_path_factory.mktemp("sums") / "concord.db") as started:
        yield started


def assert_only_the_sum_is_bounded(outcome: Document) -> None:
    assert outcome["status"] == "optimal"
    parts = {part["metric"]: part for part in outcome["objectives"]}
    assert {metric: part["value"] for metric, part in parts.items()} == pytest.approx({"risk_reduction": 12, "cost": 8})
    for part in parts.values():
        assert part | NOTHING_KNOWN == part
    [weighted_sum] = outcome["sums"]
    assert (weighted_sum["metrics"], weighted_sum["weights"]) == (["risk_reduction", "cost"], [1, -1.2])
    assert [weighted_sum[key] for key in ("value", "bound", "proven")] == pytest.approx([2.4] * 3)
    assert (weighted_sum["gap"], weighted_sum["proven_gap"]) == pytest.approx((0, 0), abs=1e-9)


def test_through_library_command_line_and_http_only_the_sum_has_bounds(client: TestClient, tmp_path: Path) -> None:
    outcome = from_library(WEIGHTED)
    assert_only_the_sum_is_bounded(outcome)
    for other in (from_command_line(tmp_path, WEIGHTED), from_http(client, WEIGHTED)):
        assert bytes_of(other) == bytes_of(outcome)


def test_the_row_of_a_study_has_the_bounds_of_the_sum() -> None:
    row = from_study(WEIGHTED)
    assert row.measures == pytest.approx({"risk_reduction": 12, "cost": 8})
    assert (row.bound, row.proven) == pytest.approx((2.4, 2.4))
    assert (row.gap, row.proven_gap) == pytest.approx((0, 0), abs=1e-9)


def test_the_command_line_states_the_proof_of_the_sum(tmp_path: Path) -> None:
    shown = concord("solve", write_document(tmp_path, WEIGHTED), "--gap", "0").stdout
    assert shown.splitlines()[0] == "PROVEN OPTIMAL: weighted sum of risk reduction and cost 2.4; no plan does better"
    rows = [" ".join(line.split()) for line in shown.splitlines()]
    assert "weighted sum of risk reduction and cost 2.4 2.4 0 % 2.4 0 %" in rows
    assert "risk reduction × 1 12 points" in rows
    assert "cost × -1.2 8 M EUR" in rows


def test_an_evaluation_states_no_bound_for_a_part(tmp_path: Path) -> None:
    """The plan with 14 points is better in risk reduction than the plan of the best sum."""
    best = json.loads(concord("solve", write_document(tmp_path, SMALLEST), "--json").stdout)
    plan = write_document(tmp_path, best["plan"], "plan.json")
    problem = write_document(tmp_path, WEIGHTED, "weighted.json")
    evaluation: dict[str, Any] = json.loads(concord("evaluate", problem, "--plan", plan, "--json").stdout)
    assert evaluation["check"]["passed"]
    assert evaluation["scores"][0]["value"] == pytest.approx(14)
    for score in evaluation["scores"]:
        assert score | NOTHING_KNOWN == score
