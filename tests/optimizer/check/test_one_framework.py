from tests.support.plans import a_plan, broken, changed
from tests.support.problems import a_problem

FLAGS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "participants"}}]


def test_permits_one_framework() -> None:
    problem = a_problem(frameworks=FLAGS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}])
    assert not broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "coalition"}))


def test_forbids_two_frameworks_at_once() -> None:
    problem = a_problem(frameworks=FLAGS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}])
    plan = a_plan(problem, {"a/train": 1})
    (run,) = plan.activities
    twice = changed(plan, activities=[run.model_dump(), run.model_dump() | {"framework": "coalition"}])
    assert broken(problem, twice) == {"one_framework"}


def test_forbids_a_framework_that_the_activity_does_not_name() -> None:
    problem = a_problem(frameworks=FLAGS)
    assert broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "coalition"})) == {"one_framework"}


def test_forbids_a_framework_that_is_switched_off() -> None:
    problem = a_problem(frameworks=[{"id": "alliance", "enabled": False}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == {"one_framework"}
