import copy
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.evaluations.schemas import EXAMPLE
from tests.service.asking import ALLOCATIONS, ASYNC, JSON, Document, a_hard_problem, a_problem, exactly, refusal
from tests.service.conftest import Start

EVALUATIONS = "/v1/evaluations"
CASES = Path(__file__).parents[2] / "cases"


def solved(client: TestClient, problem: Document) -> Document:
    return dict(client.post(ALLOCATIONS, json=problem).json()["outcome"])


def evaluate(client: TestClient, problem: Document, plan: Any, **config: Any) -> Document:
    response = client.post(EVALUATIONS, json={"problem": problem, "plan": plan, "config": config})
    assert response.status_code == 200, response.text
    return dict(response.json())


def broken(evaluation: Document) -> list[tuple[str, str]]:
    return [(violation["constraint"], violation["row"]) for violation in evaluation["check"]["violations"]]


def empty_plan() -> Document:
    """Return the plan without any contribution."""
    lists = ("allocations", "activities", "coverage", "burden", "divergence", "scenarios")
    return {name: [] for name in (*lists, "coordination", "concessions", "investments")}


def test_the_plan_of_an_outcome_passes_and_is_as_good_as_its_bound(client: TestClient) -> None:
    problem = a_problem()
    outcome = solved(client, problem)
    evaluation = evaluate(client, problem, outcome["plan"])
    assert evaluation["schema"] == "concord.evaluation/1"
    assert evaluation["check"]["passed"]
    assert evaluation["outcome_status"] == "optimal"
    assert evaluation["config"]["solver"]["time_limit_s"] == 60
    first = evaluation["scores"][0]
    assert (first["metric"], first["value"], first["bound"]) == ("risk_reduction", pytest.approx(14), pytest.approx(14))


@pytest.mark.parametrize("whole", ["outcome", "envelope"])
def test_a_whole_outcome_or_envelope_is_accepted_as_a_plan(client: TestClient, whole: str) -> None:
    problem = a_problem()
    envelope = client.post(ALLOCATIONS, json=problem).json()
    assert evaluate(client, problem, envelope["outcome"] if whole == "outcome" else envelope)["check"]["passed"]


def test_a_violated_row_is_reported_with_its_amount(client: TestClient) -> None:
    problem = a_problem()
    plan = copy.deepcopy(solved(client, problem)["plan"])
    given = plan["allocations"][0]
    given["amount"] += 100
    evaluation = evaluate(client, problem, plan)
    assert not evaluation["check"]["passed"]
    assert ("availability", f"{given['contributor']}/money/p1") in broken(evaluation)
    assert evaluation["check"]["violations"][0]["amount"] > 90


def test_an_id_that_the_problem_does_not_have_is_reported(client: TestClient) -> None:
    problem = a_problem()
    plan = copy.deepcopy(solved(client, problem)["plan"])
    plan["allocations"][0]["contributor"] = "atlantis"
    evaluation = evaluate(client, problem, plan)
    assert broken(evaluation)[0][0] == "plan"
    assert "atlantis" in evaluation["check"]["violations"][0]["sentence"]
    assert evaluation["scores"] == []


def test_the_example_of_the_documentation_is_feasible_with_value_10_of_14(client: TestClient) -> None:
    evaluation = evaluate(client, EXAMPLE["problem"], EXAMPLE["plan"])
    assert broken(evaluation) == []
    first = evaluation["scores"][0]
    assert (first["value"], first["bound"]) == (pytest.approx(10), pytest.approx(14))
    assert first["gap"] == pytest.approx(4 / 14)


def test_the_empty_plan_is_a_plan(client: TestClient) -> None:
    problem = a_problem()
    evaluation = evaluate(client, problem, empty_plan())
    assert evaluation["check"]["passed"]
    assert evaluation["scores"][0]["value"] == 0


def test_a_stored_outcome_is_reused(client: TestClient) -> None:
    problem = a_problem()
    before = client.post(ALLOCATIONS, json=problem).json()
    response = client.post(EVALUATIONS, json={"problem": problem, "plan": before["outcome"]})
    assert response.headers["link"] == f'<{before["links"]["self"]}>; rel="related"'


