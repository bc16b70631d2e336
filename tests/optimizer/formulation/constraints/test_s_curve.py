from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

Points = list[list[float]]

SLOW_START: Points = [[0, 0], [4, 1], [8, 9], [12, 11]]
"""Slopes ¼, 2, ½: steeper once, at the second segment."""
TWO_WAVES: Points = [[0, 0], [1, 2], [2, 3], [3, 8]]
"""Slopes 2, 1, 5: the third segment is steeper than either before it."""


def a_curve(points: Points, money: float = 10, **fields: object) -> Problem:
    effect = {"type": "piecewise", "points": points}
    return a_problem(
        members=[{"id": "a", "resources": {"money": money}}], activities=[{"id": "train", "effect": effect, **fields}]
    )


def height(points: Points, level: float) -> float:
    """Height of the broken line over a level."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if level <= x1:
            return y0 + (y1 - y0) * (level - x0) / (x1 - x0)
    return points[-1][1]


def test_rows_fill_segments_in_order_with_a_binary_where_the_slope_rises() -> None:
    assert rows_of(a_curve(SLOW_START), "s_curve") == (
        "s_curve[level,train,p1]: segment[train,0,p1] + segment[train,1,p1] + segment[train,2,p1]"
        "  <=  E[train,p1]\n"
        "s_curve[effect,train,p1]: w[train,p1] - 0.25*segment[train,0,p1] - 2.0*segment[train,1,p1]"
        " - 0.5*segment[train,2,p1]  <=  0\n"
        "s_curve[full,train,0,p1]: 4.0*passed[train,1,p1]  <=  segment[train,0,p1]\n"
        "s_curve[open,train,1,p1]: segment[train,1,p1]  <=  4.0*passed[train,1,p1]\n"
        "s_curve[open,train,2,p1]: segment[train,2,p1]  <=  4.0*passed[train,1,p1]\n"
    )


def test_rows_order_the_segments_of_each_wave_and_skip_flat_segments() -> None:
    """Slopes 0, 1, 3: steeper at the second segment and at the third."""
    assert rows_of(a_curve([[0, 0], [1, 0], [2, 1], [3, 4]]), "s_curve") == (
        "s_curve[level,train,p1]: segment[train,0,p1] + segment[train,1,p1] + segment[train,2,p1]"
        "  <=  E[train,p1]\n"
        "s_curve[effect,train,p1]: w[train,p1] - segment[train,1,p1] - 3.0*segment[train,2,p1]  <=  0\n"
        "s_curve[full,train,0,p1]: passed[train,1,p1]  <=  segment[train,0,p1]\n"
        "s_curve[open,train,1,p1]: segment[train,1,p1]  <=  passed[train,1,p1]\n"
        "s_curve[full,train,1,p1]: passed[train,2,p1]  <=  segment[train,1,p1]\n"
        "s_curve[open,train,2,p1]: segment[train,2,p1]  <=  passed[train,2,p1]\n"
    )


def test_a_concave_curve_has_none_of_these_rows() -> None:
    assert rows_of(a_curve([[0, 0], [2, 4], [6, 6]]), "s_curve") == ""


@pytest.mark.parametrize("second, holds", [(3.9, True), (4, True), (4.1, False)])
def test_permits_a_segment_up_to_its_length(second: float, *, holds: bool) -> None:
    decisions = {
        "E[train,p1]": 10,
        "segment[train,0,p1]": 4,
        "segment[train,1,p1]": second,
        "passed[train,1,p1]": 1,
        "w[train,p1]": 1 + 2 * second,
    }
    assert permits(a_curve(SLOW_START), "s_curve", decisions) is holds


@pytest.mark.parametrize("first, holds", [(3.9, False), (4, True)])
def test_forbids_a_steeper_segment_before_the_one_below_it_is_full(first: float, *, holds: bool) -> None:
    decisions = {
        "E[train,p1]": 10,
        "segment[train,0,p1]": first,
        "segment[train,1,p1]": 1,
        "passed[train,1,p1]": 1,
    }
    assert permits(a_curve(SLOW_START), "s_curve", decisions) is holds


def test_forbids_a_steeper_segment_that_was_not_passed_to() -> None:
    decisions = {"E[train,p1]": 10, "segment[train,0,p1]": 4, "segment[train,1,p1]": 1}
    assert not permits(a_curve(SLOW_START), "s_curve", decisions)


@pytest.mark.parametrize("money, value", [(1, 2), (2, 3), (2.5, 5.5), (3, 8), (9, 8)])
def test_every_segment_below_a_steeper_one_is_full(money: float, value: float) -> None:
    """Points (1, 2), (2, 3), (3, 8): 2 M EUR reach 3."""
    assert optimum(a_curve(TWO_WAVES, money)) == pytest.approx(value)


def test_no_segment_below_a_steeper_one_is_left_out_for_something_better() -> None:
    """3 M EUR: all in train gives 8; 1 in train and 2 in watch give 2 + 5. If only the segment just before had to be
    full, 2 levels could lie on the last two segments for 1 + 5, plus 2.5 from watch.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 3}}],
        activities=[
            {"id": "train", "effect": {"type": "piecewise", "points": TWO_WAVES}},
            {"id": "watch", "effect": {"type": "linear", "per_level": 2.5}},
        ],
    )
    assert optimum(problem) == pytest.approx(8)


@pytest.mark.parametrize("money, value", [(2, 2), (3, 4.5), (4, 9), (5, 10), (8, 13)])
def test_a_curve_may_be_flat_at_first(money: float, value: float) -> None:
    """train gives nothing up to level 2, then 4.5 a level up to 9 points; watch gives 1 a level. 2 M EUR: watch 2. 3:
    train 4.5 against watch 3. 4: train 9. More: train 9, the rest to watch.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": money}}],
        activities=[
            {"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [2, 0], [4, 9]]}},
            {"id": "watch"},
        ],
    )
    assert optimum(problem) == pytest.approx(value)


def test_the_framework_moves_an_effort_along_the_curve() -> None:
    """10 levels at a multiplier of 0.8 are 8 effective levels: 9 points."""
    problem = a_problem(
        frameworks=[{"id": "alliance", "effect_multiplier": 0.8}],
        activities=[{"id": "train", "effect": {"type": "piecewise", "points": SLOW_START}}],
    )
    assert optimum(problem) == pytest.approx(9)


STEPS = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 6)), min_size=1, max_size=4)


@FEW
@given(STEPS, tenths(0, 12))
def test_means_alone_reach_exactly_the_height_of_the_curve(steps: list[tuple[int, int]], money: float) -> None:
    levels, effects = (list(accumulate(column, initial=0)) for column in zip(*steps, strict=True))
    points = [list(point) for point in zip(map(float, levels), map(float, effects), strict=True)]
    assert optimum(a_curve(points, money)) == pytest.approx(height(points, money), abs=1e-6)


def test_a_segment_is_passed_or_it_is_not() -> None:
    """12 M EUR: watch 8·3 and train 1 at level 4. A fractional `passed` of ½ would allow 2 + 2 levels on its first two
    segments for 4.5.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 12}}],
        activities=[
            {"id": "train", "effect": {"type": "piecewise", "points": [[0, 0], [4, 1], [8, 9], [12, 11]]}},
            {"id": "watch", "max_level": 8, "effect": {"type": "linear", "per_level": 3}},
        ],
    )
    assert optimum(problem) == pytest.approx(25)
