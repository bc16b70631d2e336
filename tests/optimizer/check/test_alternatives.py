from models.problem.problem import Problem
from optimizer.check.alternatives import rows
from optimizer.check.row import EXACT, RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def instruments(at_most: int = 1) -> Problem:
    return a_problem(
        periods=["p1", "p2"],
        activities=[{"id": "own"}, {"id": "borrowed"}, {"id": "other"}],
        alternatives=[{"activities": ["own", "borrowed"], "at_most": at_most}],
    )


def test_a_single_instrument_may_run_in_every_period() -> None:
    problem = instruments()
    assert not broken(problem, a_plan(problem, {"a/own/money/p1": 1, "a/own/money/p2": 1, "a/other/money/p1": 1}))


def test_the_other_may_not_take_over_later() -> None:
    problem = instruments()
    plan = a_plan(problem, {"a/own/money/p1": 1, "a/borrowed/money/p2": 1})
    assert broken_rows(problem, plan) == ["alternatives own:borrowed"]
    assert not broken(instruments(at_most=2), plan)


def test_states_which_alternatives_run_and_how_many_may() -> None:
    problem = instruments()
    plan = a_plan(problem, {"a/own/money/p1": 1, "a/borrowed/money/p2": 1})
    assert rows_of(rows, problem, plan) == [
        RuleRow(
            key="own:borrowed",
            left=2,
            sense="<=",
            right=1,
            sentence="2 of the alternatives own, borrowed run (own, borrowed); at most 1 may run.",
            tolerance=EXACT,
        )
    ]
