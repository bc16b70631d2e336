import pytest

from models.problem.problem import Problem
from optimizer.check.benefit import rows
from optimizer.check.row import RuleRow
from optimizer.tolerances import SIZE_FLOOR
from tests.support.plans import a_plan, broken, rows_of
from tests.support.problems import a_problem


def threatened() -> Problem:
    return a_problem(
        members=[
            {"id": "a", "resources": {"money": 10}, "threat": {"iraq": 0.75}},
            {"id": "b", "resources": {"money": 10}},
        ],
        theatres=[{"id": "iraq", "weight": 2}, {"id": "syria"}],
        activities=[
            {"id": "train", "effect": {"type": "linear", "per_level": 0.5}},
            {"id": "watch", "theatre": "syria"},
        ],
        positions=[{"member": "a", "theatre": "syria", "value": 1}],
        burden_sharing={"type": "benefit", "max_ratio": 1},
    )


@pytest.mark.parametrize("b, verdict", [(0, {"benefit"}), (2, set()), (1.99, {"benefit"})])
def test_limits_cost_by_the_benefit_of_the_members_threat_map(b: float, verdict: set[str]) -> None:
    """a pays 6 and gains 0.75 · 2 · 0.5 · (6 + b) = 0.75 · (6 + b): enough from b = 2 on."""
    problem = threatened()
    gives = {"a/train": 6, "b/train": b} if b else {"a/train": 6}
    assert broken(problem, a_plan(problem, gives)) == verdict


def test_a_theatre_off_the_map_counts_nothing() -> None:
    problem = threatened()
    assert broken(problem, a_plan(problem, {"a/watch": 0.01})) == {"benefit"}


def test_a_member_without_a_map_has_no_row() -> None:
    problem = threatened()
    assert not broken(problem, a_plan(problem, {"b/watch": 10}))


def test_has_no_rows_if_burdens_are_relaxed() -> None:
    problem = threatened()
    assert not broken(problem, a_plan(problem, {"a/watch": 10}), relax=("burden",))


def test_states_cost_and_benefit_of_each_member() -> None:
    """The benefit of all risk, 0.75 · 2 · 100, is more than the 20 M EUR of both members."""
    problem = threatened()
    sentence = "a pays 6 M EUR; the benefit by its own threat assessment allows 4.5 M EUR."
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 6})) == [
        RuleRow(key="a", left=6, sense="<=", right=4.5, sentence=sentence, scale=1.5 * (SIZE_FLOOR * 100))
    ]


def test_gains_of_all_periods_and_drivers_add_up() -> None:
    """1 point of each of two drivers in each of two periods, at a threat of 1: the limit is 4 M EUR, the cost 2."""
    problem = a_problem(
        periods=["p1", "p2"],
        members=[{"id": "a", "resources": {"money": 10}, "threat": {"iraq": 1}}],
        theatres=[{"id": "iraq", "risk": {"violence": 9, "grievance": 9}, "persistence": 0}],
        activities=[{"id": "train", "reduces": {"violence": 1, "grievance": 1}}],
        burden_sharing={"type": "benefit", "max_ratio": 1},
    )
    (row,) = rows_of(rows, problem, a_plan(problem, {"a/train/money/p1": 1, "a/train/money/p2": 1}))
    assert (row.left, row.right) == (2, 4)
