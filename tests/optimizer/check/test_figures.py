from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models.outcome import ObjectiveResult
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.check.check import check
from optimizer.check.facts import Facts
from optimizer.check.figures import divergences, participants
from optimizer.check.row import EXACT, RuleRow
from optimizer.tolerances import FIGURE_AGREEMENT
from tests.support.plans import a_plan, broken_rows, changed, rows_of
from tests.support.problems import a_problem, members


def shared() -> Problem:
    return a_problem(members=members("a", "b"), positions=[{"member": "b", "activity": "train", "value": 2}])


def claim(metric: Metric, value: float) -> ObjectiveResult:
    return ObjectiveResult(
        metric=metric, value=value, bound=value, proven=value, gap=0, proven_gap=0, optimal=True, scope="full"
    )


@pytest.mark.parametrize(
    "metric, value",
    [
        ("risk_reduction", 10),
        ("residual_risk", 90),
        ("cost", 10),
        ("max_burden", 6),
        ("opposition", 0),
        ("divergence", 1),
        ("concessions", 0),
        ("min_coverage", 0.1),
        ("change_from_baseline", 0),
    ],
)
def test_recomputes_the_value_of_an_objective(metric: Metric, value: float) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    assert check(problem, plan, objectives=[claim(metric, value)]).passed
    report = check(problem, plan, objectives=[claim(metric, value + 0.01)])
    assert [(one.constraint, one.row) for one in report.violations] == [("objectives", metric)]


@pytest.mark.parametrize("scenarios", [[], [{"id": "as_is"}]])
def test_a_regret_without_best_values_fails(scenarios: list[dict[str, str]]) -> None:
    problem = a_problem(criterion={"type": "regret"}, scenarios=scenarios)
    plan = a_plan(problem, {"a/train": 6})
    assert not check(problem, plan, objectives=[claim("max_regret", 4)]).passed
    scores = [{"id": "as_is", "risk_reduction": 6, "regret": 4}]
    assert check(problem, changed(plan, scenarios=scores), objectives=[claim("max_regret", 4)]).passed


@pytest.mark.parametrize("figure", ["cost", "share", "fair_share", "relative_burden"])
def test_rejects_a_wrong_burden(figure: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    entries = [one.model_dump() for one in plan.burden]
    entries[0][figure] += 0.01
    assert broken_rows(problem, changed(plan, burden=entries)) == [f"burden_report a/{figure}"]


def test_a_member_that_is_not_listed_must_pay_nothing() -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    listed = [one.model_dump() for one in plan.burden]
    assert not broken_rows(problem, changed(plan, burden=listed[:1]))
    assert broken_rows(problem, changed(plan, burden=listed[1:])) == ["burden_report a/cost"]


@pytest.mark.parametrize("figure", ["range", "total_deviation", "pairwise", "willing_share"])
def test_rejects_a_wrong_divergence(figure: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6, "b/train": 4})
    entry = plan.divergence[0].model_dump()
    entry[figure] += 0.01
    assert broken_rows(problem, changed(plan, divergence=[entry])) == [f"divergence_report train/p1/{figure}"]


def test_rejects_a_divergence_of_an_activity_that_does_not_run() -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    entry = plan.divergence[0].model_dump()
    assert broken_rows(problem, changed(a_plan(problem), divergence=[entry])) == ["divergence_report train/p1/runs"]


@pytest.mark.parametrize(
    "fields, row",
    [
        ({"participants": []}, "missing"),
        ({"participants": ["a", "b"]}, "invented"),
        ({"stood_aside": [{"member": "a", "why": "it does not"}]}, "aside"),
        ({"role": "lead"}, "role"),
    ],
)
def test_rejects_wrong_participants_and_roles(fields: dict[str, Any], row: str) -> None:
    problem = shared()
    plan = a_plan(problem, {"a/train": 6})
    run = plan.activities[0].model_dump() | fields
    assert broken_rows(problem, changed(plan, activities=[run])) == [f"participants train/p1/{row}"]


def rows_about(rows: Callable[[Facts], Iterator[RuleRow]], **figures: Any) -> list[RuleRow]:
    """The rows of a run to which a and b give 5 each and which reports `figures`."""
    problem = shared()
    plan = a_plan(problem, {"a/train": 5, "b/train": 5})
    return rows_of(rows, problem, changed(plan, activities=[plan.activities[0].model_dump() | figures]))


def count_row(key: str, number: float, sentence: str) -> RuleRow:
    return RuleRow(key=f"train/p1/{key}", left=number, sense="<=", right=0, sentence=sentence, tolerance=EXACT)


