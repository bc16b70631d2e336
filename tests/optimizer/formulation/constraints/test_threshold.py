import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

STABILISE = {"id": "stabilise", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}}


def a_threshold(money: float = 10, **fields: object) -> Problem:
    return a_problem(
        members=[{"id": "a", "resources": {"money": money}}], activities=[STABILISE | fields, {"id": "surveil"}]
    )


def test_rows_count_the_level_from_the_threshold_on() -> None:
    assert rows_of(a_threshold(), "threshold") == (
        "threshold[reached,stabilise,p1]: threshold_reached[stabilise,p1]  <=  E[stabilise,p1]\n"
        "threshold[least,stabilise,p1]: 8.0*threshold_met[stabilise,p1]  <=  threshold_reached[stabilise,p1]\n"
        "threshold[most,stabilise,p1]: threshold_reached[stabilise,p1]  <=  10.0*threshold_met[stabilise,p1]\n"
        "threshold[effect,stabilise,p1]: w[stabilise,p1]  <=  2.0*threshold_reached[stabilise,p1]\n"
    )


@pytest.mark.parametrize("level, holds", [(7.9, False), (8, True), (10, True)])
def test_permits_an_effect_only_from_the_threshold_on(level: float, *, holds: bool) -> None:
    decisions = {
        "E[stabilise,p1]": level,
        "threshold_met[stabilise,p1]": 1,
        "threshold_reached[stabilise,p1]": level,
        "w[stabilise,p1]": 2 * level,
    }
    assert permits(a_threshold(), "threshold", decisions) is holds


def test_forbids_an_effect_of_a_threshold_that_is_not_met() -> None:
    decisions = {"E[stabilise,p1]": 9, "threshold_reached[stabilise,p1]": 9, "w[stabilise,p1]": 18}
    assert not permits(a_threshold(), "threshold", decisions)
    assert permits(a_threshold(), "threshold", {"E[stabilise,p1]": 9})


@pytest.mark.parametrize("money, value", [(7.9, 7.9), (8, 16), (10, 20)])
def test_underfunded_is_not_delivered(money: float, value: float) -> None:
    """Below 8 levels stabilise has no effect and surveil takes the money at 1 a level. From 8 on stabilise gives 2 a
    level.
    """
    assert optimum(a_threshold(money)) == pytest.approx(value)


def test_the_framework_counts_towards_the_threshold() -> None:
    """10 levels at a multiplier of ¾ are 7.5 effective levels, below 8: surveil 10·¾. At 0.8 they are 8: 2·8."""

    def under(multiplier: float) -> float:
        return optimum(
            a_problem(
                frameworks=[{"id": "alliance", "effect_multiplier": multiplier}],
                activities=[STABILISE, {"id": "surveil"}],
            )
        )

    assert under(0.75) == pytest.approx(7.5)
    assert under(0.8) == pytest.approx(16)


def test_a_threshold_out_of_reach_is_never_met() -> None:
    """At most 6 levels: surveil has all 10."""
    assert optimum(a_threshold(max_level=6)) == pytest.approx(10)


@FEW
@given(tenths(0.5, 12), tenths(0.5, 12))
def test_a_higher_threshold_never_raises_the_optimum(one: float, other: float) -> None:
    def reduction(threshold: float) -> float:
        return optimum(a_threshold(effect={"type": "threshold", "threshold": threshold, "per_level": 2}))

    low, high = sorted((one, other))
    assert reduction(high) <= reduction(low) + 1e-6


def test_a_threshold_is_met_or_it_is_not() -> None:
    """10 M EUR: watch gives 3 a level up to level 4, train 2 a level from 8 on. 8·2 + 2·3, not 4·3 + 6·2 with a
    fractional threshold.
    """
    problem = a_problem(
        activities=[
            {"id": "train", "effect": {"type": "threshold", "threshold": 8, "per_level": 2}},
            {"id": "watch", "max_level": 4, "effect": {"type": "linear", "per_level": 3}},
        ]
    )
    assert optimum(problem) == pytest.approx(22)
