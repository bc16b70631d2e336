import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.service.asking import (
    ALLOCATIONS,
    ASYNC,
    a_hard_problem,
    a_problem,
    begin,
    exactly,
    job,
    refusal,
    until_job,
)
from tests.service.conftest import Start

Envelope = dict[str, Any]

LONG = {"Prefer": "wait=30"}


def a_base(client: TestClient, **changes: Any) -> Envelope:
    response = client.post(ALLOCATIONS, json=a_problem(**changes), headers=LONG)
    assert response.status_code == 200, response.text
    return dict(response.json())


def what_if(client: TestClient, base: Envelope | str, body: Any, **headers: str) -> Envelope:
    parent = base if isinstance(base, str) else base["id"]
    response = client.post(f"{ALLOCATIONS}/{parent}/what-if", json=body, headers=LONG | headers)
    assert response.status_code in {200, 202}, response.text
    assert response.headers["location"] == response.json()["links"]["self"]
    return dict(response.json())


def ended(client: TestClient, envelope: Envelope) -> Envelope:
    until_job(client, envelope["id"], "succeeded", "failed", "superseded")
    return dict(client.get(envelope["links"]["self"]).json())


def value_of(envelope: Envelope) -> float:
    return float(envelope["outcome"]["objectives"][0]["value"])


def test_a_what_if_creates_a_new_allocation_with_its_parent(client: TestClient) -> None:
    base = a_base(client)
    answer = ended(client, what_if(client, base, {"changes": {"members/a/resources/money": 2}}))
    assert answer["parent"] == base["id"]
    assert answer["id"] != base["id"]
    assert value_of(answer) == pytest.approx(9)  # 6 M EUR, all spent on watch
    assert answer["outcome"]["status"] == "optimal"
    assert answer["outcome"]["check"]["passed"]
    assert answer["outcome"]["config"]["overrides"] == {"members/a/resources/money": 2}


def test_the_first_answer_is_a_checked_plan_marked_as_early(client: TestClient) -> None:
    base = begin(client, exactly(a_hard_problem(), time_limit_s=5))
    until_job(client, base, "succeeded")
    early = what_if(client, base, {"changes": {"members/a/resources/r0": 1_500}, "session": "early"})
    assert early["job"]["status"] == "running"
    assert early["outcome"]["status"] == "feasible"
    assert early["outcome"]["check"]["passed"]
    assert "early" in early["outcome"]["reason"] or "first answer" in early["outcome"]["reason"]
    assert early["outcome"]["objectives"][0]["gap"] > 0
    best = client.get(early["links"]["self"]).json()
    assert value_of(best) >= value_of(early)
    client.delete(early["links"]["self"])


def test_a_newer_what_if_of_the_session_supersedes_the_older_at_once_and_keeps_its_plan(client: TestClient) -> None:
    base = begin(client, exactly(a_hard_problem(), time_limit_s=5))
    until_job(client, base, "succeeded")
    older = what_if(client, base, {"changes": {"members/a/resources/r0": 1_500}, "session": "s"})
    asked_at = time.monotonic()
    newer = what_if(client, base, {"changes": {"members/a/resources/r0": 1_400}, "session": "s"})
    assert time.monotonic() - asked_at < 5  # not the minute that the older solve would have taken
    assert newer["outcome"]["check"]["passed"]
    superseded = client.get(older["links"]["self"]).json()
    assert superseded["job"]["status"] == "superseded"
    assert superseded["job"]["superseded_by"] == newer["id"]
    assert value_of(superseded) >= value_of(older)
    stream = client.get(older["links"]["events"]).text
    assert (
        stream.rstrip().split("\n\n")[-1].startswith("event: done")
        or "event: done" in stream.rstrip().split("\n\n")[-1]
    )
    client.delete(newer["links"]["self"])


