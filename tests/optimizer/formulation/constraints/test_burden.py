from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem


def sharing(rule: dict[str, Any], **fields: Any) -> Problem:
    """Ability to pay: a 3, b 1. Each has 10 M EUR."""
    return a_problem(
        **{
            "members": [
                {"id": "a", "resources": {"money": 10}, "ability_to_pay": 3},
                {"id": "b", "resources": {"money": 10}, "ability_to_pay": 1},
            ],
            "burden_sharing": rule,
            **fields,
        }
    )


def proportional(tolerance: float, **fields: Any) -> Problem:
    return sharing({"type": "proportional", "tolerance": tolerance, **fields})


def gini(most: float, **fields: Any) -> Problem:
    return sharing({"type": "gini", "max": most}, **fields)


def burdens(problem: Problem) -> dict[str, float]:
    return {one.member: one.relative_burden for one in solved(problem).plan.burden}


def test_rows_bound_each_share_around_the_fair_share() -> None:
    assert rows_of(proportional(0.5), "burden") == (
        "burden[together]: - shared_cost[all] + c[a] + c[b]  ==  0\n"
        "burden[most,a]: c[a] - 1.125*shared_cost[all]  <=  0\n"
        "burden[least,a]: 0  <=  c[a] - 0.375*shared_cost[all]\n"
        "burden[most,b]: c[b] - 0.375*shared_cost[all]  <=  0\n"
        "burden[least,b]: 0  <=  c[b] - 0.125*shared_cost[all]\n"
    )


def test_rows_ask_for_no_least_share_where_all_of_it_is_tolerated() -> None:
    assert "least" not in rows_of(proportional(1), "burden")


def test_rows_compare_burdens_at_one_average_ability_to_pay() -> None:
    problem = gini(0.25, members=[{"id": "a", "ability_to_pay": 4}, {"id": "b", "ability_to_pay": 1}, {"id": "c"}])
    assert rows_of(problem, "burden") == (
        "burden[gap,a,b]: 0  <=  burden_gap[a,b] - 0.5*c[a] + 2.0*c[b]\n"
        "burden[gap,b,a]: 0  <=  burden_gap[a,b] + 0.5*c[a] - 2.0*c[b]\n"
        "burden[gap,a,c]: 0  <=  burden_gap[a,c] - 0.5*c[a] + 2.0*c[c]\n"
        "burden[gap,c,a]: 0  <=  burden_gap[a,c] + 0.5*c[a] - 2.0*c[c]\n"
        "burden[gap,b,c]: 0  <=  burden_gap[b,c] - 2.0*c[b] + 2.0*c[c]\n"
        "burden[gap,c,b]: 0  <=  burden_gap[b,c] + 2.0*c[b] - 2.0*c[c]\n"
        "burden[gini]: burden_gap[a,b] + burden_gap[a,c] + burden_gap[b,c] - 0.375*c[a] - 1.5*c[b] - 1.5*c[c]  <=  0\n"
    )


@pytest.mark.parametrize("over, compared", [("willing", ["a"]), ("members", ["a", "b"])])
def test_rows_compare_the_willing_unless_all_members_are_asked_for(over: str, compared: list[str]) -> None:
    acquiesces = [{"member": "b", "activity": "train", "value": 0}]
    problem = sharing({"type": "proportional", "tolerance": 0.5, "over": over}, positions=acquiesces)
    rows = rows_of(problem, "burden").splitlines()
    assert [row.partition("]")[0][-1] for row in rows if row.startswith("burden[most")] == compared


@pytest.mark.parametrize("rule", [{"type": "gini", "max": 0.5}, {"type": "minimax"}, {"type": "lexicographic_minimax"}])
def test_has_no_rows_where_nothing_is_excluded(rule: dict[str, Any]) -> None:
    """The Gini coefficient of two members is at most ½; minimax is an objective."""
    assert rows_of(sharing(rule), "burden") == ""


@pytest.mark.parametrize("paid_by_b, holds", [(1.4, False), (1.5, True), (4.5, True), (4.6, False)])
def test_permits_shares_within_the_tolerance(paid_by_b: float, *, holds: bool) -> None:
    """Of 12 M EUR the fair share of b is a quarter, 3. The tolerance is half of that either way."""
    decisions = {"c[a]": 12 - paid_by_b, "c[b]": paid_by_b, "shared_cost[all]": 12}
    assert permits(proportional(0.5), "burden", decisions) is holds


@pytest.mark.parametrize("paid_by_b, holds", [(1.9, True), (2, True), (2.1, False)])
def test_permits_burdens_that_are_unequal_up_to_the_cap(paid_by_b: float, *, holds: bool) -> None:
    """At the average ability 2 the 2 M EUR of a are a burden of 4/3, the 2 M EUR of b a burden of 4. Gini: |4/3 - 4| /
    (2 · (4/3 + 4)) = ¼.
    """
    decisions = {"c[a]": 2, "c[b]": paid_by_b, "burden_gap[a,b]": abs(2 * 2 / 3 - 2 * paid_by_b)}
    assert permits(gini(0.25), "burden", decisions) is holds


@pytest.mark.parametrize("tolerance, value", [(0, 40 / 3), (0.5, 16), (1, 20)])
def test_what_the_less_able_may_pay_limits_the_whole(tolerance: float, value: float) -> None:
    """Tolerance 0: a's 10 M EUR are ¾ of the total, 40/3. Tolerance ½: b pays at most 1½ · ¼ = 3/8, so a's 10 are at
    least 5/8 of the total, 16. Tolerance 1: b may pay half, so 20.
    """
    assert optimum(proportional(tolerance)) == pytest.approx(value)


