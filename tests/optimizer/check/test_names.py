from typing import Any

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.names import rows
from optimizer.check.row import EXACT, Row
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


KINDS = {
    "id": "investment",
    "contributor": "contributor",
    **{
        name: name for name in ("activity", "resource", "period", "member", "partner", "framework", "theatre", "driver")
    },
}


@pytest.mark.parametrize(
    "field, name",
    [(field, name) for field, (_, names) in ROWS.items() for name in names.split() if name != "scenario"],
)
def test_says_what_kind_of_thing_is_unknown(field: str, name: str) -> None:
    problem = known()
    plan = changed(a_plan(problem), **{field: [ROWS[field][0] | {name: "atlantis"}]})
    sentences = [row.sentence for row in rows(problem, plan)]
    assert sentences == [f"the plan names the {KINDS[name]} atlantis, which the problem does not have"]


@pytest.mark.parametrize(
    "field, value, kind",
    [
        ("id", "atlantis", "activity"),
        ("period", "atlantis", "period"),
        ("framework", "atlantis", "framework"),
        ("participants", ["atlantis"], "contributor"),
        ("stood_aside", [{"member": "atlantis", "why": "sunk"}], "member"),
    ],
)
def test_says_what_kind_of_thing_a_run_names(field: str, value: object, kind: str) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    run = plan.activities[0].model_dump() | {field: value}
    (row,) = rows(problem, changed(plan, activities=[run]))
    assert row == Row(
        key=f"run/{run['id']}/{run['period']}",
        left=1,
        sense="=",
        right=0,
        sentence=f"the plan names the {kind} atlantis, which the problem does not have",
        tolerance=EXACT,
    )


@pytest.mark.parametrize("field", ["allocations", "coordination", "coverage", "activities"])
def test_says_that_nothing_is_decided_of_a_future(field: str) -> None:
    problem = known()
    entry = ROWS[field][0] if field in ROWS else a_plan(problem, {"a/train": 1}).activities[0].model_dump()
    (row,) = rows(problem, changed(a_plan(problem), **{field: [entry | {"scenario": "doom"}]}))
    assert row.sentence == "the plan speaks of the future doom, of which the problem decides nothing"


@pytest.mark.parametrize("scenarios, sentences", [([], []), ([{"id": "calm"}], ["doom"])])
def test_a_value_is_told_of_a_future_there_is(scenarios: list[dict[str, str]], sentences: list[str]) -> None:
    """Where there are no futures the one value may have any name."""
    problem = a_problem(scenarios=scenarios)
    plan = changed(a_plan(problem), scenarios=[{"id": "doom", "risk_reduction": 0, "regret": None}])
    found = [row for row in rows(problem, plan) if "doom" in row.sentence]
    assert [(row.key, row.sentence) for row in found] == [
        (f"scenario/{one}", f"the plan speaks of the future {one}, of which the problem decides nothing")
        for one in sentences
    ]


ENDLESS = {
    "allocations": ("amount", "allocation/a/train/money/p1"),
    "coordination": ("amount", "coordination/a/eu/money/p1"),
    "concessions": ("amount", "concession/a/train/alliance"),
    "investments": ("units", "investment/radar/p1"),
    "coverage": ("baseline", "coverage/iraq/risk/p1"),
    "burden": ("cost", "burden/a"),
    "divergence": ("range", "divergence/train/p1"),
}


@pytest.mark.parametrize("amount", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("field", ENDLESS)
def test_says_that_an_amount_is_no_finite_number(field: str, amount: float) -> None:
    name, key = ENDLESS[field]
    plan = changed(a_plan(known()), **{field: [ROWS[field][0]]})
    (entry,) = getattr(plan, field)
    endless = plan.model_copy(update={field: (entry.model_copy(update={name: amount}),)})
    assert list(rows(known(), endless)) == [
        Row(
            key=key,
            left=1,
            sense="=",
            right=0,
            sentence="an amount of the plan is no finite number",
            tolerance=EXACT,
        )
    ]


@pytest.mark.parametrize(
    "field, name",
    [
        ("coverage", "reduction"),
        ("divergence", "pairwise"),
        ("activities", "level"),
        ("activities", "effective_level"),
        ("activities", "effect"),
    ],
)
@pytest.mark.parametrize("amount", [float("inf"), float("-inf"), float("nan")])
def test_no_figure_of_an_entry_may_be_endless(field: str, name: str, amount: float) -> None:
    plan = a_plan(known(), {"a/train": 1})
    (entry,) = getattr(plan, field)
    endless = plan.model_copy(update={field: (entry.model_copy(update={name: amount}),)})
    assert [row.sentence for row in rows(known(), endless)] == ["an amount of the plan is no finite number"]


@pytest.mark.parametrize("amount", [float("inf"), float("nan")])
def test_the_value_of_a_future_is_a_finite_number(amount: float) -> None:
    problem = a_problem(scenarios=[{"id": "calm"}])
    plan = a_plan(problem)
    (value,) = plan.scenarios
    endless = plan.model_copy(update={"scenarios": (value.model_copy(update={"risk_reduction": amount}),)})
    assert [row.key for row in rows(problem, endless)] == ["scenario/calm"]


@pytest.mark.parametrize(
    "field, key",
    [
        ("coverage", "coverage/iraq/risk/p1/all"),
        ("burden", "burden/a"),
        ("divergence", "divergence/train/p1"),
        ("scenarios", "scenario/base"),
    ],
)
def test_says_which_figure_is_given_how_often(field: str, key: str) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    (entry,) = plan.model_dump()[field]
    assert list(rows(problem, changed(plan, **{field: [entry] * 3}))) == [
        Row(
            key=key,
            left=3,
            sense="=",
            right=1,
            sentence=f"the plan reports {key} 3 times",
            tolerance=EXACT,
        )
    ]
