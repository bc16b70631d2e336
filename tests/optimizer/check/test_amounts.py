from optimizer.check.amounts import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken_rows, rows_of
from tests.support.problems import a_problem, members


def test_forbids_amounts_below_zero() -> None:
    problem = a_problem(members=members("a", "b"))
    plan = a_plan(problem, {"a/train": 5, "b/train": -1})
    assert "amounts allocation/b/train/money/p1" in broken_rows(problem, plan)


def test_allows_the_rounding_errors_of_a_solver() -> None:
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


def test_has_a_row_for_each_amount_and_level() -> None:
    """Rows for allocations, levels, payments, concessions and units bought; 1.5 units round to 2.

    a has 10 and can buy 1 more, so at most 11 levels are possible.
    """
    radar = {"id": "radar", "contributor": "a", "cost": {}, "adds": {"money": 1}}
    problem = a_problem(partners=[{"id": "eu"}], concessions={"budget": 1}, investments=[radar])
    plan = a_plan(
        problem,
        {"a/train": 2},
        pays={"a/eu/money/p1": -1},
        concedes={"a/train/alliance": 0.5},
        buys={"radar/p1": 1.5},
    )
    amounts = {
        "allocation/a/train/money/p1": (2, 11),
        "level/train/p1": (2, SIZE_FLOOR * 11),
        "coordination/a/eu/money/p1": (-1, 11),
        "concession/a/train/alliance": (0.5, 1),
        "investment/radar/p1": (1.5, 1),
    }
    at_least_zero = [
        RuleRow(
            key=key,
            left=amount,
            sense=">=",
            right=0,
            sentence=f"The plan states {amount:g} for {key}; it must be at least 0.",
            scale=size,
        )
        for key, (amount, size) in amounts.items()
    ]
    sentence = "The plan buys 1.5 units of radar in p1; it must buy a whole number."
    whole = RuleRow(key="investment/radar/p1", left=-0.5, sense="=", right=0, sentence=sentence, scale=1)
    assert rows_of(rows, problem, plan) == [*at_least_zero, whole]


def test_checks_only_the_amounts_of_its_scenario() -> None:
    eu = {"id": "eu", "coordination_cost": {"resource": "money", "amount": 1}}
    problem = a_problem(
        partners=[eu], scenarios=[{"id": "one"}, {"id": "other"}], criterion={"type": "expected", "recourse": True}
    )
    plan = a_plan(problem, {"a/train/money/p1/one": 1}, runs={"train": None}, pays={"a/eu/money/p1/other": 1})
    assert [row.key for row in rows_of(rows, problem, plan)] == [
        "allocation/a/train/money/p1",
        "level/train/p1",
        "level/train/p1",
        "coordination/a/eu/money/p1",
    ]
