from optimizer.check.availability import rows
from optimizer.check.row import Row
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def test_permits_a_member_to_give_all_it_has() -> None:
    problem = a_problem()
    assert not broken(problem, a_plan(problem, {"a/train": 10}))


def test_forbids_a_member_to_give_more_than_it_has() -> None:
    problem = a_problem()
    assert broken_rows(problem, a_plan(problem, {"a/train": 10.001})) == ["availability a/money/p1"]


def test_adds_up_what_goes_to_several_activities() -> None:
    problem = a_problem(activities=[{"id": "train"}, {"id": "watch"}])
    assert not broken(problem, a_plan(problem, {"a/train": 6, "a/watch": 4}))
    assert broken(problem, a_plan(problem, {"a/train": 6, "a/watch": 5})) == {"availability"}


def test_counts_each_period_by_itself() -> None:
    problem = a_problem(periods=["p1", "p2"], members=[{"id": "a", "resources": {"money": [10, 3]}}])
    within = a_plan(problem, {"a/train/money/p1": 10, "a/train/money/p2": 3})
    above = a_plan(problem, {"a/train/money/p1": 9, "a/train/money/p2": 4})
    assert not broken(problem, within)
    assert broken_rows(problem, above) == ["availability a/money/p2"]


def test_takes_coordination_from_whoever_pays_it() -> None:
    eu = {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}}
    problem = a_problem(members=members("a"), partners=[eu])
    gives = {"a/train": 9, "eu/train": 5}
    assert not broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 1}))
    above = gives | {"a/train": 9.5}
    assert broken(problem, a_plan(problem, above, pays={"a/eu/money/p1": 1})) == {"availability"}


def test_says_what_each_spends_and_has() -> None:
    """a gives 12 of its 10 money and 3 troops that it has none of; b gives nothing."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "troops"}],
        members=members("a", "b"),
        activities=[{"id": "train", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}],
    )
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 12, "a/train/troops": 3})) == [
        Row(key="a/money/p1", left=12, sense="<=", right=10, sentence="a spends 12 money and has 10"),
        Row(key="a/troops/p1", left=3, sense="<=", right=0, sentence="a spends 3 troops and has 0"),
        Row(key="b/money/p1", left=0, sense="<=", right=10, sentence="b spends 0 money and has 10"),
    ]
