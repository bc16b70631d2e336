from fastapi.testclient import TestClient

from tests.service.asking import refusal


def test_every_listed_example_exists_and_is_sound(client: TestClient) -> None:
    items = client.get("/v1/examples").json()["items"]
    assert items
    for item in items:
        example = client.get(item["link"])
        assert example.status_code == 200
        assert client.post("/v1/checks", json=example.json()).json()["sound"], item["id"]


def test_the_first_example_is_the_smallest(client: TestClient) -> None:
    assert client.get("/v1/examples").json()["items"][0]["id"] == "smallest"


def test_an_unknown_example_is_refused_with_the_known_ones(client: TestClient) -> None:
    details = refusal(client.get("/v1/examples/atlantis"), 404, "not_found")
    assert "smallest" in details["detail"]


def test_an_example_is_a_name_and_not_a_path(client: TestClient) -> None:
    refusal(client.get("/v1/examples/..%2F..%2Fpyproject"), 404, "not_found")
