"""A plan of one's own as a document: little is required, and numbers are read as strictly as everywhere."""

from pathlib import Path
from typing import Any

import pytest

from models.digest import problem_digest
from models.errors import InvalidDocument, Issue
from models.own_plan import OwnPlan, running
from models.reading import parse_json, read_plan, read_plan_of, read_problem
from models.what_if import WhatIf
from optimizer.data.baseline import baseline_amounts
from tests.support.plans import a_plan
from tests.support.problems import a_document, a_problem

CASES = Path(__file__).parents[1] / "cases"

GIFT = {"contributor": "a", "activity": "train", "resource": "money", "amount": 6}


def with_baseline(**gift: Any) -> dict[str, Any]:
    return a_document(baseline={"plan": {"allocations": [{**GIFT, **gift}]}})


def issues_of(document: Any) -> list[Issue]:
    with pytest.raises(InvalidDocument) as refused:
        read_problem(document)
    return list(refused.value.issues)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "6_0", " 3 ", "3", True, None, float("nan"), float("inf"), []])
def test_an_announced_amount_is_a_number_and_nothing_else(amount: object) -> None:
    (issue,) = issues_of(with_baseline(amount=amount))
    assert (issue.address, issue.code) == ("baseline/plan/allocations/0/amount", "not_a_number")


@pytest.mark.parametrize("amount", [-5, 1e308])
def test_an_announced_amount_is_at_least_0_and_can_be_added_up(amount: float) -> None:
    (issue,) = issues_of(with_baseline(amount=amount))
    assert (issue.address, issue.code) == ("baseline/plan/allocations/0/amount", "out_of_range")


@pytest.mark.parametrize("name", ["baseline_with_nan", "baseline_with_a_flag_as_amount"])
def test_a_lax_amount_in_a_full_baseline_is_refused_with_its_address(name: str) -> None:
    found = issues_of(parse_json((CASES / f"{name}.json").read_bytes()))
    assert [(issue.address, issue.code) for issue in found] == [("baseline/plan/allocations/0/amount", "not_a_number")]


def test_a_name_of_python_is_an_unknown_key_that_suggests_the_name_of_documents() -> None:
    found = issues_of(parse_json((CASES / "need_under_a_name_of_python.json").read_bytes()))
    assert [(issue.address, issue.code, issue.suggestion) for issue in found] == [
        ("activities/train/needs/0/from", "missing", None),
        ("activities/train/needs/0/from_", "unknown_key", "from"),
    ]


@pytest.mark.parametrize("field", ["level", "effective_level", "effect"])
def test_the_figures_of_a_plan_are_numbers_too(field: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_plan({"allocations": [], "activities": [{"id": "train", field: "6"}]})
    assert [(one.address, one.code) for one in refused.value.issues] == [(f"activities/0/{field}", "not_a_number")]


def test_contributions_alone_are_a_baseline() -> None:
    problem = read_problem(with_baseline())
    assert baseline_amounts(problem, "base") == {("a", "train", "money", "p1"): 6}  # type: ignore[arg-type]


def test_a_baseline_in_several_periods_says_when() -> None:
    (issue,) = issues_of(with_baseline() | {"periods": ["p1", "p2"]})
    assert (issue.address, issue.code) == ("baseline/plan/allocations/0/period", "missing")
    problem = read_problem(with_baseline(period="p2") | {"periods": ["p1", "p2"]})
    assert list(baseline_amounts(problem, "base")) == [("a", "train", "money", "p2")]  # type: ignore[arg-type]


def test_the_plan_of_an_outcome_is_a_baseline_in_python_and_as_a_document() -> None:
    plan = a_plan(a_problem(), {"a/train": 6})
    as_object, as_document = ({"plan": given} for given in (plan, plan.model_dump(mode="json")))
    first, second = (read_problem(a_document(baseline=baseline)) for baseline in (as_object, as_document))
    assert first.baseline == second.baseline
    assert problem_digest(first) == problem_digest(second)


def test_empty_lists_mean_the_same_as_none() -> None:
    empty: dict[str, list[object]] = {name: [] for name in OwnPlan.model_fields if name != "allocations"}
    bare, full = with_baseline(), with_baseline()
    full["baseline"]["plan"] |= empty
    assert problem_digest(read_problem(bare)) == problem_digest(read_problem(full))


def test_a_missing_period_is_told_from_the_top_of_the_document() -> None:
    with pytest.raises(InvalidDocument) as refused:
        read_plan_of({"plan": {"allocations": [GIFT]}}, ("p1", "p2"))  # type: ignore[arg-type]
    assert [issue.pointer for issue in refused.value.issues] == ["/plan/allocations/0/period"]


def test_what_receives_something_runs() -> None:
    plan = read_plan({"allocations": [GIFT, {**GIFT, "activity": "watch", "amount": 0}], "activities": [{"id": "go"}]})
    assert running(plan) == {("go", None): None, ("train", None): None}


def test_a_plan_to_keep_locks_what_it_runs() -> None:
    plan = {
        "allocations": [{**GIFT, "period": "p2"}],
        "activities": [{"id": "watch", "period": "p1", "framework": "coalition"}],
    }
    change = WhatIf.model_validate({"locks": {"plan": plan, "run": [{"activity": "fly"}]}})
    assert change.overrides == {
        "policy/run/fly": {},
        "policy/run/watch:coalition:p1": {},
        "policy/run/train:-:p2": {},
    }
