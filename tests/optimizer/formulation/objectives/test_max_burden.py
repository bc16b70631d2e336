from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.outcome import Solved
from models.problem.problem import Problem
from optimizer.diagnostics.warnings import assumptions
from tests.support.families import rows_of
from tests.support.laws import FEW
from tests.support.optima import solved
from tests.support.problems import a_problem

SPARE = [{"metric": "risk_reduction"}, {"metric": "max_burden"}]


def able(*abilities: float, risk: float = 8, **fields: Any) -> Problem:
    """Members a, b, c ... with 10 M EUR each and the given abilities to pay."""
    members = [
        {"id": chr(ord("a") + n), "resources": {"money": 10}, "ability_to_pay": ability}
        for n, ability in enumerate(abilities)
    ]
    return a_problem(**{"members": members, "theatres": [{"id": "iraq", "risk": risk}], **fields})


def costs(outcome: Solved) -> list[float]:
    return [one.cost for one in outcome.plan.burden]


def test_rows_count_burdens_at_the_average_ability_to_pay() -> None:
    assert rows_of(able(3, 1, objectives=SPARE), "objective_rows") == (
        "objective_rows[max_burden,a]: 0  <=  1.5*greatest_burden[all] - c[a]\n"
        "objective_rows[max_burden,b]: 0  <=  0.5*greatest_burden[all] - c[b]\n"
    )


def test_rows_go_on_to_the_sums_of_the_greatest_burdens() -> None:
    rows = rows_of(able(3, 1, 2, burden_sharing={"type": "lexicographic_minimax"}), "objective_rows").splitlines()
    assert rows[3:] == [
        "objective_rows[max_burden,2,a]: 0  <=  1.5*kth_burden[2] + 1.5*beyond_kth[2,a] - c[a]",
        "objective_rows[max_burden,2,b]: 0  <=  0.5*kth_burden[2] + 0.5*beyond_kth[2,b] - c[b]",
        "objective_rows[max_burden,2,c]: 0  <=  kth_burden[2] + beyond_kth[2,c] - c[c]",
        "objective_rows[max_burden,3,a]: 0  <=  1.5*kth_burden[3] + 1.5*beyond_kth[3,a] - c[a]",
        "objective_rows[max_burden,3,b]: 0  <=  0.5*kth_burden[3] + 0.5*beyond_kth[3,b] - c[b]",
        "objective_rows[max_burden,3,c]: 0  <=  kth_burden[3] + beyond_kth[3,c] - c[c]",
    ]


def test_the_least_burdened_are_compared_as_well() -> None:
    """Only b and d have the resources for syria and jordan: 4 and 3 M EUR. a and c share the 2 of iraq: 1 each."""
    kinds = ("money", "ships", "planes")
    problem = able(
        1,
        1,
        1,
        1,
        resources=[{"id": kind} for kind in kinds],
        members=[
            {"id": name, "resources": {kind: 10}}
            for name, kind in zip("abcd", ("money", "ships", "money", "planes"), strict=True)
        ],
        theatres=[{"id": "iraq", "risk": 2}, {"id": "syria", "risk": 4}, {"id": "jordan", "risk": 3}],
        activities=[
            {"id": f"use-{kind}", "theatre": place, "needs": {kind: 1}}
            for kind, place in zip(kinds, ("iraq", "syria", "jordan"), strict=True)
        ],
        burden_sharing={"type": "lexicographic_minimax"},
    )
    assert costs(solved(problem)) == pytest.approx([1, 4, 1, 3])


def test_the_greatest_burden_is_as_small_as_can_be() -> None:
    """Abilities to pay 3 and 1: they pay 6 and 2 of 8 M EUR, a burden of 2 each."""
    outcome = solved(able(3, 1, objectives=SPARE))
    assert outcome.objectives[1].value == pytest.approx(2)
    assert costs(outcome) == pytest.approx([6, 2])


@pytest.mark.parametrize("unit", [1e-6, 1, 1e7])
def test_the_unit_of_ability_to_pay_changes_the_number_and_nothing_else(unit: float) -> None:
    outcome = solved(able(3 * unit, unit, objectives=SPARE))
    assert outcome.objectives[1].value * unit == pytest.approx(2, rel=1e-6)
    assert costs(outcome) == pytest.approx([6, 2], rel=1e-6)


def test_can_be_the_first_objective() -> None:
    objectives = [{"metric": "max_burden", "tolerance": 0.5}, {"metric": "risk_reduction"}]
    floor = {"min_level": [{"activity": "train", "level": 4}]}
    outcome = solved(able(3, 1, objectives=objectives, policy=floor))
    assert [result.value for result in outcome.objectives] == pytest.approx([1.5, 6])
    assert outcome.objectives[0].bound == pytest.approx(1)


