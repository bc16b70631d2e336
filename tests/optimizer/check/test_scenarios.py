from typing import Any

import pytest

from models.problem.problem import Problem
from models.problem.scenario import Expected
from optimizer import solve
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.scenarios import read, rows, scenario_problems
from optimizer.check.score import score
from tests.support.plans import a_plan, broken, broken_rows, changed
from tests.support.problems import a_problem, members

HALVED = {"id": "halved", "overrides": {"members/a/resources/money": 4}}
AS_IS = {"id": "as_is"}


def uncertain(
    *scenarios: dict[str, Any], recourse: bool = False, criterion: str = "expected", **fields: Any
) -> Problem:
    return a_problem(
        **{
            "scenarios": list(scenarios),
            "criterion": {"type": criterion, "recourse": recourse},
            **fields,
        }
    )


def test_checks_every_row_in_every_scenario() -> None:
    problem = uncertain(AS_IS, HALVED)
    assert not broken(problem, a_plan(problem, {"a/train": 4}))
    assert broken_rows(problem, a_plan(problem, {"a/train": 4.01})) == ["availability a/money/p1@halved"]


def test_with_recourse_each_scenario_has_its_own_amounts() -> None:
    problem = uncertain(AS_IS, HALVED, recourse=True)
    plan = a_plan(
        problem,
        {"a/train/money/p1/as_is": 10, "a/train/money/p1/halved": 4},
        runs={"train": None},
    )
    assert not broken(problem, plan)
    assert score(problem, plan)["cost"] == pytest.approx(7)
    assert score(problem, plan)["max_burden"] == pytest.approx(7)


def test_an_amount_must_name_a_scenario_with_recourse_only() -> None:
    with_it = uncertain(AS_IS, HALVED, recourse=True)
    without = uncertain(AS_IS, HALVED)
    for_all, for_a_scenario = a_plan(without, {"a/train": 4}), a_plan(with_it, {"a/train/money/p1/as_is": 4})
    assert broken(with_it, for_all) == {"plan"}
    assert broken(without, for_a_scenario) == {"plan"}


def test_with_recourse_the_framework_is_the_same_in_every_scenario() -> None:
    frameworks = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
    problem = uncertain(
        AS_IS,
        {"id": "other"},
        recourse=True,
        frameworks=frameworks,
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
    )
    plan = a_plan(problem, {"a/train/money/p1/as_is": 1, "a/train/money/p1/other": 1}, runs={"train": "alliance"})
    assert not broken(problem, plan)
    runs = [run.model_dump() for run in plan.activities]
    runs[1]["framework"] = "coalition"
    assert broken(problem, changed(plan, activities=runs)) == {"futures"}


def test_with_recourse_a_participant_gives_its_stake_in_every_scenario() -> None:
    problem = uncertain(
        AS_IS,
        {"id": "other"},
        recourse=True,
        members=members("a", min_contribution=2),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 1}}],
    )
    gives = {"a/train/money/p1/as_is": 5, "a/train/money/p1/other": 2}
    assert not broken(problem, a_plan(problem, gives, runs={"train": None}))
    short = a_plan(problem, gives | {"a/train/money/p1/other": 1.99}, runs={"train": None})
    assert broken_rows(problem, short) == [
        "quorum train/coalition/min_participants/p1@as_is",
        "quorum train/coalition/min_participants/p1@other",
    ]


def test_with_recourse_a_contribution_in_any_scenario_is_a_participation() -> None:
    problem = uncertain(
        AS_IS, {"id": "other"}, recourse=True, members=members("a", "b"), rivalries=[{"between": ["a", "b"]}]
    )
    plan = a_plan(problem, {"a/train/money/p1/as_is": 1, "b/train/money/p1/other": 1}, runs={"train": None})
    assert broken(problem, plan) == {"rivalry"}


def test_without_recourse_a_refusal_in_any_scenario_closes_the_framework() -> None:
    refused = {"id": "refused", "overrides": {"theatres/iraq/consent": False}}
    problem = uncertain(AS_IS, refused)
    assert broken_rows(problem, a_plan(problem, {"a/train": 1})) == ["consent train/alliance/p1@refused"]


