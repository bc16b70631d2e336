"""A solve begins with the best plan that the service knows, or with a plan of one's own."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.readers.readers import SMALL_BYTES
from tests.service.asking import ALLOCATIONS, a_hard_problem, a_problem, begin, exactly, refusal, until_job
from tests.service.conftest import Start

Document = dict[str, Any]


def solved(client: TestClient, body: Document) -> Document:
    allocation = begin(client, body)
    until_job(client, allocation, "succeeded")
    return dict(client.get(f"{ALLOCATIONS}/{allocation}").json())


def value_of(envelope: Document) -> float:
    return float(envelope["outcome"]["objectives"][0]["value"])


def started_from_own(envelope: Document) -> bool:
    return not any("plan to start from" in warning for warning in envelope["outcome"]["warnings"])


def test_a_question_that_a_limit_cut_short_is_not_answered_worse_with_less_time(client: TestClient) -> None:
    problem = a_hard_problem()
    first = solved(client, exactly(problem, time_limit_s=2))
    again = solved(client, exactly(problem, time_limit_s=0.5, seed=1))
    assert again["job"]["reused_from"] is None
    assert value_of(again) >= value_of(first) * (1 - 1e-12)


@pytest.mark.parametrize("as_document", [True, False])
def test_a_solve_starts_from_a_plan_document_or_from_the_plan_of_an_allocation(
    client: TestClient, *, as_document: bool
) -> None:
    problem = a_problem()
    base = client.post(ALLOCATIONS, json=problem).json()
    start = base["outcome"]["plan"] if as_document else base["id"]
    body = {"problem": problem, "config": {"reuse": False}, "start": start}
    again = client.post(ALLOCATIONS, json=body).json()
    assert again["outcome"]["found_by"] == "plan_before"
    assert value_of(again) == pytest.approx(14)
    assert started_from_own(again)


def test_who_gives_what_is_enough_for_a_start(client: TestClient) -> None:
    gives = [{"contributor": one, "activity": "watch", "resource": "money", "amount": 4} for one in ("a", "b")]
    start = {"allocations": [*gives, {"contributor": "a", "activity": "train", "resource": "money", "amount": 2}]}
    answer = client.post(ALLOCATIONS, json={"problem": a_problem(), "start": start}).json()
    assert answer["outcome"]["found_by"] == "plan_before"
    assert value_of(answer) == pytest.approx(14)
    assert started_from_own(answer)


@pytest.mark.parametrize("as_document", [True, False])
def test_a_body_that_is_read_in_a_process_of_its_own_has_a_start_too(client: TestClient, *, as_document: bool) -> None:
    problem = a_problem(notes="x" * SMALL_BYTES)
    base = client.post(ALLOCATIONS, json=problem).json()
    start = base["outcome"]["plan"] if as_document else base["id"]
    again = client.post(ALLOCATIONS, json={"problem": problem, "config": {"reuse": False}, "start": start}).json()
    assert again["outcome"]["found_by"] == "plan_before"


def test_a_start_that_breaks_a_rule_is_told(client: TestClient) -> None:
    base = client.post(ALLOCATIONS, json=a_problem()).json()
    poorer = a_problem(members=[{"id": "a", "resources": {"money": 2}}, {"id": "b", "resources": {"money": 4}}])
    answer = client.post(ALLOCATIONS, json={"problem": poorer, "start": base["id"]}).json()
    assert answer["outcome"]["status"] == "optimal"
    assert not started_from_own(answer)


@pytest.mark.parametrize("notes", ["", "x" * SMALL_BYTES], ids=["small", "large"])
@pytest.mark.parametrize("start", ["alc_unknown", {"allocations": 3}, 7])
def test_a_start_that_is_no_plan_is_refused_with_its_place(client: TestClient, start: object, notes: str) -> None:
    problem = a_problem(notes=notes)
    details = refusal(client.post(ALLOCATIONS, json={"problem": problem, "start": start}), 422, "invalid_document")
    assert all(issue["pointer"].startswith("/start") for issue in details["errors"])


def test_a_what_if_starts_from_its_parent_where_no_program_is_kept(start: Start) -> None:
    with start(warm_memory_mb=0) as client:
        base = solved(client, exactly(a_hard_problem(), time_limit_s=4))
        body = {"changes": {"theatres/t/risk": 2_000_000}}
        headers = {"Prefer": "wait=20"}
        more = client.post(f"{ALLOCATIONS}/{base['id']}/what-if", json=body, headers=headers).json()
        assert value_of(more) >= value_of(base) * (1 - 1e-12)
        client.delete(more["links"]["self"])
