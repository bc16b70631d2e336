from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW
from tests.support.optima import optimum
from tests.support.problems import a_problem

FRAMEWORKS = [
    {"id": "alliance"},
    {"id": "coalition", "effect_multiplier": 0.7},
    {"id": "adhoc", "effect_multiplier": 0.4},
]
ALL = ["alliance", "coalition", "adhoc"]


def hosted(consent: Any, **fields: Any) -> Problem:
    """train runs in iraq under three frameworks with effects 1, 0.7 and 0.4 a level. 10 M EUR."""
    return a_problem(
        theatres=[{"id": "iraq", "consent": consent}],
        frameworks=FRAMEWORKS,
        activities=[{"id": "train", "frameworks": ALL}],
        **fields,
    )


def test_a_refusal_closes_by_a_limit() -> None:
    assert rows_of(hosted({"alliance": True, "*": False}), "consent") == (
        "y[train,coalition,p1] <= 0  (the host of iraq refuses coalition)\n"
        "y[train,adhoc,p1] <= 0  (the host of iraq refuses adhoc)\n"
    )


@pytest.mark.parametrize(
    "consent, open_to",
    [
        (True, ALL),
        (False, []),
        ({"alliance": False}, ["coalition", "adhoc"]),
        ({"*": False}, []),
        ({"adhoc": True, "*": False}, ["adhoc"]),
    ],
)
def test_permits_the_frameworks_that_the_host_lets_in(consent: Any, open_to: list[str]) -> None:
    problem = hosted(consent)
    permitted = [framework for framework in ALL if permits(problem, "consent", {f"y[train,{framework},p1]": 1})]
    assert permitted == open_to


@pytest.mark.parametrize(
    "consent, value",
    [(True, 10), ({"alliance": False}, 7), ({"alliance": False, "coalition": False}, 4), (False, 0)],
)
def test_what_the_host_refuses_is_done_under_another_framework_or_not_at_all(consent: Any, value: float) -> None:
    assert optimum(hosted(consent)) == pytest.approx(value)


@pytest.mark.parametrize("refuses, value", [("iraq", 0), ("syria", 20)])
def test_the_host_where_it_runs_decides_not_the_host_where_it_serves(refuses: str, value: float) -> None:
    """A hub in iraq removes 10 points in iraq and 10 in syria. Only the host of iraq can refuse it."""
    problem = a_problem(
        theatres=[{"id": one, "consent": one != refuses} for one in ("iraq", "syria")],
        activities=[{"id": "hub", "serves": ["iraq", "syria"]}],
    )
    assert optimum(problem) == pytest.approx(value)


@pytest.mark.parametrize("recourse, value", [(False, 0), (True, 5)])
def test_with_recourse_a_refusal_in_one_scenario_closes_only_there(value: float, *, recourse: bool) -> None:
    """The host refuses with probability ½. Without recourse nothing runs; with recourse 10 points in the other
    scenario.
    """
    problem = a_problem(
        scenarios=[{"id": "welcome"}, {"id": "refused", "overrides": {"theatres/iraq/consent": False}}],
        criterion={"type": "expected", "recourse": recourse},
    )
    assert optimum(problem) == pytest.approx(value)


def test_relaxing_consent_frees_it() -> None:
    assert optimum(hosted(False), "consent") == pytest.approx(10)
    assert optimum(hosted(False), "decision", "participation", "policy") == pytest.approx(0)


@FEW
@given(st.lists(st.booleans(), min_size=3, max_size=3), st.sampled_from(ALL))
def test_another_refusal_never_raises_the_optimum(open_to: list[bool], refused: str) -> None:
    consent = dict(zip(ALL, open_to, strict=True))
    assert optimum(hosted({**consent, refused: False})) <= optimum(hosted(consent)) + 1e-6
