import pytest

from tests.support.plans import a_plan, broken, broken_rows
from tests.support.problems import a_problem, members


@pytest.mark.parametrize("value, verdict", [(1, set()), (0.9999999, {"willingness"}), (0, {"willingness"})])
def test_contributes_from_its_threshold_on(value: float, verdict: set[str]) -> None:
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": value}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_asks_for_the_position_under_the_framework_that_runs() -> None:
    problem = a_problem(
        members=members("a", "b"),
        frameworks=[{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[{"member": "b", "activity": "train", "framework": "coalition", "value": 0}],
    )
    gives = {"a/train": 1, "b/train": 1}
    assert not broken(problem, a_plan(problem, gives, runs={"train": "alliance"}))
    plan = a_plan(problem, gives, runs={"train": "coalition"})
    assert broken_rows(problem, plan) == ["willingness b/train/money/p1"]


def test_a_partner_is_always_willing() -> None:
    problem = a_problem(partners=[{"id": "eu", "resources": {"money": 5}}], default_position=0)
    assert not broken(problem, a_plan(problem, {"eu/train": 5}))


def test_is_not_asked_where_participation_is_relaxed() -> None:
    problem = a_problem(default_position=0)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("participation",))
