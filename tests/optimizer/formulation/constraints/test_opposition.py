import pytest
from hypothesis import given

from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem

TRAIN, WATCH = "y[train,coalition,p1]", "y[watch,coalition,p1]"


def opposed(most: float | None, periods: tuple[str, ...] = ("p1",), watch: float = -0.5) -> Problem:
    """a (3 votes, 10 M EUR) is at `watch` on watch, b (1 vote) at -2 on train; the framework needs no agreement. train
    gives 1 a level up to 5, watch 0.6. Opposition: ¼·2 = 0.5 to train, ¾·0.5 = 0.375 to watch.
    """
    return a_problem(
        periods=list(periods),
        members=[
            {"id": "a", "resources": {"money": 10}, "votes": 3, "contributes_from": -1, "objects_below": -2},
            {"id": "b", "votes": 1},
        ],
        frameworks=[{"id": "coalition", "rule": {"type": "none"}}],
        activities=[{"id": "train", "max_level": 5}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[
            {"member": "b", "activity": "train", "value": -2},
            {"member": "a", "activity": "watch", "value": watch},
        ],
        policy={} if most is None else {"max_opposition": most},
    )


def test_rows_weigh_objections_by_votes_in_each_period() -> None:
    assert rows_of(opposed(0.6, ("p1", "p2")), "opposition") == (
        "opposition[p1]: 0.5*y[train,coalition,p1] + 0.375*y[watch,coalition,p1]  <=  0.6\n"
        "opposition[p2]: 0.5*y[train,coalition,p2] + 0.375*y[watch,coalition,p2]  <=  0.6\n"
    )


def test_no_row_without_a_cap_on_opposition() -> None:
    assert rows_of(opposed(None), "opposition") == ""
    assert optimum(opposed(None)) == pytest.approx(8)


def test_no_row_where_nothing_is_opposed() -> None:
    assert rows_of(a_problem(policy={"max_opposition": 0}), "opposition") == ""


@pytest.mark.parametrize("most, holds", [(0.87, False), (0.875, True), (0.88, True)])
def test_permits_what_adds_up_to_the_most(most: float, *, holds: bool) -> None:
    assert permits(opposed(most), "opposition", {TRAIN: 1, WATCH: 1}) is holds


@pytest.mark.parametrize("most, value", [(0, 0), (0.4, 6), (0.5, 6), (0.875, 8)])
def test_a_plan_incurs_opposition_up_to_the_cap(most: float, value: float) -> None:
    """Only watch: 10·0.6, more than 5 from train alone. Both: 5 + 5·0.6."""
    assert optimum(opposed(most)) == pytest.approx(value)


def test_the_cap_holds_in_each_period_separately() -> None:
    assert optimum(opposed(0.5, ("p1", "p2"))) == pytest.approx(12)


def test_what_nobody_votes_on_is_not_opposed() -> None:
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 10}, "votes": 0, "contributes_from": -1}],
        positions=[{"member": "a", "activity": "train", "value": -1}],
        policy={"max_opposition": 0},
    )
    assert optimum(problem) == pytest.approx(10)


def test_relaxing_divergence_frees_it() -> None:
    assert optimum(opposed(0), "divergence") == pytest.approx(8)


@FEW
@given(tenths(0, 1), tenths(0, 1), tenths(-1, 1))
def test_a_higher_cap_never_lowers_the_optimum(one: float, other: float, watch: float) -> None:
    low, high = sorted((one, other))
    assert optimum(opposed(low, watch=watch)) <= optimum(opposed(high, watch=watch)) + 1e-6