def test_a_queued_what_if_is_superseded_before_it_starts(client: TestClient) -> None:
    base, busy = a_base(client), begin(client, exactly(a_hard_problem()))
    until_job(client, busy, "running")
    path = f"{ALLOCATIONS}/{base['id']}/what-if"
    older, newer = (
        client.post(path, json={"changes": {"members/a/resources/money": money}, "session": "w"}, headers=ASYNC).json()
        for money in (1, 2)
    )
    client.delete(f"{ALLOCATIONS}/{busy}")
    assert job(client, older["id"])["status"] == "superseded"
    assert ended(client, newer)["job"]["status"] == "succeeded"


def test_what_ifs_of_different_sessions_do_not_supersede_each_other(client: TestClient) -> None:
    base = a_base(client)
    answers = [
        what_if(client, base, {"changes": {"members/a/resources/money": money}, **session})
        for money, session in ((1, {"session": "x"}), (2, {"session": "y"}), (3, {}), (5, {}))
    ]
    assert [ended(client, envelope)["job"]["status"] for envelope in answers] == ["succeeded"] * 4


def test_a_what_if_of_a_what_if_starts_from_the_problem_as_its_parent_solved_it(client: TestClient) -> None:
    first = what_if(client, a_base(client), {"changes": {"members/a/resources/money": 2}})
    second = what_if(client, first, {"changes": {"members/b": {"id": "b", "resources": {"money": 0}}}})
    assert value_of(ended(client, second)) == pytest.approx(3)
    solved = client.get(second["links"]["problem"]).json()
    assert [member["resources"]["money"] for member in solved["members"]] == [2, 0]


def test_a_shorter_address_replaces_values_below_it_in_the_parent(client: TestClient) -> None:
    first = what_if(client, a_base(client), {"changes": {"members/a/resources/money": 2}})
    second = what_if(client, first, {"changes": {"members/a/resources": {"money": 6}}})
    assert value_of(ended(client, second)) == pytest.approx(14)


def test_null_removes_an_entry_that_the_parent_added(client: TestClient) -> None:
    gone = what_if(client, a_base(client), {"changes": {"withdrawn/a": {}}})
    back = what_if(client, gone, {"changes": {"withdrawn/a": None}})
    assert [value_of(ended(client, envelope)) for envelope in (gone, back)] == pytest.approx([6, 14])


def test_a_lock_forbids_an_activity(client: TestClient) -> None:
    answer = ended(client, what_if(client, a_base(client), {"locks": {"forbid": [{"activity": "watch"}]}}))
    assert [run["id"] for run in answer["outcome"]["plan"]["activities"]] == ["train"]
    assert value_of(answer) == pytest.approx(10)


def test_a_what_if_relaxes_its_groups_and_otherwise_keeps_those_of_its_parent(client: TestClient) -> None:
    base = a_base(client, positions=[{"member": "b", "activity": "watch", "value": -2}])
    assert value_of(base) == pytest.approx(10)
    free = what_if(client, base, {"relax": ["decision", "participation"]})
    assert value_of(ended(client, free)) == pytest.approx(14)
    still_free = what_if(client, free, {"changes": {"members/a/resources/money": 5}})
    assert value_of(ended(client, still_free)) == pytest.approx(13)


def test_a_change_without_a_feasible_plan_is_infeasible(client: TestClient) -> None:
    answer = ended(client, what_if(client, a_base(client), {"changes": {"policy/min_spend/iraq": 1_000}}))
    assert answer["job"]["status"] == "succeeded"
    assert answer["outcome"]["status"] == "infeasible"


def test_a_repeated_what_if_is_answered_from_storage(client: TestClient) -> None:
    base = a_base(client)
    first, second = (ended(client, what_if(client, base, {"changes": {"members/a/resources/money": 2}})) for _ in "ab")
    assert second["job"]["reused_from"] == first["id"]
    assert second["parent"] == base["id"]


def test_an_unknown_parent_is_not_found(client: TestClient) -> None:
    refusal(client.post(f"{ALLOCATIONS}/alc_none/what-if", json={}), 404, "not_found")


