from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly


def test_head_answers_like_get_without_the_body(client: TestClient) -> None:
    allocation = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    for path in (allocation, ALLOCATIONS, "/health/live"):
        whole, head = client.get(path), client.head(path)
        assert head.status_code == whole.status_code == 200
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.content == b""


def test_head_of_an_unknown_allocation_is_not_found(client: TestClient) -> None:
    assert client.head(f"{ALLOCATIONS}/alc_0").status_code == 404


def test_head_of_events_does_not_wait_for_the_job(client: TestClient) -> None:
    path = f"{ALLOCATIONS}/{begin(client, exactly(a_hard_problem()))}"
    head = client.head(f"{path}/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].startswith("text/event-stream")
    assert client.get(path).json()["job"]["status"] in {"queued", "running"}
    assert client.delete(path).status_code == 204
    assert client.head(f"{path}/events").status_code == 404


def test_head_of_events_answers_204_if_no_event_follows(client: TestClient) -> None:
    path = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["events"]
    assert client.head(path, headers={"Last-Event-ID": "9" * 17}).status_code == 204
