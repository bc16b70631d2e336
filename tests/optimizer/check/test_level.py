from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem


def test_permits_the_least_and_the_greatest_level() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2, "max_level": 8}])
    assert not broken(problem, a_plan(problem, {"a/train": 2}))
    assert not broken(problem, a_plan(problem, {"a/train": 8}))


def test_forbids_a_token_mission() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2}])
    assert broken_rows(problem, a_plan(problem, {"a/train": 1.999})) == ["level train/p1/min"]


def test_permits_not_to_run_at_all() -> None:
    problem = a_problem(activities=[{"id": "train", "min_level": 2}])
    assert not broken(problem, a_plan(problem))


def test_forbids_a_level_above_the_greatest() -> None:
    problem = a_problem(activities=[{"id": "train", "max_level": 8}])
    assert broken_rows(problem, a_plan(problem, {"a/train": 8.001})) == ["level train/p1/max"]
