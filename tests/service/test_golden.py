"""Submits every golden problem over HTTP and compares the objective with the value computed by hand."""

import pytest
from fastapi.testclient import TestClient

from tests.support.golden import ABSOLUTE_TOLERANCE, Golden, cases


@pytest.mark.parametrize("golden", cases(), ids=lambda golden: golden.name)
def test_the_envelope_has_the_value_computed_by_hand(client: TestClient, golden: Golden) -> None:
    answer = client.post(
        "/v1/allocations", json={"problem": golden.problem, "config": golden.config}, headers={"Prefer": "wait=30"}
    )
    assert answer.status_code == 200, answer.text
    envelope = answer.json()
    outcome = envelope["outcome"]
    assert envelope["job"]["status"] == "succeeded"
    assert outcome["status"] == golden.expect.get("status", "optimal")
    if outcome["objectives"]:
        wanted = pytest.approx(golden.expect["objective"], rel=0, abs=ABSOLUTE_TOLERANCE)
        assert outcome["objectives"][0]["value"] == wanted
        assert outcome["check"]["passed"]
