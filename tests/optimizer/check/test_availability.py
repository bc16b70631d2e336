from optimizer.check.availability import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem, members


def test_allows_a_member_to_give_its_whole_endowment() -> None:
    problem = a_problem()
    assert not broken(problem, a_plan(problem, {"a/train": 10}))


def test_forbids_a_member_to_give_more_than_its_endowment() -> None:
    problem = a_problem()
    assert broken_rows(problem, a_plan(problem, {"a/train": 10.001})) == ["availability a/money/p1"]


def test_adds_up_contributions_to_several_activities() -> None:
    problem = a_problem(activities=[{"id": "train"}, {"id": "watch"}])
    assert not broken(problem, a_plan(problem, {"a/train": 6, "a/watch": 4}))
    assert broken(problem, a_plan(problem, {"a/train": 6, "a/watch": 5})) == {"availability"}


def test_checks_each_period_separately() -> None:
    problem = a_problem(periods=["p1", "p2"], members=[{"id": "a", "resources": {"money": [10, 3]}}])
    within = a_plan(problem, {"a/train/money/p1": 10, "a/train/money/p2": 3})
    above = a_plan(problem, {"a/train/money/p1": 9, "a/train/money/p2": 4})
    assert not broken(problem, within)
    assert broken_rows(problem, above) == ["availability a/money/p2"]


def test_charges_coordination_to_the_member_that_pays_it() -> None:
    eu = {"id": "eu", "resources": {"money": 5}, "coordination_cost": {"resource": "money", "amount": 1}}
    problem = a_problem(members=members("a"), partners=[eu])
    gives = {"a/train": 9, "eu/train": 5}
    assert not broken(problem, a_plan(problem, gives, pays={"a/eu/money/p1": 1}))
    above = gives | {"a/train": 9.5}
    assert broken(problem, a_plan(problem, above, pays={"a/eu/money/p1": 1})) == {"availability"}


def test_states_the_use_and_the_endowment_of_each_contributor() -> None:
    """a gives 12 of its 10 money, and 3 troops without having any; b gives nothing."""
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "troops"}],
        members=members("a", "b"),
        activities=[{"id": "train", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}],
    )
    used = {"a/money/p1": (12, 10, SIZE_FLOOR * 10), "a/troops/p1": (3, 0, 0), "b/money/p1": (0, 10, SIZE_FLOOR * 10)}
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 12, "a/train/troops": 3})) == [
        RuleRow(
            key=key,
            left=amount,
            sense="<=",
            right=most,
            sentence=f"{key[0]} uses {amount} M EUR of {key[2:-3]} in p1; it has {most}.",
            scale=size,
        )
        for key, (amount, most, size) in used.items()
    ]
