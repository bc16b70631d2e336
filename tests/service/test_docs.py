import json
import re

from fastapi.testclient import TestClient

FOREIGN = re.compile(r"""(?:src|href|url)\s*[=:]\s*["'](?:https?:)?//""")


def test_the_documentation_page_refers_to_no_other_host(client: TestClient) -> None:
    page = client.get("/docs").text
    assert not FOREIGN.search(page)
    for asset in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert client.get(asset).status_code == 200, asset


def test_the_page_may_load_from_its_own_host_only(client: TestClient) -> None:
    policy = client.get("/docs").headers["content-security-policy"]
    assert "http" not in policy
    assert "script-src 'self' 'sha256-" in policy


def test_its_examples_can_be_sent_unchanged(client: TestClient) -> None:
    content = client.get("/openapi.json").json()["paths"]["/v1/allocations"]["post"]["requestBody"]["content"]
    examples = content["application/json"]["examples"]
    assert examples
    for name, example in examples.items():
        response = client.post("/v1/allocations", json=example["value"])
        assert response.status_code == 200, (name, json.dumps(response.json())[:500])
        assert response.json()["outcome"]["status"] in {"optimal", "infeasible"}, name
