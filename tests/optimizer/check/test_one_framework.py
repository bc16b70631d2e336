from optimizer.check.one_framework import rows
from optimizer.check.row import EXACT, Row
from tests.support.plans import a_plan, broken, changed, rows_of
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


def test_says_under_how_many_it_runs_and_which_it_cannot_use() -> None:
    problem = a_problem(
        frameworks=[*FLAGS, {"id": "closed", "enabled": False}],
        activities=[{"id": "train", "frameworks": ["alliance", "closed"]}],
    )
    (run,) = a_plan(problem, {"a/train": 1}).activities
    runs = [run.model_dump() | {"framework": flag} for flag in ("alliance", "closed", "coalition")]
    none, off = "is none of its frameworks (alliance, closed)", "is switched off"

    def row(key: str, left: float, right: float, sentence: str) -> Row:
        return Row(key=key, left=left, sense="<=", right=right, sentence=sentence, tolerance=EXACT)

    assert rows_of(rows, problem, changed(a_plan(problem, {"a/train": 1}), activities=runs)) == [
        row("train/p1", 3, 1, "train runs under 3 frameworks at once"),
        row("train/alliance/p1", 1, 1, f"train runs under alliance, which {off}"),
        row("train/closed/p1", 1, 0, f"train runs under closed, which {off}"),
        row("train/coalition/p1", 1, 0, f"train runs under coalition, which {none}"),
    ]


def test_runs_of_another_future_are_not_judged_here() -> None:
    problem = a_problem(scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"a/train/money/p1/one": 1, "a/train/money/p1/other": 1}, runs={"train": None})
    assert not broken(problem, plan)
