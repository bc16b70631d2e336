from typing import Any

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.names import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken_rows, changed
from tests.support.problems import a_problem

NO_DECISION = "The plan has an entry for the scenario {}, but the problem decides nothing for that scenario alone."

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


def violations(field: str, **other: object) -> list[str]:
    problem = known()
    entry = ROWS[field][0] | other
    return broken_rows(problem, changed(a_plan(problem, runs={"train": None}), **{field: [entry]}))


@pytest.mark.parametrize("field", ROWS)
def test_accepts_entries_with_known_ids(field: str) -> None:
    assert violations(field) == []


@pytest.mark.parametrize("field, name", [(field, name) for field, (_, names) in ROWS.items() for name in names.split()])
def test_rejects_an_unknown_id(field: str, name: str) -> None:
    (row,) = violations(field, **{name: "atlantis"})
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
def test_rejects_a_run_with_an_unknown_id(field: str, value: object) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    run = plan.activities[0].model_dump() | {field: value}
    assert broken_rows(problem, changed(plan, activities=[run])) == [f"plan run/{run['id']}/{run['period']}"]


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), float("-inf")])
def test_rejects_an_amount_that_is_not_finite(amount: float) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    allocation = plan.allocations[0].model_copy(update={"amount": amount})
    report = check(problem, Plan.model_copy(plan, update={"allocations": (allocation,)}))
    assert [violation.row for violation in report.violations] == ["allocation/a/train/money/p1"]
    assert report.largest_violation == 1


def test_states_the_unknown_id() -> None:
    problem = known()
    wrong = changed(a_plan(problem), allocations=[ROWS["allocations"][0] | {"resource": "gold"}])
    (violation,) = check(problem, wrong).violations
    assert violation.sentence == "The plan names the resource gold, which the problem does not have."


@pytest.mark.parametrize("field", ["coverage", "burden", "divergence", "scenarios"])
def test_rejects_a_figure_that_is_reported_twice(field: str) -> None:
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
def test_states_the_kind_of_the_unknown_id(field: str, name: str) -> None:
    problem = known()
    plan = changed(a_plan(problem), **{field: [ROWS[field][0] | {name: "atlantis"}]})
    sentences = [row.sentence for row in rows(problem, plan)]
    assert sentences == [f"The plan names the {KINDS[name]} atlantis, which the problem does not have."]


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
def test_states_the_kind_of_an_unknown_id_of_a_run(field: str, value: object, kind: str) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    run = plan.activities[0].model_dump() | {field: value}
    (row,) = rows(problem, changed(plan, activities=[run]))
    assert row == RuleRow(
        key=f"run/{run['id']}/{run['period']}",
        left=1,
        sense="=",
        right=0,
        sentence=f"The plan names the {kind} atlantis, which the problem does not have.",
        tolerance=EXACT,
    )


@pytest.mark.parametrize("field", ["allocations", "coordination", "coverage", "activities"])
def test_rejects_an_entry_of_an_unknown_scenario(field: str) -> None:
    problem = known()
    entry = ROWS[field][0] if field in ROWS else a_plan(problem, {"a/train": 1}).activities[0].model_dump()
    (row,) = rows(problem, changed(a_plan(problem), **{field: [entry | {"scenario": "doom"}]}))
    assert row.sentence == NO_DECISION.format("doom")


@pytest.mark.parametrize("scenarios, unknown", [([], []), ([{"id": "calm"}], ["doom"])])
def test_a_scenario_result_must_name_a_known_scenario(scenarios: list[dict[str, str]], unknown: list[str]) -> None:
    """Without scenarios the single result may have any id."""
    problem = a_problem(scenarios=scenarios)
    plan = changed(a_plan(problem), scenarios=[{"id": "doom", "risk_reduction": 0, "regret": None}])
    found = [row for row in rows(problem, plan) if "doom" in row.sentence]
    assert [(row.key, row.sentence) for row in found] == [
        (f"scenario/{scenario}", NO_DECISION.format(scenario)) for scenario in unknown
    ]


