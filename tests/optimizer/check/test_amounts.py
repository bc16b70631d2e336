from tests.support.plans import a_plan, broken_rows
from tests.support.problems import a_problem, members


def test_forbids_amounts_below_zero() -> None:
    problem = a_problem(members=members("a", "b"))
    plan = a_plan(problem, {"a/train": 5, "b/train": -1})
    assert "amounts allocation/b/train/money/p1" in broken_rows(problem, plan)


def test_permits_the_rounding_of_a_solver() -> None:
    problem = a_problem(members=members("a", "b"))
    assert not broken_rows(problem, a_plan(problem, {"a/train": 5, "b/train": -1e-9}))


def test_forbids_levels_payments_and_concessions_below_zero() -> None:
    problem = a_problem(partners=[{"id": "eu"}], concessions={"budget": 1})
    plan = a_plan(
        problem,
        runs={"train": None},
        levels={"train": -1},
        pays={"a/eu/money/p1": -1},
        concedes={"a/train/alliance": -1},
    )
    rows = [row for row in broken_rows(problem, plan) if row.startswith("amounts")]
    assert rows == [
        "amounts level/train/p1",
        "amounts coordination/a/eu/money/p1",
        "amounts concession/a/train/alliance",
    ]
