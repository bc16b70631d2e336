from optimizer.check.one_framework import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, changed, rows_of
from tests.support.problems import a_problem

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "participants"}}]


def test_allows_a_single_framework() -> None:
    problem = a_problem(frameworks=FRAMEWORKS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}])
    assert not broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "coalition"}))


def test_forbids_two_frameworks_at_once() -> None:
    problem = a_problem(frameworks=FRAMEWORKS, activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}])
    plan = a_plan(problem, {"a/train": 1})
    (run,) = plan.activities
    twice = changed(plan, activities=[run.model_dump(), run.model_dump() | {"framework": "coalition"}])
    assert broken(problem, twice) == {"one_framework"}


def test_forbids_a_framework_that_the_activity_does_not_name() -> None:
    problem = a_problem(frameworks=FRAMEWORKS)
    assert broken(problem, a_plan(problem, {"a/train": 1}, runs={"train": "coalition"})) == {"one_framework"}


def test_forbids_a_framework_that_is_not_enabled() -> None:
    problem = a_problem(frameworks=[{"id": "alliance", "enabled": False}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == {"one_framework"}


def test_states_the_number_of_frameworks_and_those_it_cannot_use() -> None:
    problem = a_problem(
        frameworks=[*FRAMEWORKS, {"id": "closed", "enabled": False}],
        activities=[{"id": "train", "frameworks": ["alliance", "closed"]}],
    )
    (run,) = a_plan(problem, {"a/train": 1}).activities
    runs = [run.model_dump() | {"framework": framework} for framework in ("alliance", "closed", "coalition")]
    none, off = "is not among its frameworks (alliance, closed)", "is not enabled"

    def row(key: str, left: float, right: float, sentence: str) -> RuleRow:
        return RuleRow(key=key, left=left, sense="<=", right=right, sentence=sentence, tolerance=EXACT)

    assert rows_of(rows, problem, changed(a_plan(problem, {"a/train": 1}), activities=runs)) == [
        row("train/p1", 3, 1, "train runs under 3 frameworks in p1; only 1 is allowed."),
        row("train/alliance/p1", 1, 1, f"train runs under alliance in p1, which {off}."),
        row("train/closed/p1", 1, 0, f"train runs under closed in p1, which {off}."),
        row("train/coalition/p1", 1, 0, f"train runs under coalition in p1, which {none}."),
    ]


def test_checks_only_the_runs_of_its_scenario() -> None:
    problem = a_problem(scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True})
    plan = a_plan(problem, {"a/train/money/p1/one": 1, "a/train/money/p1/other": 1}, runs={"train": None})
    assert not broken(problem, plan)
