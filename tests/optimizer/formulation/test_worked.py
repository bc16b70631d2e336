"""Small problems worked by hand, each for one field or option of a family; a second solver confirms each value. Unless
a test states otherwise, a level costs 1 M EUR and removes 1 point.
"""

from typing import Any

import pytest

from models.address import apply_overrides
from models.problem.problem import Problem
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

WILLING: dict[str, Any] = {"contributes_from": -1, "objects_below": -2}


def funded(**money: float) -> list[dict[str, Any]]:
    """Members with these M EUR, who contribute to every activity that they do not object to."""
    return [{"id": i, "resources": {"money": amount}, **WILLING} for i, amount in money.items()]


def on_train(**stands: float) -> list[dict[str, Any]]:
    return [{"member": i, "activity": "train", "value": value} for i, value in stands.items()]


def two_thirds(b: float, budget: float) -> Problem:
    """a has 8 of 10 votes and 10 M EUR. Two of three members must be in favour as well, and c is against."""
    return a_problem(
        members=[*members("a", votes=8), {"id": "b"}, {"id": "c"}],
        frameworks=[{"id": "un", "rule": {"type": "majority", "quota": 0.5, "quota_members": 2 / 3}}],
        positions=on_train(b=b, c=-2),
        concessions={"budget": budget},
    )


@pytest.mark.parametrize("b,value", [(0, 10), (-0.5, 0)])
def test_majority_by_heads_needs_a_second_member_whatever_the_votes(b: float, value: float) -> None:
    """8 of 10 votes are in favour. With b two of three members are too: 10. Without b only one of three: 0."""
    assert optimum(two_thirds(b, 0)) == pytest.approx(value)


@pytest.mark.parametrize("budget,value", [(0.4, 0), (0.5, 10)])
def test_majority_by_heads_can_be_bought(budget: float, value: float) -> None:
    """b is half a point short of acquiescing, c two points. Half a point of capital wins the second member."""
    assert optimum(two_thirds(-0.5, budget)) == pytest.approx(value)


