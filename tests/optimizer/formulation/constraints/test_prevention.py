from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import is_infeasible, optimum, solved
from tests.support.problems import a_problem

EVERYTHING = {
    "min_pre_conflict_share": 0.75,
    "max_total_cost": 8,
    "pillar_share": [{"pillar": "surveillance", "min": 0.25, "max": 0.5}],
    "tag_share": [{"tag": "quick", "theatre": "syria", "max": 0.4}],
}


def mixed(**policy: Any) -> Problem:
    """train is preventive and gives 1 a level. rebuild is post-conflict and gives 2. watch, in syria, is preventive, of
    the pillar surveillance, tagged quick, and gives ½.
    """
    return a_problem(
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        partners=[{"id": "eu", "resources": {"money": 2}}],
        activities=[
            {"id": "train", "tags": ["slow"]},
            {"id": "rebuild", "phase": "post_conflict", "effect": {"type": "linear", "per_level": 2}},
            {
                "id": "watch",
                "theatre": "syria",
                "pillar": "surveillance",
                "tags": ["quick"],
                "effect": {"type": "linear", "per_level": 0.5},
            },
        ],
        policy=policy,
    )


def test_rows_weigh_what_is_spent_by_all_contributors() -> None:
    document = mixed(**EVERYTHING).document | {"partners": []}
    assert rows_of(Problem.model_validate(document), "prevention") == (
        "prevention[prevention]: 0  <="
        "  0.25*x[a,train,money,p1] - 0.75*x[a,rebuild,money,p1] + 0.25*x[a,watch,money,p1]\n"
        "prevention[total_cost]: c[a]  <=  8.0\n"
        "prevention[pillar,surveillance,ALL,min]: 0  <="
        "  -0.25*x[a,train,money,p1] - 0.25*x[a,rebuild,money,p1] + 0.75*x[a,watch,money,p1]\n"
        "prevention[pillar,surveillance,ALL,max]:"
        " -0.5*x[a,train,money,p1] - 0.5*x[a,rebuild,money,p1] + 0.5*x[a,watch,money,p1]  <=  0\n"
        "prevention[tag,quick,syria,max]: 0.6*x[a,watch,money,p1]  <=  0\n"
    )


@pytest.mark.parametrize("after, holds", [(0.9, True), (1, True), (1.1, False)])
def test_permits_reconstruction_up_to_its_share(after: float, *, holds: bool) -> None:
    decisions = {"x[a,train,money,p1]": 2, "x[eu,watch,money,p1]": 1, "x[a,rebuild,money,p1]": after}
    assert permits(mixed(min_pre_conflict_share=0.75), "prevention", decisions) is holds


@pytest.mark.parametrize("watched, holds", [(1.9, False), (2, True), (4, True), (4.1, False)])
def test_permits_a_pillar_between_its_shares(watched: float, *, holds: bool) -> None:
    shares = [{"pillar": "surveillance", "min": 0.2, "max": 0.4}]
    decisions = {"x[a,watch,money,p1]": watched, "x[a,train,money,p1]": 10 - watched}
    assert permits(mixed(pillar_share=shares), "prevention", decisions) is holds


def test_prevention_before_reconstruction() -> None:
    """12 M EUR, including the partner's 2. All to rebuild: 24. With three quarters preventive: 9 · 1 + 3 · 2 = 15."""
    assert optimum(mixed()) == pytest.approx(24)
    assert optimum(mixed(min_pre_conflict_share=0.75)) == pytest.approx(15)


def test_the_ceiling_is_on_what_members_pay() -> None:
    """4 M EUR of a and the partner's 2, which cost members nothing: 6 · 2."""
    assert optimum(mixed(max_total_cost=4)) == pytest.approx(12)


def test_a_mixture_of_instruments_everywhere() -> None:
    """At least a quarter on surveillance: 3 · ½ + 9 · 2 = 19.5. With at least ½ on slow and ¼ on quick: 6 + 1.5 + 3 · 2
    = 13.5.
    """
    assert optimum(mixed(pillar_share=[{"pillar": "surveillance", "min": 0.25}])) == pytest.approx(19.5)
    tags = [{"tag": "slow", "min": 0.5}, {"tag": "quick", "min": 0.25}]
    assert optimum(mixed(tag_share=tags)) == pytest.approx(13.5)


def test_a_mixture_in_a_theatre_is_of_what_is_spent_there() -> None:
    """In iraq at least half on slow: 6 + 6 · 2 = 18. In syria only quick, which changes nothing."""
    in_iraq = [{"tag": "slow", "theatre": "iraq", "min": 0.5}, {"tag": "quick", "theatre": "syria", "min": 1}]
    assert optimum(mixed(tag_share=in_iraq)) == pytest.approx(18)


def test_relaxing_policy_frees_it() -> None:
    assert optimum(mixed(min_pre_conflict_share=0.75, max_total_cost=1), "policy") == pytest.approx(24)


def test_a_ceiling_and_a_floor_can_contradict_each_other() -> None:
    assert is_infeasible(mixed(max_total_cost=1, min_level=[{"activity": "train", "level": 4}]))


def test_shares_are_of_what_is_spent_so_spending_nothing_is_always_allowed() -> None:
    shares = [{"pillar": "surveillance", "max": 0}, {"pillar": "other", "max": 0}]
    outcome = solved(mixed(pillar_share=shares))
    assert [result.value for result in outcome.objectives] == pytest.approx([0, 0])


@FEW
@given(share=tenths(0, 1), less=tenths(0, 1))
def test_a_smaller_share_asked_for_never_lowers_the_optimum(share: float, less: float) -> None:
    asked, smaller = (mixed(min_pre_conflict_share=part) for part in (share, max(0.0, share - less)))
    assert optimum(smaller) >= optimum(asked) - 1e-6
