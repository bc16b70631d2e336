from typing import Any

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.check import check
from tests.support.plans import a_plan, broken_rows, changed
from tests.support.problems import a_problem

ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "allocations": (
        {"contributor": "a", "activity": "train", "resource": "money", "period": "p1", "amount": 0.0},
        "contributor activity resource period scenario",
    ),
    "coordination": (
        {"member": "a", "partner": "eu", "resource": "money", "period": "p1", "amount": 0.0},
        "member partner resource period scenario",
    ),
    "concessions": (
        {"member": "a", "activity": "train", "framework": "alliance", "amount": 0.0},
        "member activity framework",
    ),
    "investments": ({"id": "radar", "period": "p1", "units": 0.0}, "id period"),
    "coverage": (
        {
            "theatre": "iraq",
            "driver": "risk",
            "period": "p1",
            "baseline": 100.0,
            "reduction": 0.0,
            "residual": 100.0,
            "share": 0.0,
        },
        "theatre driver period scenario",
    ),
    "burden": (
        {"member": "a", "cost": 0.0, "share": 0.0, "fair_share": 1.0, "relative_burden": 0.0},
        "member",
    ),
    "divergence": (
        {
            "activity": "train",
            "period": "p1",
            "range": 0.0,
            "total_deviation": 0.0,
            "pairwise": 0.0,
            "willing_share": 1.0,
        },
        "activity period",
    ),
}


def known() -> Problem:
    return a_problem(partners=[{"id": "eu"}], investments=[{"id": "radar", "contributor": "a", "cost": {}, "adds": {}}])


def judged(field: str, **other: object) -> list[str]:
    problem = known()
    entry = ROWS[field][0] | other
    return broken_rows(problem, changed(a_plan(problem, runs={"train": None}), **{field: [entry]}))


@pytest.mark.parametrize("field", ROWS)
def test_reads_entries_whose_names_the_problem_knows(field: str) -> None:
    assert judged(field) == []


@pytest.mark.parametrize("field, name", [(field, name) for field, (_, names) in ROWS.items() for name in names.split()])
def test_rejects_an_unknown_name(field: str, name: str) -> None:
    (row,) = judged(field, **{name: "atlantis"})
    assert row.startswith("plan ")


@pytest.mark.parametrize(
    "field, value",
    [
        ("id", "atlantis"),
        ("period", "p9"),
        ("framework", "atlantis"),
        ("scenario", "atlantis"),
        ("participants", ["atlantis"]),
        ("stood_aside", [{"member": "atlantis", "why": "sunk"}]),
    ],
)
def test_rejects_a_run_with_an_unknown_name(field: str, value: object) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    run = plan.activities[0].model_dump() | {field: value}
    assert broken_rows(problem, changed(plan, activities=[run])) == [f"plan run/{run['id']}/{run['period']}"]


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), float("-inf")])
def test_rejects_an_amount_that_is_no_number(amount: float) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    allocation = plan.allocations[0].model_copy(update={"amount": amount})
    report = check(problem, Plan.model_copy(plan, update={"allocations": (allocation,)}))
    assert [violation.row for violation in report.violations] == ["allocation/a/train/money/p1"]
    assert report.largest_violation == 1


def test_says_in_words_what_is_unknown() -> None:
    problem = known()
    wrong = changed(a_plan(problem), allocations=[ROWS["allocations"][0] | {"resource": "gold"}])
    (violation,) = check(problem, wrong).violations
    assert violation.sentence == "the plan names the resource gold, which the problem does not have"


@pytest.mark.parametrize("field", ["coverage", "burden", "divergence", "scenarios"])
def test_rejects_a_figure_that_is_given_twice(field: str) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    (entry,) = plan.model_dump()[field]
    (row,) = broken_rows(problem, changed(plan, **{field: [entry, entry]}))
    assert row.startswith("plan ")