@pytest.mark.parametrize("most,value", [(2, 12), (1.9, 9), (1, 9), (0.9, 5)])
def test_divergence_by_total_deviation_is_about_the_median_of_those_present(most: float, value: float) -> None:
    """5, 4 and 3 M EUR at positions 2, 1 and 0. All: 1 + 0 + 1 about 1. a and b, 9 M EUR: ½ + ½. a and c: 2. Only
    a: 5.
    """
    problem = a_problem(
        members=funded(a=5, b=4, c=3),
        positions=on_train(a=2, b=1, c=0),
        divergence={"metric": "total_deviation", "max": most},
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("most,value", [(2, 5), (1.9, 3)])
def test_divergence_by_total_deviation_counts_an_outlier_once(most: float, value: float) -> None:
    """a, with 2 M EUR, at 2 and three others, 1 each, at 0: deviation 2 about the median 0. Without a: 3 M EUR. a and
    one other: 2.
    """
    problem = a_problem(
        members=funded(a=2, b=1, c=1, d=1),
        positions=on_train(a=2, b=0, c=0, d=0),
        divergence={"metric": "total_deviation", "max": most},
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("most,value", [(4, 12), (3.9, 9), (1, 9), (0.9, 5)])
def test_divergence_pairwise_adds_up_every_distance(most: float, value: float) -> None:
    """5, 4 and 3 M EUR at 2, 1 and 0. All: 1 + 1 + 2. a and b 1 (9 M EUR), a and c 2 (8), b and c 1 (7). Only a: 5."""
    problem = a_problem(
        members=funded(a=5, b=4, c=3), positions=on_train(a=2, b=1, c=0), divergence={"metric": "pairwise", "max": most}
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("most,value", [(17, 12), (16, 9), (2, 9), (1.9, 5)])
def test_divergence_pairwise_weighs_distances_by_both_votes(most: float, value: float) -> None:
    """Votes 2, 1 and 3: a and b 2·1·1 = 2, b and c 1·3·1 = 3, a and c 2·3·2 = 12; 17 in all."""
    votes = {"a": 2, "b": 1, "c": 3}
    problem = a_problem(
        members=[{**one, "votes": votes[one["id"]]} for one in funded(a=5, b=4, c=3)],
        positions=on_train(a=2, b=1, c=0),
        divergence={"metric": "pairwise", "max": most},
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("strength,value", [(1, 7), (0.5, 8.5)])
def test_cascade_by_reference_scales_what_a_follower_gives(strength: float, value: float) -> None:
    """us gives 4 of a reference of 8: half. uk has 6: at strength 1 it gives 3, at ½ it gives 3 + ½·3 = 4.5."""
    problem = a_problem(
        members=funded(us=4, uk=6),
        cascades=[{"pivot": "us", "followers": [{"member": "uk", "strength": strength}], "reference": 8}],
    )
    assert optimum(problem) == pytest.approx(value)


def test_cascade_by_reference_draws_the_pivot_to_where_others_follow() -> None:
    """us has 6, at 1 point each in iraq and 0.9 in libya. uk has 5, in libya only: 5.4 + 4.5 beats 6 + 0. Each M EUR
    that us moves to libya costs 0.1 and frees 5/6 M EUR of uk, worth 0.75.
    """
    problem = a_problem(
        members=funded(us=6, uk=5),
        theatres=[{"id": "iraq", "access": ["us"]}, {"id": "libya"}],
        activities=[
            {"id": "train"},
            {"id": "guard", "theatre": "libya", "effect": {"type": "linear", "per_level": 0.9}},
        ],
        cascades=[{"pivot": "us", "followers": [{"member": "uk"}], "reference": 6}],
    )
    assert optimum(problem) == pytest.approx(9.9)


def with_caveat(scope: str, b: float) -> Problem:
    """A level costs 2 M EUR; a has 6 and a caveat at level 2."""
    caveat = {"activity": "train", "max_level": 2, "scope": scope}
    a, other = funded(a=6, b=b)
    return a_problem(members=[{**a, "caveats": [caveat]}, other], activities=[{"id": "train", "needs": {"money": 2}}])


@pytest.mark.parametrize("b,value", [(6, 5), (2, 3)])
def test_caveat_on_its_own_support_leaves_others_free(b: float, value: float) -> None:
    """a gives what two levels take, 4 M EUR, and b gives everything: (4 + b) / 2."""
    assert optimum(with_caveat("own", b)) == pytest.approx(value)


@pytest.mark.parametrize("b,value", [(6, 3), (2, 2)])
def test_caveat_on_the_activity_is_worth_it_where_others_have_little(b: float, value: float) -> None:
    """With a: level 2 at most. Without a: 6 M EUR of b give level 3, 2 M EUR level 1."""
    assert optimum(with_caveat("activity", b)) == pytest.approx(value)


def test_risk_is_cut_in_every_theatre_served_up_to_the_risk_there() -> None:
    """10 points in both theatres: all 3 in iraq, and 10 in libya with weight 2: 3 + 20."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 3}, {"id": "libya", "risk": 20, "weight": 2}],
        activities=[{"id": "train", "serves": ["iraq", "libya"]}],
    )
    assert optimum(problem) == pytest.approx(23)


def test_defaults_of_members_apply_to_fields_left_out() -> None:
    """All positions are 1. By default members contribute from 2 on, but b from 1 on: its 10."""
    a, b = members("a", "b")
    problem = a_problem(members=[a, {**b, "contributes_from": 1}], defaults={"members": {"contributes_from": 2}})
    assert optimum(problem) == pytest.approx(10)


def test_defaults_of_activities_apply_to_fields_left_out() -> None:
    """20 M EUR: train up to level 4 from the defaults, watch up to its own maximum of 7."""
    problem = a_problem(
        members=members("a", "b"),
        activities=[{"id": "train"}, {"id": "watch", "max_level": 7}],
        defaults={"activities": {"max_level": 4}},
    )
    assert optimum(problem) == pytest.approx(11)


YARD = {"contributor": "a", "cost": {"money": 1}, "adds": {"money": 5}, "lead_time": 0, "max": 1}


@pytest.mark.parametrize(
    "overrides,value",
    [
        pytest.param({}, 20, id="as it is"),
        pytest.param({"withdrawn/a": {}}, 10, id="a withdrawal: b's 10"),
        pytest.param({"positions/b:train": 0}, 10, id="a position: b acquiesces and does not give"),
        pytest.param({"positions/b:train": -2}, 0, id="an objection: blocked"),
        pytest.param({"investments/yard": YARD}, 24, id="an investment: 20 - 1 + 5"),
    ],
)
def test_an_override_adds_the_record_that_was_not_there(overrides: dict[str, Any], value: float) -> None:
    """a and b have 10 each. The document has no record at the address of the override."""
    assert optimum(apply_overrides(a_problem(members=members("a", "b")), overrides)) == pytest.approx(value)


@pytest.mark.parametrize("most,value", [(0.4, 8), (0.5, 10)])
def test_opposition_is_incurred_or_avoided_under_another_framework(most: float, value: float) -> None:
    """b, with one of 4 votes, is at -2 on train under un: ¼·2 = ½. ad_hoc meets no opposition and has multiplier
    0.8.
    """
    problem = a_problem(
        members=[*members("a", votes=3), {"id": "b", "votes": 1}],
        frameworks=[
            {"id": "un", "rule": {"type": "none"}},
            {"id": "ad_hoc", "rule": {"type": "none"}, "effect_multiplier": 0.8},
        ],
        activities=[{"id": "train", "frameworks": ["un", "ad_hoc"]}],
        positions=[{"member": "b", "activity": "train", "framework": "un", "value": -2}],
        policy={"max_opposition": most},
    )
    assert optimum(problem) == pytest.approx(value)


def test_awareness_gate_adds_up_several_sources() -> None:
    """10 M EUR a period. p1: strike 1 by awareness alone (3), watch 2 (1), scout 3 (0.6). p2: strike 1 + 2 + 3 (18),
    and with the other 4 M EUR watch 2 (1) and scout 2 (0.4). Total 24.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "awareness": 1}],
        activities=[
            {"id": "watch", "max_level": 2, "effect": {"type": "linear", "per_level": 0.5}},
            {"id": "scout", "max_level": 3, "effect": {"type": "linear", "per_level": 0.2}},
            {
                "id": "strike",
                "effect": {"type": "linear", "per_level": 3},
                "awareness_gate": {"factor": 1, "from": ["watch", "scout"]},
            },
        ],
    )
    assert optimum(problem) == pytest.approx(24)


def at_least_half(**fields: Any) -> Problem:
    """Half of the 20 points of risk must be removed, at the least cost."""
    return a_problem(
        theatres=[{"id": "iraq", "risk": 20}],
        policy={"min_coverage": [{"theatre": "iraq", "share": 0.5}]},
        objectives=[{"metric": "cost"}],
        **fields,
    )


def test_cost_values_means_at_what_they_cost() -> None:
    """10 points: 8 troops at ½ M EUR and 2 of money: 6."""
    problem = at_least_half(
        resources=[{"id": "money"}, {"id": "troops", "unit_cost": 0.5}],
        members=[{"id": "a", "resources": {"money": 10, "troops": 8}}],
        activities=[{"id": "train", "needs": [{"from": {"money": 1, "troops": 1}, "amount": 1}]}],
    )
    assert optimum(problem) == pytest.approx(6)


@pytest.mark.parametrize("price,value", [(1, 5), (7, 10)])
def test_cost_is_what_members_pay_and_partners_are_free(price: float, value: float) -> None:
    """eu's 6 replace 6 of the members for its price: 1 + 4. At a price of 7 a alone is cheaper: 10."""
    eu = {"id": "eu", "resources": {"money": 6}, "coordination_cost": {"resource": "money", "amount": price}}
    assert optimum(at_least_half(partners=[eu])) == pytest.approx(value)