NOT_FINITE = {
    "allocations": ("amount", "allocation/a/train/money/p1"),
    "coordination": ("amount", "coordination/a/eu/money/p1"),
    "concessions": ("amount", "concession/a/train/alliance"),
    "investments": ("units", "investment/radar/p1"),
    "coverage": ("baseline", "coverage/iraq/risk/p1"),
    "burden": ("cost", "burden/a"),
    "divergence": ("range", "divergence/train/p1"),
}


@pytest.mark.parametrize("amount", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("field", NOT_FINITE)
def test_states_the_entry_with_an_amount_that_is_not_finite(field: str, amount: float) -> None:
    name, key = NOT_FINITE[field]
    plan = changed(a_plan(known()), **{field: [ROWS[field][0]]})
    (entry,) = getattr(plan, field)
    wrong = plan.model_copy(update={field: (entry.model_copy(update={name: amount}),)})
    assert list(rows(known(), wrong)) == [
        RuleRow(
            key=key,
            left=1,
            sense="=",
            right=0,
            sentence=f"The plan's {key} has an amount that is not a finite number.",
            tolerance=EXACT,
        )
    ]


@pytest.mark.parametrize(
    "field, name, key",
    [
        ("coverage", "reduction", "coverage/iraq/risk/p1"),
        ("divergence", "pairwise", "divergence/train/p1"),
        ("activities", "level", "run/train/p1"),
        ("activities", "effective_level", "run/train/p1"),
        ("activities", "effect", "run/train/p1"),
    ],
)
@pytest.mark.parametrize("amount", [float("inf"), float("-inf"), float("nan")])
def test_every_figure_of_an_entry_must_be_finite(field: str, name: str, key: str, amount: float) -> None:
    plan = a_plan(known(), {"a/train": 1})
    (entry,) = getattr(plan, field)
    wrong = plan.model_copy(update={field: (entry.model_copy(update={name: amount}),)})
    assert [row.sentence for row in rows(known(), wrong)] == [
        f"The plan's {key} has an amount that is not a finite number."
    ]


@pytest.mark.parametrize("amount", [float("inf"), float("nan")])
def test_the_risk_reduction_of_a_scenario_must_be_finite(amount: float) -> None:
    problem = a_problem(scenarios=[{"id": "calm"}])
    plan = a_plan(problem)
    (value,) = plan.scenarios
    wrong = plan.model_copy(update={"scenarios": (value.model_copy(update={"risk_reduction": amount}),)})
    assert [row.key for row in rows(problem, wrong)] == ["scenario/calm"]


@pytest.mark.parametrize(
    "field, key",
    [
        ("coverage", "coverage/iraq/risk/p1/all"),
        ("burden", "burden/a"),
        ("divergence", "divergence/train/p1/all"),
        ("scenarios", "scenario/base"),
    ],
)
def test_states_which_figure_is_reported_how_often(field: str, key: str) -> None:
    problem = known()
    plan = a_plan(problem, {"a/train": 1})
    (entry,) = plan.model_dump()[field]
    assert list(rows(problem, changed(plan, **{field: [entry] * 3}))) == [
        RuleRow(
            key=key,
            left=3,
            sense="=",
            right=1,
            sentence=f"The plan reports {key} 3 times; it may report it once.",
            tolerance=EXACT,
        )
    ]


def test_with_recourse_an_amount_must_name_a_scenario() -> None:
    problem = a_problem(scenarios=[{"id": "calm"}], criterion={"type": "expected", "recourse": True})
    plan = changed(a_plan(problem), allocations=[ROWS["allocations"][0]])
    assert [row.sentence for row in rows(problem, plan)] == [
        "The plan has an entry without a scenario, but the problem decides this for each scenario separately."
    ]
