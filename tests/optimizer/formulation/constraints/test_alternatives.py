from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config import Group
from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW
from tests.support.optima import optimum
from tests.support.problems import a_problem

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition"}]
BUILD_OR_BORROW: list[dict[str, Any]] = [
    {"id": "build", "effect": {"type": "linear", "per_level": 3}, "max_level": 4},
    {"id": "borrow", "frameworks": ["alliance", "coalition"], "effect": {"type": "linear", "per_level": 2}},
    {"id": "patrol"},
]


def instruments(at_most: int = 1, **fields: object) -> Problem:
    return a_problem(
        **{
            "frameworks": FRAMEWORKS,
            "activities": BUILD_OR_BORROW,
            "alternatives": [{"activities": ["build", "borrow"], "at_most": at_most}],
            **fields,
        }
    )


def test_rows_link_runs_to_activities_and_cap_their_number() -> None:
    assert rows_of(instruments(periods=["p1", "p2"]), "alternatives") == (
        "alternatives[runs,build,p1]: y[build,alliance,p1] - run[build]  <=  0\n"
        "alternatives[runs,build,p2]: y[build,alliance,p2] - run[build]  <=  0\n"
        "alternatives[runs,borrow,p1]: y[borrow,alliance,p1] + y[borrow,coalition,p1] - run[borrow]  <=  0\n"
        "alternatives[runs,borrow,p2]: y[borrow,alliance,p2] + y[borrow,coalition,p2] - run[borrow]  <=  0\n"
        "alternatives[at_most,build,borrow]: run[build] + run[borrow]  <=  1\n"
    )


def test_a_set_of_which_all_may_run_has_no_rows() -> None:
    assert rows_of(instruments(at_most=2), "alternatives") == ""


def test_permits_one_of_two_and_forbids_both() -> None:
    one = {"y[build,alliance,p1]": 1, "run[build]": 1}
    assert permits(instruments(), "alternatives", one)
    assert not permits(instruments(), "alternatives", one | {"y[borrow,coalition,p1]": 1, "run[borrow]": 1})


def test_forbids_running_without_being_counted() -> None:
    assert not permits(instruments(), "alternatives", {"y[build,alliance,p1]": 1})


@pytest.mark.parametrize("at_most, value", [(0, 10), (1, 20), (2, 24)])
def test_build_or_borrow_not_both(at_most: int, value: float) -> None:
    """10 M EUR. A level of build gives 3 points, up to level 4; of borrow 2; of patrol 1. Both: 4·3 + 6·2 = 24. One of
    them: build and patrol 4·3 + 6 = 18, borrow 10·2 = 20. Neither: patrol 10.
    """
    assert optimum(instruments(at_most)) == pytest.approx(value)


def test_the_choice_is_for_the_whole_horizon() -> None:
    """A level of build gives 3 points in the first period and 0 later; of borrow 2 in both. The choice covers the whole
    horizon: build alone 30, borrow alone 20 + 20. Alternating would give 30 + 20.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        activities=[
            {"id": "build", "effect": {"type": "linear", "per_level": [3, 0]}},
            {"id": "borrow", "effect": {"type": "linear", "per_level": 2}},
        ],
        alternatives=[{"activities": ["build", "borrow"]}],
    )
    assert optimum(problem) == pytest.approx(40)


def test_two_sets_that_share_an_activity_count_it_once_each() -> None:
    """build excludes borrow, and borrow excludes patrol. So build and patrol run together: 4·3 + 6·1 = 18. borrow
    alone, at most at level 8, gives 16.
    """
    activities = [BUILD_OR_BORROW[0], {**BUILD_OR_BORROW[1], "max_level": 8}, BUILD_OR_BORROW[2]]
    pairs = [{"activities": ["build", "borrow"]}, {"activities": ["borrow", "patrol"]}]
    assert optimum(instruments(activities=activities, alternatives=pairs)) == pytest.approx(18)


def test_is_a_fact_that_nothing_relaxes() -> None:
    assert optimum(instruments(), *get_args(Group)) == pytest.approx(20)


@FEW
@given(at_most=st.integers(0, 2), level=st.integers(0, 10))
def test_allowing_one_more_never_lowers_the_optimum(at_most: int, level: int) -> None:
    activities = [{**BUILD_OR_BORROW[0], "max_level": level}, *BUILD_OR_BORROW[1:]]
    sets = [{"activities": ["build", "borrow", "patrol"], "at_most": number} for number in (at_most, at_most + 1)]
    fewer, more = (optimum(instruments(activities=activities, alternatives=[one])) for one in sets)
    assert more >= fewer - 1e-6