@pytest.mark.parametrize(
    "body, pointer, code",
    [
        ({"change": {}}, "/change", "unknown_key"),
        ({"relax": ["everything"]}, "/relax/0", "not_allowed"),
        ({"changes": {"members/a/resources/money": -1}}, "/changes/members~1a~1resources~1money", "out_of_range"),
        ({"locks": {"run": [{"activity": "w"}]}}, "/locks", "unknown_reference"),
        ({"locks": {"run": [{}]}}, "/locks/run/0/activity", "missing"),
        ({"changes": {f"members/a/x{n}": 1 for n in range(2_001)}}, "/changes", "too_many"),
    ],
)
def test_an_issue_has_a_pointer_into_the_body(client: TestClient, body: Any, pointer: str, code: str) -> None:
    base = a_base(client)
    details = refusal(client.post(f"{ALLOCATIONS}/{base['id']}/what-if", json=body), 422, "invalid_document")
    assert (details["errors"][0]["pointer"], details["errors"][0]["code"]) == (pointer, code)


def test_an_unknown_address_is_reported_with_the_known_addresses(client: TestClient) -> None:
    base = a_base(client)
    body = {"changes": {"members/z/resources/money": 1}}
    details = refusal(client.post(f"{ALLOCATIONS}/{base['id']}/what-if", json=body), 422, "invalid_document")
    [issue] = details["errors"]
    assert (issue["code"], issue["pointer"]) == ("unknown_address", "/changes/members~1z~1resources~1money")


def test_a_repeated_idempotency_key_creates_one_what_if(client: TestClient) -> None:
    base, body = a_base(client), {"changes": {"members/a/resources/money": 2}}
    first, second = (what_if(client, base, body, **{"Idempotency-Key": base["id"]}) for _ in "ab")
    assert first["id"] == second["id"]
    path = f"{ALLOCATIONS}/{base['id']}/what-if"
    other = client.post(path, json={}, headers={"Idempotency-Key": base["id"]})
    refusal(other, 422, "idempotency_key_reused")


def test_a_what_if_without_changes_reuses_the_outcome_of_its_parent(client: TestClient) -> None:
    base = a_base(client)
    assert what_if(client, base, {})["job"]["reused_from"] == base["id"]


def test_a_what_if_is_answered_after_a_restart(start: Start) -> None:
    with start() as client:
        base = a_base(client)
    with start() as client:
        answer = ended(client, what_if(client, base, {"changes": {"members/a/resources/money": 2}}))
    assert value_of(answer) == pytest.approx(9)


def test_without_memory_for_warm_programs_a_what_if_is_a_cold_solve(start: Start) -> None:
    with start(warm_memory_mb=0) as client:
        answer = ended(client, what_if(client, a_base(client), {"changes": {"members/a/resources/money": 2}}))
    assert value_of(answer) == pytest.approx(9)


def test_without_worker_processes_a_what_if_is_refused(start: Start) -> None:
    with start() as client:
        base = a_base(client)
    with start(workers=0) as client:
        body = {"changes": {"members/a/resources/money": 2}}
        refusal(client.post(f"{ALLOCATIONS}/{base['id']}/what-if", json=body), 503, "no_worker")


def test_a_plan_of_ones_own_locks_what_it_runs(client: TestClient) -> None:
    """watch alone is worth more a M EUR; a plan that trains makes train run all the same."""
    base = a_base(client)
    activities = {"changes": {"activities/train/min_level": 2}}
    gift = {"contributor": "a", "activity": "train", "resource": "money", "amount": 2}
    answer = ended(client, what_if(client, base, activities | {"locks": {"plan": {"allocations": [gift]}}}))
    assert "train" in {run["id"] for run in answer["outcome"]["plan"]["activities"]}
    assert answer["outcome"]["config"]["overrides"]["policy/run/train"] == {}


def test_a_plan_to_keep_says_when_if_there_are_several_periods(client: TestClient) -> None:
    base = a_base(client, periods=["p1", "p2"])
    gift = {"contributor": "a", "activity": "train", "resource": "money", "amount": 2}
    body = {"changes": {"activities/train/min_level": 2}, "locks": {"plan": {"allocations": [gift]}}}
    response = client.post(f"{ALLOCATIONS}/{base['id']}/what-if", json=body)
    assert response.status_code == 422
    assert [issue["pointer"] for issue in response.json()["errors"]] == ["/locks/plan/allocations/0/period"]
