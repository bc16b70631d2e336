import pytest

from optimizer.check.row import RuleRow
from optimizer.check.willingness import rows
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


@pytest.mark.parametrize("value, verdict", [(1, set()), (0.9999999, {"willingness"}), (0, {"willingness"})])
def test_a_member_contributes_from_its_threshold_on(value: float, verdict: set[str]) -> None:
    problem = a_problem(positions=[{"member": "a", "activity": "train", "value": value}])
    assert broken(problem, a_plan(problem, {"a/train": 1})) == verdict


def test_uses_the_position_under_the_framework_of_the_run() -> None:
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


def test_has_no_rows_if_participation_is_relaxed() -> None:
    problem = a_problem(default_position=0)
    assert not broken(problem, a_plan(problem, {"a/train": 1}), relax=("participation",))


def test_states_the_contributions_of_unwilling_members() -> None:
    """b is not willing; a is willing, so its row holds even above its endowment and possible investments."""
    radar = {"id": "radar", "contributor": "b", "cost": {}, "adds": {"money": 4}, "max": 2}
    problem = a_problem(
        members=members("a", "b"),
        partners=[{"id": "eu", "resources": {"money": 5}}],
        positions=[{"member": "b", "activity": "train", "value": 0.5}],
        investments=[radar],
    )
    willing, unwilling = rows_of(rows, problem, a_plan(problem, {"eu/train": 1, "a/train": 12, "b/train": 3}))
    assert (willing.key, willing.left, willing.holds, willing.scale) == ("a/train/money/p1", 12, True, 10)
    assert unwilling == RuleRow(
        key="b/train/money/p1",
        left=3,
        sense="<=",
        right=0,
        sentence="b gives 3 M EUR of money to train in p1, but is not willing: "
        "its position is 0.5, it contributes from 1.",
        scale=18,
    )


def test_contributions_to_an_activity_that_does_not_run_do_not_skip_the_next() -> None:
    problem = a_problem(activities=[{"id": "train"}, {"id": "watch"}], default_position=0)
    plan = a_plan(problem, {"a/train": 1, "a/watch": 1}, runs={"watch": None})
    assert [row.key for row in rows_of(rows, problem, plan)] == ["a/watch/money/p1"]