@pytest.mark.parametrize("min_level, verdict", [(0, set()), (1, {"level"})])
def test_with_recourse_a_refusal_forbids_the_level_in_its_scenario(min_level: float, verdict: set[str]) -> None:
    refused = {"id": "refused", "overrides": {"theatres/iraq/consent": False}}
    problem = uncertain(AS_IS, refused, recourse=True, activities=[{"id": "train", "min_level": min_level}])
    plan = a_plan(problem, {"a/train/money/p1/as_is": 5}, runs={"train": None})
    assert broken(problem, plan) == verdict
    running_in_both = a_plan(
        problem, {"a/train/money/p1/as_is": 5, "a/train/money/p1/refused": 5}, runs={"train": None}
    )
    assert broken(problem, running_in_both) == {"consent"}


def test_with_recourse_a_run_that_a_scenario_does_not_list_is_at_level_0() -> None:
    problem = uncertain(
        AS_IS, {"id": "other"}, recourse=True, policy={"min_level": [{"activity": "train", "level": 1}]}
    )
    plan = a_plan(problem, {"a/train/money/p1/as_is": 5}, runs={"train": None})
    listed = changed(plan, activities=[run.model_dump() for run in plan.activities if run.scenario == "as_is"])
    assert broken_rows(problem, listed) == ["floors min_level/train/p1@other"]
    assert {(one.scenario, one.reduction) for one in plan.coverage} == {("as_is", 5), ("other", 0)}


def test_multipliers_come_after_overrides() -> None:
    adapts = {
        "id": "adapts",
        "overrides": {"theatres/iraq/risk": 10},
        "risk_multiplier": {"iraq": 1.5},
        "effect_multiplier": {"train": 0.5},
    }
    problem = uncertain(AS_IS, adapts)
    plan = a_plan(problem, {"a/train": 8})
    reported = {(one.scenario, one.baseline, one.reduction) for one in plan.coverage}
    assert reported == {("as_is", 100, 8), ("adapts", 15, 4)}
    assert not broken(problem, plan)


def with_reductions(
    criterion: dict[str, Any], *reductions: float, probabilities: tuple[float, ...] | None = None
) -> Problem:
    """A problem in which a level of train removes `reductions` risk points, by scenario."""
    chances = probabilities or tuple(1 / len(reductions) for _ in reductions)
    scenarios = [
        {"id": f"s{number}", "probability": chance, "effect_multiplier": {"train": worth}}
        for number, (worth, chance) in enumerate(zip(reductions, chances, strict=True))
    ]
    return a_problem(criterion=criterion, scenarios=scenarios)


@pytest.mark.parametrize(
    "criterion, value",
    [
        ({"type": "expected"}, 4),
        ({"type": "worst_case"}, 1),
        ({"type": "cvar", "alpha": 0}, 4),
        ({"type": "cvar", "alpha": 0.5}, 1.5),
        ({"type": "cvar", "alpha": 0.75}, 1),
        ({"type": "cvar", "alpha": 0.6}, 1.375),
    ],
)
def test_the_criterion_determines_the_risk_reduction(criterion: dict[str, Any], value: float) -> None:
    problem = with_reductions(criterion, 8, 5, 2, 1)
    assert score(problem, a_plan(problem, {"a/train": 1}))["risk_reduction"] == pytest.approx(value)


def test_scenarios_are_weighted_by_probability() -> None:
    problem = with_reductions({"type": "expected"}, 8, 2, probabilities=(0.25, 0.75))
    assert score(problem, a_plan(problem, {"a/train": 1}))["risk_reduction"] == pytest.approx(3.5)


def test_regret_is_measured_against_the_best_value_of_each_scenario() -> None:
    problem = with_reductions({"type": "regret"}, 8, 2)
    plan = a_plan(problem, {"a/train": 1})
    best = {problem.scenarios[0].id: 9.0, problem.scenarios[1].id: 7.0}
    scored = score(problem, plan, best=best)
    assert (scored["max_regret"], scored["risk_reduction"]) == pytest.approx((5, 5))
    assert "max_regret" not in score(problem, plan)
    assert "max_regret" not in score(problem, plan, best={problem.scenarios[0].id: 9.0})


