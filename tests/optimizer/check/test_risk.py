import pytest

from models.problem.problem import Problem
from optimizer.check.risk import baselines, rows
from optimizer.check.row import RuleRow
from optimizer.check.scenarios import read
from optimizer.check.score import score
from optimizer.tolerances import FIGURE_AGREEMENT, SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, changed, reduced, rows_of
from tests.support.problems import a_problem

PERIODS = ["p1", "p2", "p3"]


def test_risk_does_not_fall_below_zero() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 3}])
    assert reduced(problem, "a/train") == {"iraq/risk/p1": 3}


def test_rejects_more_reduction_than_recomputed() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 4})
    one = plan.coverage[0].model_dump()
    more = changed(plan, coverage=[one | {"reduction": 4.01, "residual": 95.99, "share": 0.0401}])
    assert broken_rows(problem, more) == ["risk iraq/risk/p1/reduction"]


@pytest.mark.parametrize("figure, value", [("baseline", 99), ("residual", 95), ("share", 0.05)])
def test_rejects_figures_that_do_not_fit_together(figure: str, value: float) -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 4})
    wrong = changed(plan, coverage=[plan.coverage[0].model_dump() | {figure: value}])
    assert broken(problem, wrong) == {"risk"}


def test_rejects_a_reduction_that_is_not_reported() -> None:
    problem = a_problem()
    assert broken(problem, changed(a_plan(problem, {"a/train": 4}), coverage=[])) == {"risk"}


def test_an_activity_reaches_the_drivers_it_reduces_where_it_serves() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}}, {"id": "syria", "risk": {"violence": 9}}],
        activities=[{"id": "hub", "serves": ["iraq", "syria"], "reduces": {"violence": 0.5, "iraq/violence": 2}}],
    )
    assert reduced(problem, "a/hub") == {"iraq/violence/p1": 8, "syria/violence/p1": 2}


def test_military_tasks_do_not_reach_structural_drivers_and_mixed_ones_do() -> None:
    def theatre(task: str) -> Problem:
        return a_problem(
            theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}, "structural": ["grievance"]}],
            activities=[{"id": "train", "task": task, "reduces": {"violence": 1, "grievance": 1}}],
        )

    assert reduced(theatre("military"), "a/train") == {"iraq/violence/p1": 4}
    assert reduced(theatre("mixed"), "a/train") == {"iraq/violence/p1": 4, "iraq/grievance/p1": 4}


def test_an_effect_arrives_after_its_lag() -> None:
    problem = a_problem(periods=PERIODS, activities=[{"id": "train", "lag": 1}])
    assert reduced(problem, "a/train/money/p1", "a/train/money/p3") == {"iraq/risk/p2": 4}


def test_part_of_a_reduction_persists() -> None:
    problem = a_problem(periods=PERIODS, theatres=[{"id": "iraq", "persistence": 0.5}])
    assert reduced(problem, "a/train/money/p1", "a/train/money/p2") == {
        "iraq/risk/p1": 4,
        "iraq/risk/p2": 6,
        "iraq/risk/p3": 3,
    }


def test_the_persistent_part_is_limited_by_the_risk_present() -> None:
    problem = a_problem(periods=PERIODS, theatres=[{"id": "iraq", "risk": [4, 5, 1], "persistence": 1}])
    assert reduced(problem, "a/train/money/p1", "a/train/money/p2") == {
        "iraq/risk/p1": 4,
        "iraq/risk/p2": 5,
        "iraq/risk/p3": 1,
    }


def test_an_activity_may_increase_another_driver() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}}],
        activities=[{"id": "train", "reduces": {"violence": 1, "grievance": -0.5}}],
    )
    assert reduced(problem, "a/train") == {"iraq/violence/p1": 4, "iraq/grievance/p1": -2}


def test_risk_points_are_weighted_and_discounted() -> None:
    problem = a_problem(periods=PERIODS, discount=0.5, theatres=[{"id": "iraq", "weight": 3}])
    plan = a_plan(problem, {"a/train/money/p1": 4, "a/train/money/p3": 4})
    scored = score(problem, plan)
    assert scored["risk_reduction"] == pytest.approx(3 * (4 + 4 / 4))
    assert scored["residual_risk"] == pytest.approx(3 * (96 + 100 / 2 + 96 / 4))


