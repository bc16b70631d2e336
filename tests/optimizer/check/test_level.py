from optimizer.check.level import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def test_allows_the_least_and_the_greatest_level() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2, "max_level": 8}])
    assert not broken(problem, a_plan(problem, {"a/train": 2}))
    assert not broken(problem, a_plan(problem, {"a/train": 8}))


def test_forbids_a_token_mission() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2}])
    assert broken_rows(problem, a_plan(problem, {"a/train": 1.999})) == ["level train/p1/min"]


def test_allows_an_activity_that_does_not_run() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2}])
    assert not broken(problem, a_plan(problem))


def test_forbids_a_level_above_the_greatest() -> None:
    problem = a_problem(activities=[{"id": "train", "max_level": 8}])
    assert broken_rows(problem, a_plan(problem, {"a/train": 8.001})) == ["level train/p1/max"]


def test_states_the_level_and_its_limits() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2, "max_level": 8}])
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 9})) == [
        RuleRow(
            key="train/p1/min",
            left=9,
            sense=">=",
            right=2,
            sentence="train runs at level 9 in p1; if it runs, its level must be at least 2.",
            scale=SIZE_FLOOR * 8,
        ),
        RuleRow(
            key="train/p1/max",
            left=9,
            sense="<=",
            right=8,
            sentence="train runs at level 9 in p1; its level may be at most 8.",
            scale=SIZE_FLOOR * 8,
        ),
    ]
