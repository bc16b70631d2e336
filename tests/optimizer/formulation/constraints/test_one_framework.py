import pytest
from hypothesis import given

from models.config import Group
from models.problem.problem import Problem
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
EITHER = ["alliance", "coalition"]


def two_camps() -> Problem:
    """a contributes to train only in the alliance, b only in the coalition; 10 M EUR each."""
    return a_problem(
        members=members("a", "b"),
        frameworks=FRAMEWORKS,
        activities=[{"id": "train", "frameworks": EITHER}],
        positions=[
            {"member": "a", "activity": "train", "framework": "coalition", "value": 0},
            {"member": "b", "activity": "train", "framework": "alliance", "value": 0},
        ],
    )


def test_rows_choose_among_frameworks_and_leave_out_what_has_one() -> None:
    problem = a_problem(
        periods=["p1", "p2"], frameworks=FRAMEWORKS, activities=[{"id": "train", "frameworks": EITHER}, {"id": "watch"}]
    )
    assert rows_of(problem, "one_framework") == (
        "one_framework[train,p1]: y[train,alliance,p1] + y[train,coalition,p1]  <=  1\n"
        "one_framework[train,p2]: y[train,alliance,p2] + y[train,coalition,p2]  <=  1\n"
    )


@pytest.mark.parametrize("coalition, holds", [(0, True), (0.4, True), (0.5, False), (1, False)])
def test_permits_one_framework_in_all(coalition: float, *, holds: bool) -> None:
    decisions = {"y[train,alliance,p1]": 0.6, "y[train,coalition,p1]": coalition}
    assert permits(two_camps(), "one_framework", decisions) is holds


def test_two_camps_do_not_serve_under_two_frameworks_at_once() -> None:
    """Under either framework one member gives its 10. Under both at the same time it would be 20."""
    assert optimum(two_camps()) == pytest.approx(10)


def test_each_period_may_have_its_own_framework() -> None:
    """The coalition has multiplier 0.5 and is forbidden in p2. The alliance is forbidden in p1: 5 + 10."""
    problem = a_problem(
        periods=["p1", "p2"],
        frameworks=[{"id": "alliance"}, {"id": "coalition", "effect_multiplier": 0.5}],
        activities=[{"id": "train", "frameworks": EITHER}],
        policy={
            "forbid": [
                {"activity": "train", "framework": "alliance", "period": "p1"},
                {"activity": "train", "framework": "coalition", "period": "p2"},
            ]
        },
    )
    assert optimum(problem) == pytest.approx(15)


def test_nothing_but_willingness_for_both_frameworks_lifts_it() -> None:
    groups: tuple[Group, ...] = (
        "decision",
        "cascade",
        "consent",
        "rivalry",
        "divergence",
        "caveat",
        "burden",
        "policy",
    )
    assert optimum(two_camps(), *groups) == pytest.approx(10)
    assert optimum(two_camps(), "participation") == pytest.approx(20)


@FEW
@given(tenths(0, 3), tenths(0, 3))
def test_the_better_framework_is_chosen(alliance: float, coalition: float) -> None:
    problem = a_problem(
        frameworks=[
            {"id": "alliance", "effect_multiplier": alliance},
            {"id": "coalition", "effect_multiplier": coalition},
        ],
        activities=[{"id": "train", "frameworks": EITHER}],
    )
    assert optimum(problem) == pytest.approx(10 * max(alliance, coalition))
