from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly


def test_head_says_what_get_would_without_the_body(client: TestClient) -> None:
    here = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    for path in (here, ALLOCATIONS, "/health/live"):
        whole, head = client.get(path), client.head(path)
        assert head.status_code == whole.status_code == 200
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.content == b""


def test_head_of_nothing_is_nothing(client: TestClient) -> None:
    assert client.head(f"{ALLOCATIONS}/alc_0").status_code == 404


def test_the_head_of_events_does_not_last_as_long_as_a_job(client: TestClient) -> None:
    here = f"{ALLOCATIONS}/{begin(client, exactly(a_hard_problem()))}"
    head = client.head(f"{here}/events")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"].startswith("text/event-stream")
    assert client.get(here).json()["job"]["status"] in {"queued", "running"}
    assert client.delete(here).status_code == 204
    assert client.head(f"{here}/events").status_code == 404


def test_the_head_of_events_of_which_none_follows_says_so(client: TestClient) -> None:
    here = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["events"]
    assert client.head(here, headers={"Last-Event-ID": "9" * 17}).status_code == 204
