from pathlib import Path

import pytest

from models.config import Group
from optimizer.check import check as module
from optimizer.check.check import RELAXABLE, check, check_apart
from optimizer.check.row import AGREEMENT, EXACT, FEASIBILITY, Row, Sense, slack
from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem

FOLDER = Path(module.__file__).parent


def a_row(left: float, sense: Sense, right: float, *, scale: float = 0, tolerance: float = FEASIBILITY) -> Row:
    return Row(key="", left=left, sense=sense, right=right, sentence="", scale=scale, tolerance=tolerance)


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
def test_a_row_is_off_by_what_is_too_much(row: Row, excess: float) -> None:
    assert row.excess == excess
    assert row.holds == (excess == 0)


@pytest.mark.parametrize(
    "row, holds",
    [
        (a_row(1e-6, "<=", 0), True),
        (a_row(1.1e-6, "<=", 0), False),
        (a_row(1000.001, "<=", 1000), True),
        (a_row(1000.0011, "<=", 1000), False),
        (a_row(1e-3, "<=", 0, scale=1000), True),
        (a_row(1e-9, "<=", 0, tolerance=EXACT), False),
        (a_row(1e-5, "=", 0, tolerance=AGREEMENT), True),
        (a_row(0.99e-5, "<=", 0, scale=-9), True),
        (a_row(1e-5, "<=", 0, scale=8), False),
    ],
)
def test_a_row_may_be_off_relative_to_its_scale(row: Row, *, holds: bool) -> None:
    assert row.holds is holds


@pytest.mark.parametrize("scale, least", [(0, 1e-6), (9, 1e-5), (-9, 1e-5)])
def test_what_counts_as_nothing_grows_with_what_stands_beside_it(scale: float, least: float) -> None:
    assert slack(scale) == pytest.approx(least)


def test_reports_how_much_was_checked_and_the_largest_violation() -> None:
    problem = a_problem()
    passed, failed = (check(problem, a_plan(problem, {"a/train": amount})) for amount in (10, 12.5))
    assert passed.passed
    assert (passed.largest_violation, passed.violations) == (0, ())
    assert passed.checked_rows > 10
    assert not failed.passed
    assert failed.largest_violation == 2.5
    assert failed.checked_rows == passed.checked_rows


def test_tells_a_violation_in_a_plain_sentence() -> None:
    problem = a_problem()
    (violation,) = check(problem, a_plan(problem, {"a/train": 12.5})).violations
    assert (violation.constraint, violation.row, violation.amount) == ("availability", "a/money/p1", 2.5)
    assert violation.sentence == "a spends 12.5 money and has 10"


def test_every_group_relaxes_some_family() -> None:
    assert set(RELAXABLE) == set(Group.__args__)  # type: ignore[attr-defined]


def test_every_family_with_rows_is_asked() -> None:
    text = Path(module.__file__).read_text(encoding="utf-8")
    silent = [
        path.stem
        for path in FOLDER.glob("*.py")
        if "def rows(" in path.read_text(encoding="utf-8") and f"    {path.stem},\n" not in text
    ]
    assert silent == []


def test_relaxing_a_group_leaves_the_others() -> None:
    problem = a_problem(default_position=-2, theatres=[{"id": "iraq", "consent": False}])
    plan = a_plan(problem, {"a/train": 1})
    assert broken(problem, plan) == {"consensus", "willingness", "consent"}
    assert broken(problem, plan, relax=("decision",)) == {"willingness", "consent"}
    assert broken(problem, plan, relax=("decision", "consent")) == {"willingness"}


def test_decisions_and_figures_are_judged_together_or_apart() -> None:
    problem = a_problem()
    plan = a_plan(problem, {"a/train": 5})
    more = [one.model_dump() | {"amount": 20} for one in plan.allocations]
    spoiled = changed(plan, allocations=more)
    together, (decided, reported) = check(problem, spoiled), check_apart(problem, spoiled)
    assert {one.constraint for one in decided.violations} == {"availability", "needs"}
    assert {one.constraint for one in reported.violations} == {"burden_report"}
    assert decided.checked_rows + reported.checked_rows == together.checked_rows
    assert {*decided.violations, *reported.violations} == set(together.violations)