def test_metrics_are_expected_values() -> None:
    poorer = {"id": "poorer", "overrides": {"members/a/ability_to_pay": 2, "theatres/iraq/risk": 16}}
    problem = uncertain(AS_IS, poorer)
    scored = score(problem, a_plan(problem, {"a/train": 8}))
    assert scored["max_burden"] == pytest.approx((8 + 4) / 2)
    assert scored["min_coverage"] == pytest.approx((0.08 + 0.5) / 2)
    assert scored["residual_risk"] == pytest.approx((92 + 8) / 2)


def test_rejects_a_wrong_result_of_a_scenario() -> None:
    problem = uncertain(AS_IS, HALVED)
    plan = a_plan(problem, {"a/train": 4})
    scores = [one.model_dump() | {"risk_reduction": 5} for one in plan.scenarios]
    assert broken_rows(problem, changed(plan, scenarios=scores)) == [
        "futures as_is/risk_reduction",
        "futures halved/risk_reduction",
    ]


def test_the_criterion_is_that_of_the_document_and_not_of_a_scenario() -> None:
    """A copy with another criterion keeps the document from which it was read; overrides apply to that document."""
    problem = uncertain(AS_IS, HALVED, criterion="worst_case", recourse=True)
    judged = problem.model_copy(update={"criterion": Expected(type="expected")})
    poorer = {"a/train": 4}
    assert not broken(judged, a_plan(judged, poorer))
    effect = {"id": "weak", "effect_multiplier": {"train": 0.5}, "overrides": {"theatres/iraq/risk": 50}}
    two = uncertain(effect, AS_IS, criterion="worst_case")
    copy = two.model_copy(update={"criterion": Expected(type="expected")})
    assert score(two, a_plan(two, poorer))["risk_reduction"] == pytest.approx(2)
    assert score(copy, a_plan(copy, poorer))["risk_reduction"] == pytest.approx(3)


@pytest.mark.parametrize("run, scenario", [(0, "as_is"), (1, "halved")])
@pytest.mark.parametrize("wrong, figure", [({"effect": 99.0}, "effect"), ({"participants": ()}, "missing")])
def test_with_recourse_rejects_a_figure_that_is_wrong_in_its_scenario(
    run: int, scenario: str, wrong: dict[str, Any], figure: str
) -> None:
    """The same run has correct figures in the other scenario."""
    problem = uncertain(AS_IS, HALVED, recourse=True)
    plan = solve(problem).plan
    assert plan is not None
    assert not broken(problem, plan)
    runs = [one.model_copy(update=wrong if number == run else {}) for number, one in enumerate(plan.activities)]
    rows = broken_rows(problem, plan.model_copy(update={"activities": tuple(runs)}))
    assert [row.split()[1] for row in rows] == [f"train/p1/{figure}@{scenario}"]


@pytest.mark.parametrize(
    "override",
    [
        {"activities/train/effect": {"type": "threshold", "threshold": 12, "per_level": 2}},
        {"activities/train/awareness_gate": {"factor": 1}},
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_accepts_the_report_of_a_run_that_a_single_scenario_limits(override: dict[str, Any], *, is_first: bool) -> None:
    """10 M EUR remove 10 points in the first scenario and none in the second: 5 expected, and the plan passes."""
    strict = {"id": "strict", "overrides": override}
    outcome = solve(uncertain(*((strict, AS_IS) if is_first else (AS_IS, strict))))
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(5)


def test_states_the_frameworks_of_a_run_that_differ_by_scenario() -> None:
    frameworks = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
    problem = uncertain(
        AS_IS,
        {"id": "other"},
        recourse=True,
        frameworks=frameworks,
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
    )
    plan = a_plan(problem, {"a/train/money/p1/as_is": 1, "a/train/money/p1/other": 1}, runs={"train": None})
    runs = [run.model_dump() for run in plan.activities]
    runs[1]["framework"] = "coalition"
    assert list(rows(read(problem, changed(plan, activities=runs), ()))) == [
        RuleRow(
            key="train/p1/other",
            left=1,
            sense="=",
            right=0,
            sentence="train runs in p1 under coalition in scenario other, but under alliance in another.",
            tolerance=EXACT,
        )
    ]


def test_a_scenario_without_overrides_is_the_problem_itself() -> None:
    problem = uncertain(AS_IS, HALVED)
    as_is, halved = scenario_problems(problem)
    assert as_is.problem is problem
    assert halved.problem.member[halved.problem.members[0].id].resources == {"money": 4}
