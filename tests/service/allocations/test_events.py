import json
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from models.outcome import Progress
from service.allocations import events
from service.allocations.event_feed import EventFeed
from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly, refusal, until
from tests.service.conftest import Start


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
    found = events_of(client, begin(client, exactly(a_hard_problem(), time_limit_s=2)))
    data = json.loads(next(event for event in found if event["event"] == "incumbent")["data"])
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


def test_an_event_never_repeats_the_figures_of_the_one_before(client: TestClient) -> None:
    found = events_of(client, begin(client, exactly(a_hard_problem(), time_limit_s=4)))
    data = [json.loads(event["data"]) for event in found if event["event"] == "incumbent"]
    figures = [{name: value for name, value in one.items() if name not in {"elapsed_s", "at"}} for one in data]
    assert all(one != other for one, other in pairwise(figures))
    assert max(one["nodes"] for one in figures) > 0


def test_many_streams_get_all_events_from_one_poll(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    polls, per_stream = list[int](), list[str]()
    read, events_after = EventFeed._read, events._events_after

    def counted_read(feed: EventFeed, seen: dict[str, int]) -> Any:
        polls.append(len(seen))
        return read(feed, seen)

    def counted_events_after(context: Any, allocation_id: str, last_seen: int) -> Any:
        per_stream.append(allocation_id)
        return events_after(context, allocation_id, last_seen)

    monkeypatch.setattr(EventFeed, "_read", counted_read)
    monkeypatch.setattr(events, "_events_after", counted_events_after)
    with start() as client, ThreadPoolExecutor(30) as pool:
        running = begin(client, exactly(a_hard_problem(), time_limit_s=3))
        found = list(pool.map(lambda _: events_of(client, running), range(30)))
    assert {one[0]["event"] for one in found} == {"queued"}
    assert {one[-1]["event"] for one in found} == {"done"}
    assert len(per_stream) == 30
    assert set(polls) == {1}
    assert len(polls) < 100


def test_streams_beyond_the_limit_are_refused_with_retry_after(start: Start) -> None:
    with start(max_event_streams=1) as client:
        running = begin(client, exactly(a_hard_problem(), time_limit_s=60))
        with ThreadPoolExecutor(1) as pool:
            first = pool.submit(events_of, client, running)
            until(lambda: client.app.state.context.feed.streams == 1)  # type: ignore[attr-defined]
            response = client.get(f"{ALLOCATIONS}/{running}/events")
            refusal(response, 429, "too_many_streams")
            assert response.headers["retry-after"]
            client.post(f"{ALLOCATIONS}/{running}/cancel")
            assert first.result()[-1]["event"] == "done"
        assert events_of(client, running)[-1]["event"] == "done"


def test_a_stream_ends_when_its_allocation_is_removed(start: Start) -> None:
    with start() as client, ThreadPoolExecutor(1) as pool:
        running = begin(client, exactly(a_hard_problem(), time_limit_s=60))
        stream = pool.submit(events_of, client, running)
        until(lambda: client.app.state.context.feed.streams == 1)  # type: ignore[attr-defined]
        client.delete(f"{ALLOCATIONS}/{running}")
        assert stream.result(timeout=10)[-1]["event"] != "done"
