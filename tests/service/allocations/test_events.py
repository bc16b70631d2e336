import json
from typing import Any

from fastapi.testclient import TestClient

from models.outcome import Progress
from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly, refusal


def events_of(client: TestClient, allocation_id: str, *, after: str | None = None) -> list[dict[str, Any]]:
    headers = {} if after is None else {"Last-Event-ID": after}
    response = client.get(f"{ALLOCATIONS}/{allocation_id}/events", headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [block for block in response.text.split("\n\n") if block and not block.startswith(":")]
    return [dict(line.split(": ", 1) for line in block.split("\n")) for block in blocks]


def test_the_events_of_a_solve_come_in_order_and_end_with_done(client: TestClient) -> None:
    kinds = [event["event"] for event in events_of(client, begin(client, a_problem()))]
    assert kinds[:2] == ["queued", "started"]
    assert kinds[-1] == "done"
    assert set(kinds[2:-1]) <= {"incumbent"}


def test_an_incumbent_event_has_objective_bound_gap_nodes_and_time(client: TestClient) -> None:
    events = events_of(client, begin(client, exactly(a_hard_problem(), time_limit_s=2)))
    data = json.loads(next(event for event in events if event["event"] == "incumbent")["data"])
    assert data.keys() == {*Progress.model_fields, "at"}


def test_the_done_event_has_the_status_of_job_and_outcome(client: TestClient) -> None:
    last = events_of(client, begin(client, a_problem()))[-1]
    data = json.loads(last["data"])
    assert (data["status"], data["outcome_status"]) == ("succeeded", "optimal")


def test_a_resumed_stream_has_only_later_events(client: TestClient) -> None:
    allocation_id = begin(client, a_problem())
    everything = events_of(client, allocation_id)
    assert events_of(client, allocation_id, after=everything[0]["id"]) == everything[1:]


def test_a_reader_that_has_seen_done_gets_204(client: TestClient) -> None:
    allocation_id = begin(client, a_problem())
    seen = events_of(client, allocation_id)[-1]["id"]
    response = client.get(f"{ALLOCATIONS}/{allocation_id}/events", headers={"Last-Event-ID": seen})
    assert response.status_code == 204
    assert response.content == b""


def test_a_stream_from_an_id_above_all_events_ends_with_the_job(client: TestClient) -> None:
    running = begin(client, exactly(a_hard_problem(), time_limit_s=1))
    assert events_of(client, running, after="9" * 18) == []


def test_an_id_that_no_event_can_have_is_ignored(client: TestClient) -> None:
    for impossible in ("9" * 5_000, "-1", "1.5", "last"):
        assert events_of(client, begin(client, a_problem()), after=impossible)[0]["event"] == "queued"


def test_an_unknown_allocation_has_no_events(client: TestClient) -> None:
    refusal(client.get(f"{ALLOCATIONS}/alc_none/events"), 404, "not_found")
