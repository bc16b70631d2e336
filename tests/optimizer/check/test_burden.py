from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.check.burden import rows
from optimizer.check.row import RuleRow
from tests.support.plans import a_plan, broken, broken_rows, rows_of
from tests.support.problems import a_problem


def shared(**rule: Any) -> Problem:
    """Abilities to pay 3, 1 and 4; c is not willing."""
    abilities = {"a": 3, "b": 1, "c": 4}
    return a_problem(
        members=[
            {"id": member, "ability_to_pay": ability, "resources": {"money": 10}}
            for member, ability in abilities.items()
        ],
        positions=[{"member": "c", "activity": "train", "value": 0}],
        burden_sharing=rule,
    )


@pytest.mark.parametrize("a, b, verdict", [(6, 2, set()), (6, 2.001, {"burden"}), (5, 2, {"burden"})])
def test_proportional_compares_the_willing_members(a: float, b: float, verdict: set[str]) -> None:
    problem = shared(type="proportional")
    assert broken(problem, a_plan(problem, {"a/train": a, "b/train": b})) == verdict


@pytest.mark.parametrize("a, verdict", [(6, set()), (4.5, {"burden"}), (8, set()), (8.01, {"burden"})])
def test_proportional_allows_its_tolerance(a: float, verdict: set[str]) -> None:
    problem = shared(type="proportional", tolerance=0.2)
    assert broken(problem, a_plan(problem, {"a/train": a, "b/train": 2})) == verdict


def test_proportional_over_members_includes_unwilling_members() -> None:
    problem = shared(type="proportional", over="members")
    plan = a_plan(problem, {"a/train": 6, "b/train": 2})
    assert broken_rows(problem, plan) == ["burden a/max", "burden b/max", "burden c/min"]


@pytest.mark.parametrize("b, verdict", [(2, set()), (1, set()), (0.999, {"burden"})])
def test_gini_limits_the_inequality_of_relative_burdens(b: float, verdict: set[str]) -> None:
    """Burdens 2 and b: abs(2 − b) ≤ 1/6 · 2 · (2 + b) from b = 1 on."""
    problem = shared(type="gini", max=1 / 6)
    assert broken(problem, a_plan(problem, {"a/train": 6, "b/train": b})) == verdict


@pytest.mark.parametrize("kind", ["minimax", "lexicographic_minimax"])
def test_minimax_adds_no_rows(kind: str) -> None:
    problem = shared(type=kind)
    assert not broken(problem, a_plan(problem, {"a/train": 10}))


def test_has_no_rows_if_burdens_are_relaxed() -> None:
    problem = shared(type="proportional")
    assert not broken(problem, a_plan(problem, {"a/train": 10}), relax=("burden",))


def test_the_willing_members_are_those_before_relaxation() -> None:
    problem = shared(type="proportional")
    plan = a_plan(problem, {"a/train": 6, "b/train": 2, "c/train": 5})
    assert not broken(problem, plan, relax=("participation",))


def test_proportional_states_cost_and_fair_share_of_each_member() -> None:
    """a and b pay 8 together, of which 3/4 and 1/4 are fair; each row has the tolerance of 8."""
    problem = shared(type="proportional", tolerance=0.5)
    plan = a_plan(problem, {"a/train": 4, "b/train": 4})
    sentences = {
        "a": "a pays 4 M EUR; its fair share of 8 M EUR is 6 M EUR ± 50%.",
        "b": "b pays 4 M EUR; its fair share of 8 M EUR is 2 M EUR ± 50%.",
    }
    assert rows_of(rows, problem, plan) == [
        RuleRow(key="a/min", left=4, sense=">=", right=3, sentence=sentences["a"], scale=8),
        RuleRow(key="a/max", left=4, sense="<=", right=9, sentence=sentences["a"], scale=8),
        RuleRow(key="b/min", left=4, sense=">=", right=1, sentence=sentences["b"], scale=8),
        RuleRow(key="b/max", left=4, sense="<=", right=3, sentence=sentences["b"], scale=8),
    ]


def test_gini_states_the_differences_of_burdens() -> None:
    """Burdens 6/3 and 4/1 differ by 2; the limit is 0.25 · 2 · 6, the scale 2 · 6."""
    problem = shared(type="gini", max=0.25)
    assert rows_of(rows, problem, a_plan(problem, {"a/train": 6, "b/train": 4})) == [
        RuleRow(
            key="gini",
            left=2,
            sense="<=",
            right=3,
            sentence="The relative burdens of the members differ by 2 in total; a Gini coefficient of 0.25 allows 3.",
            scale=12,
        )
    ]