def test_a_bound_that_takes_longer_comes_from_the_same_solve_later(client: TestClient) -> None:
    body = exactly(a_hard_problem()) | {"plan": empty_plan()}
    first = client.post(EVALUATIONS, json=body, headers=ASYNC)
    assert first.status_code == 202, first.text
    assert first.headers["retry-after"]
    assert first.headers["preference-applied"] == "respond-async"
    assert (first.json()["outcome_status"], first.json()["scores"][0]["bound"]) == (None, None)
    assert first.json()["check"]["passed"]
    again = client.post(EVALUATIONS, json=body, headers={"Prefer": "wait=1"})
    assert again.status_code == 202
    assert again.headers["link"] == first.headers["link"]
    allocation = first.headers["link"].partition(">")[0].removeprefix("<")
    client.post(f"{allocation}/cancel")
    client.delete(allocation)


def test_without_worker_processes_an_evaluation_is_refused(start: Start) -> None:
    with start(workers=0) as client:
        body = {"problem": a_problem(), "plan": empty_plan()}
        refusal(client.post(EVALUATIONS, json=body), 503, "no_worker")


@pytest.mark.parametrize(
    "body, pointer, code",
    [
        ({"problem": a_problem()}, "", "missing"),
        (a_problem(), "", "missing"),
        ({"problem": a_problem(), "plan": {"allocations": 3}}, "/plan/allocations", "wrong_type"),
        ({"problem": a_problem(), "plan": {"status": "infeasible", "plan": None}}, "/plan/plan", "missing"),
        ({"problem": a_problem(members=[]), "plan": empty_plan()}, "/problem/members", "too_few"),
        (
            {"problem": a_problem(), "plan": empty_plan(), "config": {"relax": ["x"]}},
            "/config/relax/0",
            "not_allowed",
        ),
        ({"problem": a_problem(), "plan": empty_plan(), "plann": {}}, "/plann", "unknown_key"),
        ({"plan": empty_plan()}, "", "missing"),
    ],
)
def test_an_issue_has_a_pointer_into_the_body(client: TestClient, body: Any, pointer: str, code: str) -> None:
    details = refusal(client.post(EVALUATIONS, json=body), 422, "invalid_document")
    assert (details["errors"][0]["pointer"], details["errors"][0]["code"]) == (pointer, code)


def test_invalid_json_is_refused(client: TestClient) -> None:
    refusal(client.post(EVALUATIONS, content="{", headers=JSON), 400, "malformed_json")


def a_gift(**fields: Any) -> Document:
    return {"contributor": "a", "activity": "train", "resource": "money", "amount": 6, **fields}


def test_who_gives_what_is_plan_enough(client: TestClient) -> None:
    evaluation = evaluate(client, a_problem(), {"allocations": [a_gift()]})
    assert evaluation["check"]["passed"]
    assert evaluation["figures"]["passed"]
    (run,) = evaluation["plan"]["activities"]
    assert (run["framework"], run["level"]) == ("alliance", pytest.approx(6))
    assert evaluation["scores"][0]["value"] == pytest.approx(6)


def test_an_invented_regret_is_listed(client: TestClient) -> None:
    case = json.loads((CASES / "plan_with_an_invented_regret.json").read_bytes())
    evaluation = evaluate(client, case["problem"], case["plan"])
    assert evaluation["check"]["passed"]
    assert [violation["row"] for violation in evaluation["figures"]["violations"]] == ["base/regret"]


def test_a_missing_period_is_refused_with_its_place_in_the_body(client: TestClient) -> None:
    body = {"problem": a_problem() | {"periods": ["p1", "p2"]}, "plan": {"allocations": [a_gift()]}}
    response = client.post(EVALUATIONS, json=body)
    assert response.status_code == 422
    (issue,) = response.json()["errors"]
    assert (issue["pointer"], issue["code"]) == ("/plan/allocations/0/period", "missing")


@pytest.mark.parametrize("path", [ALLOCATIONS, "/v1/checks"])
@pytest.mark.parametrize("amount", ["NaN", "Infinity", True, "6_0"])
def test_an_announced_amount_that_is_no_number_is_refused_everywhere(
    client: TestClient, path: str, amount: object
) -> None:
    baseline = {"plan": {"allocations": [a_gift(amount=amount)]}}
    response = client.post(path, json=a_problem() | {"baseline": baseline})
    document = response.json()
    issues = document["issues"] if path.endswith("checks") else document["errors"]
    assert [(one["pointer"], one["code"]) for one in issues] == [
        ("/baseline/plan/allocations/0/amount", "not_a_number")
    ]
    assert response.status_code == 422 or not document["sound"]