def test_states_missing_participants_and_those_reported_to_stand_aside() -> None:
    aside = [{"member": one, "why": "it is tired"} for one in ("b", "a")]
    assert rows_about(participants, participants=[], stood_aside=aside, role="lead") == [
        count_row("missing", 2, "Contributors to train in p1 that are not listed as participants: a, b."),
        count_row("invented", 0, "Listed participants of train in p1 that contribute nothing: none."),
        count_row("aside", 2, "Contributors to train in p1 that are reported to stand aside: a, b."),
        count_row("role", 1, "The plan reports the role lead in train in p1; under alliance it is support."),
    ]


def test_states_participants_that_contribute_nothing() -> None:
    """An allocation of 0 is no contribution."""
    problem = shared()
    plan = a_plan(problem, {"a/train": 0, "b/train": 0}, runs={"train": None})
    listed = changed(plan, activities=[plan.activities[0].model_dump() | {"participants": ["b", "a"]}])
    invented = rows_of(participants, problem, listed)[1]
    assert invented == count_row("invented", 2, "Listed participants of train in p1 that contribute nothing: a, b.")


def test_states_the_reported_and_the_recomputed_divergence() -> None:
    """Positions 1 and 2, both willing; a report of an activity that does not run does not skip the next."""
    problem = shared()
    plan = a_plan(problem, {"a/train": 5, "b/train": 5})
    entry = plan.divergence[0].model_dump()
    idle = a_problem(
        members=members("a", "b"),
        activities=[{"id": "idle"}, {"id": "train"}],
        positions=problem.model_dump()["positions"],
    )
    wrong = changed(plan, divergence=[entry | {"activity": "idle"}, entry | {"range": 3}])
    first, second, *others = rows_of(divergences, idle, wrong)
    sentence = "The plan reports a divergence for idle in p1, but it does not run."
    assert first == RuleRow(key="idle/p1/runs", left=1, sense="<=", right=0, sentence=sentence, tolerance=EXACT)
    assert second == RuleRow(
        key="train/p1/range",
        left=3,
        sense="=",
        right=1,
        sentence="The plan reports a range of 3 for train in p1; recomputed, it is 1.",
        scale=1,
        tolerance=FIGURE_AGREEMENT,
    )
    assert [(row.key, row.right) for row in others] == [
        ("train/p1/total_deviation", 1),
        ("train/p1/pairwise", 1),
        ("train/p1/willing_share", 1),
    ]


def test_states_that_a_regret_cannot_be_checked() -> None:
    problem = a_problem()
    (violation,) = check(problem, a_plan(problem), objectives=[claim("max_regret", 4)]).violations
    assert violation.amount == 1
    assert violation.sentence == (
        "max_regret is reported as 4, but the plan does not state the best value of every scenario."
    )


def test_states_the_value_of_an_objective() -> None:
    problem = a_problem()
    report = check(problem, a_plan(problem, {"a/train": 6}), objectives=[claim("cost", 4)])
    assert [one.sentence for one in report.violations] == ["cost is reported as 4; recomputed from the plan, it is 6."]


def test_states_the_reported_and_the_recomputed_burden() -> None:
    """a is not listed and pays 6; every figure of b is wrong. Abilities to pay are 1 and 4."""
    problem = a_problem(members=[*members("a"), *members("b", ability_to_pay=4)])
    plan = a_plan(problem, {"a/train": 6, "b/train": 2})
    wrong = {"member": "b", "cost": 3, "share": 0.5, "fair_share": 0.5, "relative_burden": 1}
    report = check(problem, changed(plan, burden=[wrong]))
    assert [one.sentence for one in report.violations] == [
        "The plan reports that a pays 0 M EUR; recomputed, it pays 6 M EUR.",
        "The plan reports that b pays 3 M EUR; recomputed, it pays 2 M EUR.",
        "The plan reports that b pays a share of 0.5 of the cost; recomputed, it is 0.25.",
        "The plan reports a relative burden of 1 for b; recomputed, it is 0.5.",
        "The plan reports a fair share of 0.5 for b; recomputed, it is 0.8.",
    ]


def test_states_the_risk_reduction_of_a_scenario() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 6})
    wrong = changed(plan, scenarios=[plan.scenarios[0].model_dump() | {"risk_reduction": 5}])
    (violation,) = check(problem, wrong).violations
    assert violation.sentence == "The plan reports a risk reduction of 5 in scenario base; recomputed, it is 6."