@pytest.mark.parametrize("most, value", [(0, 40 / 3), (0.1, 15), (0.25, 20), (1, 20)])
def test_the_gini_cap_limits_how_unequal_burdens_are(most: float, value: float) -> None:
    """a pays 10, a burden of 10/3. The burden of b is at most (1 + 2G) / (1 - 2G) times that. G = 0: 10/3, so 40/3 in
    total. G = 0.1: 1.2/0.8 · 10/3 = 5, so 15. G = ¼: 3 · 10/3 = 10, all that b has.
    """
    assert optimum(gini(most)) == pytest.approx(value)


def test_a_gini_over_three_compares_every_pair() -> None:
    """Equal abilities; a and b pay 10 each, c has only 4. |a-b| + |a-c| + |b-c| = 12 is at most G · 3 · 24 from G = 1/6
    on. At G = 1/12 a and b pay x each: 2 (x - 4) ≤ ¼ (2x + 4), x = 6, so 16 in total.
    """
    three = [{"id": i, "resources": {"money": amount}} for i, amount in (("a", 10), ("b", 10), ("c", 4))]
    assert optimum(gini(1 / 6, members=three)) == pytest.approx(24)
    assert optimum(gini(1 / 12, members=three)) == pytest.approx(16)


@pytest.mark.parametrize("kind", [{"type": "proportional"}, {"type": "gini", "max": 0}])
def test_relaxing_burden_frees_it(kind: dict[str, Any]) -> None:
    assert optimum(sharing(kind)) == pytest.approx(40 / 3)
    assert optimum(sharing(kind), "burden") == pytest.approx(20)


@pytest.mark.parametrize("kind", [{"type": "proportional"}, {"type": "gini", "max": 0.1}])
def test_the_unit_of_ability_to_pay_does_not_matter(kind: dict[str, Any]) -> None:
    """Ability to pay in M EUR of gross domestic product, and in units of a hundred trillion."""
    for unit in (1e6, 1e-8):
        members = [dict(one, ability_to_pay=one["ability_to_pay"] * unit) for one in sharing(kind).document["members"]]
        assert optimum(sharing(kind, members=members)) == pytest.approx(optimum(sharing(kind)))


def test_the_most_burdened_is_spared_first() -> None:
    """Risk 8: a pays 6 and b 2, a burden of 2 each. The cost is 8 for any split, so without the rule b could pay all of
    it.
    """
    problem = sharing({"type": "minimax"}, theatres=[{"id": "iraq", "risk": 8}])
    assert burdens(problem) == pytest.approx({"a": 2, "b": 2})
    assert [result.metric for result in solved(problem).objectives] == ["risk_reduction", "max_burden", "cost"]


def test_then_the_next_most_burdened_and_on() -> None:
    """Abilities to pay 6, 3, 2, 1. a has 3 and d only ½, so their burdens are at most ½. Risk 10: b and c pay the other
    6½ in proportion 3 to 2, a burden of 1.3 each.
    """
    means = {"a": (6, 3), "b": (3, 10), "c": (2, 10), "d": (1, 0.5)}
    problem = sharing(
        {"type": "lexicographic_minimax"},
        members=[{"id": i, "resources": {"money": money}, "ability_to_pay": w} for i, (w, money) in means.items()],
        theatres=[{"id": "iraq", "risk": 10}],
    )
    assert burdens(problem) == pytest.approx({"a": 0.5, "b": 1.3, "c": 1.3, "d": 0.5})


def test_the_second_greatest_burden_counts_only_once_the_greatest_is_least() -> None:
    """Only b has ships, and the 4 points of syria take 4 of them: a burden of 4 that nothing can lower. a and c can
    share the 6 points of iraq in any way with both at 4 or less. The rule makes it 3 each.
    """
    problem = sharing(
        {"type": "lexicographic_minimax"},
        resources=[{"id": "money"}, {"id": "ships"}],
        members=[
            {"id": "a", "resources": {"money": 10}},
            {"id": "b", "resources": {"ships": 4}},
            {"id": "c", "resources": {"money": 10}},
        ],
        theatres=[{"id": "iraq", "risk": 6}, {"id": "syria", "risk": 4}],
        activities=[{"id": "sail", "theatre": "syria", "needs": {"ships": 1}}, {"id": "train"}],
    )
    assert burdens(problem) == pytest.approx({"a": 3, "b": 4, "c": 3})


def test_choices_are_made_with_the_next_burdens_in_mind() -> None:
    """Twelve points, either in the alliance, where a and b pay 6 each, or in the coalition, where b, c and d pay 4 each
    and a is unwilling. The greatest burden is least in the coalition.
    """
    problem = sharing(
        {"type": "lexicographic_minimax"},
        members=[{"id": i, "resources": {"money": 10}} for i in "abcd"],
        theatres=[{"id": "iraq", "risk": 12}],
        frameworks=[{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[
            {"member": "a", "activity": "train", "framework": "coalition", "value": 0},
            {"member": "c", "activity": "train", "framework": "alliance", "value": 0},
            {"member": "d", "activity": "train", "framework": "alliance", "value": 0},
        ],
    )
    assert burdens(problem) == pytest.approx({"a": 0, "b": 4, "c": 4, "d": 4})


@FEW
@given(kind=st.sampled_from(["proportional", "gini"]), cap=tenths(0, 1), more=tenths(0, 1))
def test_a_greater_tolerance_or_cap_never_lowers_the_optimum(kind: str, cap: float, more: float) -> None:
    def at(limit: float) -> float:
        return optimum(proportional(limit) if kind == "proportional" else gini(min(1.0, limit)))

    assert at(cap + more) >= at(cap) - 1e-6
