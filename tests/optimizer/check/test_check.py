from pathlib import Path

import pytest

from models.config import Group
from optimizer.check import check as module
from optimizer.check.check import RELAXABLE, check, check_apart
from optimizer.check.row import EXACT, RuleRow, Sense, slack
from optimizer.tolerances import FIGURE_AGREEMENT, ROW_FEASIBILITY
from tests.support.plans import a_plan, broken, broken_rows, changed
from tests.support.problems import a_problem

FOLDER = Path(module.__file__).parent


def a_row(left: float, sense: Sense, right: float, *, scale: float = 0, tolerance: float = ROW_FEASIBILITY) -> RuleRow:
    return RuleRow(key="", left=left, sense=sense, right=right, sentence="", scale=scale, tolerance=tolerance)


@pytest.mark.parametrize(
    "row, excess",
    [
        (a_row(3, "<=", 2), 1),
        (a_row(2, "<=", 3), 0),
        (a_row(3, ">=", 2), 0),
        (a_row(2, ">=", 3), 1),
        (a_row(2, "=", 3), 1),
        (a_row(3, "=", 2), 1),
        (a_row(float("nan"), "<=", 2), float("inf")),
        (a_row(1, "<=", float("inf")), float("inf")),
    ],
)
def test_the_excess_of_a_row_is_its_violation(row: RuleRow, excess: float) -> None:
    assert row.excess == excess
    assert row.holds == (excess == 0)


@pytest.mark.parametrize(
    "row, holds",
    [
        (a_row(1e-300, "<=", 0), False),
        (a_row(1000.001, "<=", 1000), True),
        (a_row(1000.0011, "<=", 1000), False),
        (a_row(1.000001e-9, "<=", 1e-9), True),
        (a_row(1.0000011e-9, "<=", 1e-9), False),
        (a_row(1e-3, "<=", 0, scale=1000), True),
        (a_row(1.1e-3, "<=", 0, scale=1000), False),
        (a_row(1e-9, "<=", 0, tolerance=EXACT), False),
        (a_row(0.99e-5, "=", 0, scale=1, tolerance=FIGURE_AGREEMENT), True),
        (a_row(0.99e-5, "<=", 0, scale=-10), True),
        (a_row(1e-5, "<=", 0, scale=9), False),
        (a_row(-3, ">=", -2, tolerance=0.5), True),
        (a_row(-2, "<=", -3, tolerance=0.5), True),
        (a_row(3, "<=", 1, tolerance=0.66), False),
        (a_row(float("inf"), "<=", 1, tolerance=0.5), False),
    ],
)
def test_the_tolerance_of_a_row_is_relative_to_its_scale(row: RuleRow, *, holds: bool) -> None:
    assert row.holds is holds


@pytest.mark.parametrize("scale, least", [(0, 0), (1e-9, 1e-15), (10, 1e-5), (-10, 1e-5)])
def test_the_slack_grows_with_the_scale(scale: float, least: float) -> None:
    assert slack(scale) == pytest.approx(least)


def test_reports_the_checked_rows_and_the_largest_violation() -> None:
    problem = a_problem()
    passed, failed = (check(problem, a_plan(problem, {"a/train": amount})) for amount in (10, 12.5))
    assert passed.passed
    assert (passed.largest_violation, passed.violations) == (0, ())
    assert passed.checked_rows > 10
    assert not failed.passed
    assert failed.largest_violation == 2.5
    assert failed.checked_rows == passed.checked_rows


def test_states_a_violation_in_a_sentence() -> None:
    problem = a_problem()
    (violation,) = check(problem, a_plan(problem, {"a/train": 12.5})).violations
    assert (violation.constraint, violation.row, violation.amount) == ("availability", "a/money/p1", 2.5)
    assert violation.sentence == "a uses 12.5 M EUR of money in p1; it has 10."


def test_every_group_relaxes_some_family() -> None:
    assert set(RELAXABLE) == set(Group.__args__)  # type: ignore[attr-defined]


def test_every_family_with_rows_is_checked() -> None:
    text = Path(module.__file__).read_text(encoding="utf-8")
    missing = [
        path.stem
        for path in FOLDER.glob("*.py")
        if "def rows(" in path.read_text(encoding="utf-8") and f"    {path.stem},\n" not in text
    ]
    assert missing == [], (
        f"optimizer/check/check.py: import {missing} and add them to ALWAYS_CHECKED or to their group in RELAXABLE"
    )


def test_relaxing_a_group_keeps_the_others() -> None:
    problem = a_problem(default_position=-2, theatres=[{"id": "iraq", "consent": False}])
    plan = a_plan(problem, {"a/train": 1})
    assert broken(problem, plan) == {"consensus", "willingness", "consent"}
    assert broken(problem, plan, relax=("decision",)) == {"willingness", "consent"}
    assert broken(problem, plan, relax=("decision", "consent")) == {"willingness"}


def test_check_apart_separates_decisions_from_figures() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 5})
    more = [one.model_dump() | {"amount": 20} for one in plan.allocations]
    spoiled = changed(plan, allocations=more)
    together, (decided, reported) = check(problem, spoiled), check_apart(problem, spoiled)
    assert {one.constraint for one in decided.violations} == {"availability", "needs"}
    assert {one.constraint for one in reported.violations} == {"burden_report"}
    assert decided.checked_rows + reported.checked_rows == together.checked_rows
    assert {*decided.violations, *reported.violations} == set(together.violations)


def test_a_plan_with_an_unknown_id_is_not_checked_further() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 50})
    lost = changed(plan, allocations=[plan.allocations[0].model_dump() | {"resource": "gold"}])
    decided, reported = check_apart(problem, lost)
    assert decided == check(problem, lost)
    assert [violation.constraint for violation in decided.violations] == ["plan"]
    assert (reported.passed, reported.largest_violation, reported.checked_rows) == (True, 0, 0)


def test_an_infinite_violation_is_reported_as_the_largest_number() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 4})
    endless = plan.coverage[0].model_copy(update={"share": float("inf")})
    report = check(problem, plan.model_copy(update={"coverage": (endless,)}))
    assert (report.largest_violation, [one.amount for one in report.violations]) == (1e300, [1e300])


def test_a_figure_without_a_scenario_holds_in_all() -> None:
    """A level of train is worth 1 or 2: the plan reports the 4 of the first scenario for both."""
    line = {"type": "linear", "per_level": 1}
    problem = a_problem(
        activities=[{"id": "train", "effect": line}],
        scenarios=[{"id": "first"}, {"id": "second", "overrides": {"activities/train/effect/per_level": 2}}],
    )
    plan = a_plan(problem, {"a/train": 4})
    assert not broken(problem, plan)
    assert [(run.scenario, run.effect) for run in plan.activities] == [("first", 4), ("second", 8)]
    of_all = plan.activities[0].model_dump() | {"scenario": None}
    assert broken_rows(problem, changed(plan, activities=[of_all])) == ["effect train/p1/effect@second"]
