from typing import Any

import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "effect_multiplier": 0.7}]


def spoiled(*spoilers: dict[str, Any], consent: Any = True) -> Problem:
    """10 M EUR, for train in iraq under two frameworks with effects 1 and 0.7 a level, or for patrol in syria at
    0.4.
    """
    return a_problem(
        theatres=[{"id": "iraq", "consent": consent}, {"id": "syria"}],
        frameworks=FRAMEWORKS,
        activities=[
            {"id": "train", "frameworks": ["alliance", "coalition"]},
            {"id": "patrol", "theatre": "syria", "effect": {"type": "linear", "per_level": 0.4}},
        ],
        spoilers=[{"id": f"militia_{number}", **one} for number, one in enumerate(spoilers)],
    )


def test_a_refusal_closes_by_a_limit_where_the_spoiler_is_active() -> None:
    problem = spoiled({"theatres": ["iraq"], "consent": {"alliance": False}}, {"active": False, "consent": False})
    assert rows_of(problem, "spoilers") == "y[train,alliance,p1] <= 0  (militia_0 keeps alliance out of iraq)\n"


def test_rows_of_risk_carry_spoiled_effects() -> None:
    problem = spoiled({"theatres": ["iraq"], "effect_multiplier": 0.5}, {"effect_multiplier": 0.5})
    assert rows_of(problem, "risk") == (
        "risk[iraq,risk,p1]: 0  <=  - cut[iraq,risk,p1] + 0.25*w[train,p1]\n"
        "risk[syria,risk,p1]: 0  <=  - cut[syria,risk,p1] + 0.5*w[patrol,p1]\n"
    )


@pytest.mark.parametrize(
    "host, spoiler, open_to",
    [
        (True, True, ["alliance", "coalition"]),
        ({"alliance": False}, True, ["coalition"]),
        (True, {"coalition": False}, ["alliance"]),
        ({"alliance": False}, {"coalition": False}, []),
        (True, {"coalition": True, "*": False}, ["coalition"]),
    ],
)
def test_permits_the_frameworks_that_both_the_host_and_the_spoiler_let_in(
    host: Any, spoiler: Any, open_to: list[str]
) -> None:
    problem = spoiled({"theatres": ["iraq"], "consent": spoiler}, consent=host)
    permitted = [
        framework
        for framework in ("alliance", "coalition")
        if all(permits(problem, family, {f"y[train,{framework},p1]": 1}) for family in ("consent", "spoilers"))
    ]
    assert permitted == open_to


@pytest.mark.parametrize(
    "spoilers, value",
    [
        ([], 10),
        ([{"theatres": ["iraq"], "effect_multiplier": 0.5}], 5),
        ([{"theatres": ["iraq"], "effect_multiplier": 0.5}, {"theatres": ["iraq"], "effect_multiplier": 0.6}], 4),
        ([{"effect_multiplier": 0.5}], 5),
        ([{"effect_multiplier": 0}], 0),
        ([{"effect_multiplier": 0, "active": False}], 10),
        ([{"theatres": ["syria"], "effect_multiplier": 0}], 10),
    ],
)
def test_several_spoilers_multiply_where_they_are_active(spoilers: list[dict[str, Any]], value: float) -> None:
    """Two spoilers in iraq leave 0.5·0.6 = 0.3 of train, less than 0.4 of patrol."""
    assert optimum(spoiled(*spoilers)) == pytest.approx(value)


@pytest.mark.parametrize("consent, value", [({"alliance": False}, 7), (False, 4), ({"*": False, "alliance": True}, 10)])
def test_a_plan_avoids_the_frameworks_that_a_spoiler_keeps_out(consent: Any, value: float) -> None:
    """Without the alliance 0.7 a level; without any framework patrol at 0.4."""
    assert optimum(spoiled({"theatres": ["iraq"], "consent": consent})) == pytest.approx(value)


def test_an_effect_that_serves_two_theatres_is_spoiled_where_the_spoiler_is() -> None:
    problem = a_problem(
        theatres=[{"id": "iraq"}, {"id": "syria"}],
        activities=[{"id": "hub", "serves": ["iraq", "syria"]}],
        spoilers=[{"id": "militia", "theatres": ["syria"], "effect_multiplier": 0.2}],
    )
    assert optimum(problem) == pytest.approx(10 + 2)


@pytest.mark.parametrize("recourse, value", [(False, 4), (True, 7)])
def test_with_recourse_a_spoiler_of_one_scenario_closes_only_there(value: float, *, recourse: bool) -> None:
    """The militia keeps all frameworks out of iraq with probability ½: 4 without recourse, (10 + 4) / 2 with it."""
    problem = spoiled({"theatres": ["iraq"], "active": False, "consent": False}).document
    problem |= {
        "scenarios": [{"id": "calm"}, {"id": "war", "overrides": {"spoilers/militia_0/active": True}}],
        "criterion": {"type": "expected", "recourse": recourse},
    }
    assert optimum(Problem.model_validate(problem)) == pytest.approx(value)


def test_relaxing_consent_frees_the_frameworks_and_leaves_the_effects_spoiled() -> None:
    problem = spoiled({"theatres": ["iraq"], "effect_multiplier": 0.5, "consent": False})
    assert optimum(problem) == pytest.approx(4)
    assert optimum(problem, "consent") == pytest.approx(5)


@FEW
@given(tenths(0, 2), tenths(0, 2))
def test_a_worse_spoiler_never_raises_the_optimum(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(spoiled({"effect_multiplier": low})) <= optimum(spoiled({"effect_multiplier": high})) + 1e-6
