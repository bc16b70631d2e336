from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_problem


def test_head_says_what_get_would_without_the_body(client: TestClient) -> None:
    here = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    for path in (here, ALLOCATIONS, "/health/live"):
        whole, head = client.get(path), client.head(path)
        assert head.status_code == whole.status_code == 200
        assert head.headers["content-type"] == whole.headers["content-type"]
        assert head.content == b""


def test_head_of_nothing_is_nothing(client: TestClient) -> None:
    assert client.head(f"{ALLOCATIONS}/alc_0").status_code == 404


def test_what_lasts_as_long_as_a_job_is_not_asked_for_its_head(client: TestClient) -> None:
    here = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["events"]
    assert client.head(here).status_code == 405
