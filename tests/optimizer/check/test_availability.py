from tests.support.plans import a_plan, broken, broken_rows
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