def test_states_the_reported_and_the_recomputed_reduction() -> None:
    """4 of 5 risk points are removed; the plan reports 2, with inconsistent figures."""
    problem = a_problem(theatres=[{"id": "iraq", "risk": 5}])
    plan = a_plan(problem, {"a/train": 4})
    wrong = plan.coverage[0].model_dump() | {"baseline": 8, "reduction": 2, "residual": 4, "share": 0.75}
    assert rows_of(rows, problem, changed(plan, coverage=[wrong])) == [
        RuleRow(
            key="iraq/risk/p1/reduction",
            left=2,
            sense="=",
            right=4,
            sentence="The plan reports 2 risk points removed from risk in iraq in p1; recomputed, it removes 4 of 5.",
            scale=5,
            tolerance=FIGURE_AGREEMENT,
        ),
        RuleRow(
            key="iraq/risk/p1/residual",
            left=4,
            sense="=",
            right=6,
            sentence="The plan reports 4 risk points left of risk in iraq in p1; baseline less reduction is 6.",
            scale=8,
            tolerance=FIGURE_AGREEMENT,
        ),
        RuleRow(
            key="iraq/risk/p1/share",
            left=0.75,
            sense="=",
            right=0.25,
            sentence="The plan reports a share of 0.75 removed from risk in iraq in p1; "
            "reduction over baseline is 0.25.",
            scale=1,
            tolerance=FIGURE_AGREEMENT,
        ),
    ]


@pytest.mark.parametrize("growth, dynamic", [({}, False), ({"risk": 0.5}, True)])
def test_states_the_reported_and_the_recomputed_baseline(growth: dict[str, float], *, dynamic: bool) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 5, "growth": growth}])
    plan = a_plan(problem)
    reported = changed(plan, coverage=[plan.coverage[0].model_dump() | {"baseline": 8}])
    (facts,) = read(problem, reported, ())
    assert list(baselines(facts, dynamic=not dynamic)) == []
    assert list(baselines(facts, dynamic=dynamic)) == [
        RuleRow(
            key="iraq/risk/p1/baseline",
            left=8,
            sense="=",
            right=5,
            sentence="The plan reports a baseline of 8 risk points for risk in iraq in p1; recomputed, it is 5.",
            scale=SIZE_FLOOR * 5,
            tolerance=FIGURE_AGREEMENT,
        )
    ]


def test_a_missing_report_counts_as_no_reduction() -> None:
    problem = a_problem()
    (row,) = rows_of(rows, problem, changed(a_plan(problem, {"a/train": 4}), coverage=[]))
    assert (row.key, row.left, row.right) == ("iraq/risk/p1/reduction", 0, 4)


def test_without_risk_the_share_is_0() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 0}])
    plan = a_plan(problem, {"a/train": 4})
    assert not broken(problem, plan)
    assert broken(problem, changed(plan, coverage=[plan.coverage[0].model_dump() | {"share": 0.5}])) == {"risk"}


SCENARIOS = [{"id": "one"}, {"id": "other", "risk_multiplier": {"iraq": 0.5}}]


def test_checks_the_reports_of_each_scenario_separately() -> None:
    problem = a_problem(scenarios=SCENARIOS)
    plan = a_plan(problem, {"a/train": 4})
    incomplete = changed(plan, coverage=[plan.coverage[0].model_dump()])
    assert broken_rows(problem, incomplete) == ["risk iraq/risk/p1/reduction@other"]


def test_a_report_of_a_scenario_precedes_a_report_of_all_scenarios() -> None:
    """A report of 4 of 100 for all scenarios, in any position; the second scenario, with a risk of 50, has its own."""
    problem = a_problem(scenarios=SCENARIOS)
    plan = a_plan(problem, {"a/train": 4})
    first, second = (one.model_dump() for one in plan.coverage)
    of_all = first | {"scenario": None}
    wrong = of_all | {"baseline": 10, "residual": 6, "share": 0.4}
    for entries in ([of_all, second], [second, of_all], [wrong, first, second], [first, second, wrong]):
        assert not broken(problem, changed(plan, coverage=entries))


def test_a_report_of_all_scenarios_holds_in_each() -> None:
    """A single report for all scenarios, which have one risk or not."""
    alike = a_problem(scenarios=[{"id": "one"}, {"id": "other"}])
    for problem, verdict in (
        (alike, []),
        (a_problem(scenarios=SCENARIOS), ["risk iraq/risk/p1/baseline@other"]),
    ):
        plan = a_plan(problem, {"a/train": 4})
        of_all = plan.coverage[0].model_dump() | {"scenario": None}
        assert broken_rows(problem, changed(plan, coverage=[of_all])) == verdict