def test_what_is_reported_is_the_burden_of_the_plan() -> None:
    """The tolerance lets the greatest burden rise by half to 3. Any value between is valid, because the cost is 8 in
    each case.
    """
    objectives = [*SPARE[:1], {"metric": "max_burden", "tolerance": 0.5}, {"metric": "cost"}]
    outcome = solved(able(3, 1, objectives=objectives))
    assert outcome.objectives[1].value == pytest.approx(max(one.relative_burden for one in outcome.plan.burden))
    assert 2 - 1e-6 <= outcome.objectives[1].value <= 3 + 1e-6


@pytest.mark.parametrize("rule", ["minimax", "lexicographic_minimax"])
def test_the_burden_rule_places_it_after_the_first_objective(rule: str) -> None:
    problem = able(3, 1, burden_sharing={"type": rule})
    outcome = solved(problem)
    assert [result.metric for result in outcome.objectives] == ["risk_reduction", "max_burden", "cost"]
    assert costs(outcome) == pytest.approx([6, 2])
    assert any("max_burden is minimised right after the first objective" in said for said in assumptions(problem))


def test_sparing_the_most_burdened_comes_before_cost() -> None:
    """a achieves with 1 M EUR what takes b 3. Risk 8: 2 each, 4 in total, although a alone would need only 8/3."""
    members = [
        {"id": "a", "resources": {"money": 10}, "productivity": 3},
        {"id": "b", "resources": {"money": 10}},
    ]
    problem = able(1, 1, members=members, burden_sharing={"type": "minimax"})
    assert costs(solved(problem)) == pytest.approx([2, 2])


def test_the_burden_rule_leaves_it_where_an_objective_names_it() -> None:
    objectives = [*SPARE, {"metric": "cost"}][::-1]
    problem = able(3, 1, burden_sharing={"type": "minimax"}, objectives=objectives)
    assert [result.metric for result in solved(problem).objectives] == ["cost", "max_burden", "risk_reduction"]
    assert not any("max_burden" in said for said in assumptions(problem))


def test_it_comes_after_all_objectives_of_the_first_priority() -> None:
    objectives = [
        {"metric": "cost", "priority": 2},
        {"metric": "risk_reduction", "priority": 2},
        {"metric": "min_coverage", "priority": 7},
    ]
    outcome = solved(able(3, 1, burden_sharing={"type": "minimax"}, objectives=objectives))
    named = [result.metric for result in outcome.objectives]
    assert named == ["cost", "risk_reduction", "max_burden", "min_coverage"]


def test_reports_one_objective_however_many_burdens_are_gone_through() -> None:
    outcome = solved(able(4, 2, 1, 1, risk=16, burden_sharing={"type": "lexicographic_minimax"}))
    burden = outcome.objectives[1]
    assert (burden.metric, burden.optimal, burden.scope) == ("max_burden", True, "full")
    assert (burden.value, burden.bound, burden.proven) == pytest.approx((2, 2, 2))


def test_is_the_same_if_a_member_gives_nothing() -> None:
    """c gives nothing for either value of `over`: a burden of 0 comes last in any order."""
    objection = [{"member": "c", "activity": "train", "value": 0}]
    for over in ("willing", "members"):
        rule = {"type": "lexicographic_minimax", "over": over}
        assert costs(solved(able(3, 1, 4, positions=objection, burden_sharing=rule))) == pytest.approx([6, 2, 0])


def test_is_an_average_over_scenarios() -> None:
    """4 M EUR are needed in the calm and 16 in the storm, each with probability ½: 10 expected. With recourse a and b,
    equally able, pay 5 each on average.
    """
    problem = able(
        1,
        1,
        risk=4,
        scenarios=[{"id": "calm"}, {"id": "storm", "risk_multiplier": {"iraq": 4}}],
        criterion={"type": "expected", "recourse": True},
        objectives=SPARE,
    )
    outcome = solved(problem)
    assert outcome.objectives[1].value == pytest.approx(5)


@FEW
@given(abilities=st.lists(st.integers(1, 9), min_size=2, max_size=4), risk=st.integers(1, 40))
def test_lexicographic_minimax_pours_burdens_in_like_water(abilities: list[int], risk: int) -> None:
    """With endowments as the only limit, every burden rises to one common level or to the member's endowment. At that
    level the sum of min(10, level · ability) equals the need.
    """
    outcome = solved(able(*abilities, risk=risk, burden_sharing={"type": "lexicographic_minimax"}))
    needed = min(risk, 10 * len(abilities))
    low, high = 0.0, 10.0
    for _ in range(60):
        level = (low + high) / 2
        low, high = (level, high) if sum(min(10, level * one) for one in abilities) < needed else (low, level)
    assert costs(outcome) == pytest.approx([min(10, high * one) for one in abilities], abs=1e-5)
