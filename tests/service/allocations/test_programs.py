import pytest
from fastapi.testclient import TestClient

from tests.service.asking import ALLOCATIONS, a_problem, refusal
from tests.service.conftest import Start


@pytest.mark.parametrize("form, shows", [("lp", "subject to"), ("mps", "ENDATA"), ("tex", "\\end{document}")])
def test_the_program_is_exported_as_solved(client: TestClient, form: str, shows: str) -> None:
    body = {"problem": a_problem(), "config": {"overrides": {"members/a/resources/money": 7.25}}}
    path = client.post(ALLOCATIONS, json=body).json()["links"]["self"]
    response = client.get(f"{path}/program.{form}")
    assert response.status_code == 200, response.text
    assert shows in response.text
    assert "7.25" in response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["content-disposition"] == f'attachment; filename="program.{form}"'


def test_an_unknown_form_is_not_found(client: TestClient) -> None:
    path = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    refusal(client.get(f"{path}/program.doc"), 404, "not_found")


def test_the_program_of_an_unknown_allocation_is_not_found(client: TestClient) -> None:
    refusal(client.get(f"{ALLOCATIONS}/alc_0/program.lp"), 404, "not_found")


def test_without_worker_processes_an_export_is_refused(start: Start) -> None:
    with start() as client:
        path = client.post(ALLOCATIONS, json=a_problem()).json()["links"]["self"]
    with start(workers=0) as client:
        refusal(client.get(f"{path}/program.lp"), 503, "no_worker")
