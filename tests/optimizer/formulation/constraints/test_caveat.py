from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.problem.problem import Problem
from tests.support.boxes import greatest
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum
from tests.support.problems import a_problem, members


def cautious(max_level: float, **caveat: Any) -> Problem:
    """a has 10 M EUR and a caveat on train (1 point a level). b has 4 and no caveat. watch gives 0.5 a level."""
    return a_problem(
        members=[
            {
                "id": "a",
                "resources": {"money": 10},
                "caveats": [{"activity": "train", "max_level": max_level, **caveat}],
            },
            {"id": "b", "resources": {"money": 4}},
        ],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.5}}],
    )


def under_two_frameworks(**caveat: Any) -> Problem:
    """a, with productivity 2, fills train's one need line (2 a level) with money, or with staff at half the rate."""
    return a_problem(
        members=[
            {
                "id": "a",
                "resources": {"money": 10, "staff": 4},
                "productivity": 2,
                "caveats": [{"activity": "train", "max_level": 1.5, **caveat}],
            }
        ],
        resources=[{"id": "money"}, {"id": "staff"}],
        frameworks=[{"id": "alliance", "cost_multiplier": 2}, {"id": "coalition"}],
        activities=[
            {
                "id": "train",
                "max_level": 4,
                "frameworks": ["alliance", "coalition"],
                "needs": [{"from": {"money": 1, "staff": 0.5}, "amount": 2}],
            }
        ],
    )


def test_rows_cap_what_a_member_supports_under_the_frameworks_it_names() -> None:
    assert rows_of(under_two_frameworks(frameworks=["alliance"]), "caveat") == (
        "caveat[own,a,1,train,0,p1]: 2.0*x[a,train,money,p1] + x[a,train,staff,p1]"
        " - 6.0*y[train,alliance,p1] - 8.0*y[train,coalition,p1]  <=  0\n"
    )


def test_rows_cap_a_whole_activity_if_the_member_is_present() -> None:
    problem = a_problem(
        members=[
            {
                "id": "a",
                "resources": {"money": 10},
                "caveats": [{"theatre": "iraq", "max_level": 3, "scope": "activity"}],
            },
            *members("b"),
        ],
        activities=[{"id": "train"}, {"id": "watch", "max_level": 3}],
    )
    assert rows_of(problem, "caveat") == (
        "caveat[activity,a,1,train,alliance,p1]: e[train,alliance,p1] + 17.0*present[a,train,p1]  <=  20.0\n"
    )


def test_rows_of_a_whole_activity_are_those_of_the_frameworks_it_names() -> None:
    problem = under_two_frameworks(scope="activity", frameworks=["coalition"])
    assert rows_of(problem, "caveat") == (
        "caveat[activity,a,1,train,coalition,p1]: e[train,coalition,p1] + 2.5*present[a,train,p1]  <=  4.0\n"
    )


def test_rows_of_its_own_support_are_those_of_the_need_lines_it_can_fill() -> None:
    problem = a_problem(
        members=[
            {"id": "a", "resources": {"money": 10}, "caveats": [{"activity": "train", "max_level": 1}]},
            {"id": "b", "resources": {"staff": 10}},
        ],
        resources=[{"id": "money"}, {"id": "staff"}],
        activities=[{"id": "train", "needs": {"staff": 1, "money": 2}}],
    )
    assert rows_of(problem, "caveat") == (
        "caveat[own,a,1,train,1,p1]: x[a,train,money,p1] - 2.0*y[train,alliance,p1]  <=  0\n"
    )


def test_a_caveat_that_does_not_bind_does_not_skip_the_next_caveat() -> None:
    """a and b can bring train to level 14. A cap of 20 excludes nothing, but the cap of 3 after it does, in either
    scope.
    """
    document = cautious(20).document
    for scope in ("own", "activity"):
        document["members"][0]["caveats"] = [
            {"theatre": "iraq", "max_level": 20, "scope": scope},
            {"activity": "train", "max_level": 3, "scope": scope},
        ]
        (row,) = rows_of(Problem.model_validate(document), "caveat").splitlines()
        assert row.startswith(f"caveat[{scope},a,2,train,")


@pytest.mark.parametrize("money, period", [([10, 2], "p1"), ([2, 10], "p2"), ([0, 10], "p2")])
def test_a_caveat_binds_in_the_periods_whose_means_pass_it(money: list[float], period: str) -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        members=[
            {
                "id": "a",
                "resources": {"money": money},
                "caveats": [{"activity": "train", "max_level": 3, "scope": "activity"}],
            }
        ],
    )
    assert rows_of(problem, "caveat") == (
        f"caveat[activity,a,1,train,alliance,{period}]: e[train,alliance,{period}] + 7.0*present[a,train,{period}]"
        "  <=  10.0\n"
    )


@pytest.mark.parametrize("scope, max_level", [("own", 3), ("own", 14), ("activity", 14)])
def test_presence_is_decided_only_where_it_caps_the_whole(scope: str, max_level: float) -> None:
    assert rows_of(cautious(max_level, scope=scope), "participation") == ""


@pytest.mark.parametrize("scope", ["own", "activity"])
def test_no_row_where_a_caveat_allows_all_there_could_be(scope: str) -> None:
    assert rows_of(cautious(14, scope=scope), "caveat") == ""


@pytest.mark.parametrize("given, holds", [(2.9, True), (3, True), (3.1, False)])
def test_permits_what_the_caveat_lets_a_member_support(given: float, *, holds: bool) -> None:
    decisions = {"y[train,alliance,p1]": 1, "x[a,train,money,p1]": given, "x[b,train,money,p1]": 4}
    assert permits(cautious(3), "caveat", decisions) is holds


@pytest.mark.parametrize("level, present, holds", [(3, 1, True), (3.1, 1, False), (14, 0, True)])
def test_permits_a_level_up_to_the_caveat_while_the_member_is_present(
    level: float, present: float, *, holds: bool
) -> None:
    decisions = {"e[train,alliance,p1]": level, "present[a,train,p1]": present}
    assert permits(cautious(3, scope="activity"), "caveat", decisions) is holds


def test_permits_all_under_a_framework_that_the_caveat_does_not_name() -> None:
    problem = under_two_frameworks(frameworks=["alliance"])
    assert not permits(problem, "caveat", {"y[train,alliance,p1]": 1, "x[a,train,money,p1]": 4})
    assert permits(problem, "caveat", {"y[train,coalition,p1]": 1, "x[a,train,money,p1]": 4})


@pytest.mark.parametrize("max_level, value", [(0, 9), (3, 10.5), (14, 14)])
def test_a_caveat_on_its_own_support_caps_what_a_member_gives(max_level: float, value: float) -> None:
    """a gives train what its caveat allows, b gives its 4, and the rest of a's 10 goes to watch at ½: 3 + 4 + 7/2."""
    assert optimum(cautious(max_level)) == pytest.approx(value)


@pytest.mark.parametrize("max_level, value", [(3, 9), (6, 10), (12, 13), (14, 14)])
def test_a_caveat_on_the_whole_activity_can_make_its_member_stay_out(max_level: float, value: float) -> None:
    """With a in train the level is capped and the rest goes to watch: 3 + 11/2 = 8.5. Without a in train: 4 +
    10/2 = 9.
    """
    assert optimum(cautious(max_level, scope="activity")) == pytest.approx(value)


@pytest.mark.parametrize("frameworks, value", [(["alliance"], 4), (["coalition"], 4), (None, 1.5)])
def test_a_framework_that_a_caveat_does_not_name_is_not_limited(frameworks: list[str] | None, value: float) -> None:
    """Level 4 under the other framework. The alliance, at double cost, could reach 24/4 = 6 and is capped at 4."""
    problem = under_two_frameworks(**({} if frameworks is None else {"frameworks": frameworks}))
    assert optimum(problem) == pytest.approx(value)


def test_several_caveats_of_a_member_all_bind() -> None:
    """Caveats of 5 on every activity in iraq and 3 on train: a supports 3 in train and 5 in watch at ½. b gives 4 to
    train.
    """
    problem = a_problem(
        members=[
            {
                "id": "a",
                "resources": {"money": 10},
                "caveats": [{"theatre": "iraq", "max_level": 5}, {"activity": "train", "max_level": 3}],
            },
            {"id": "b", "resources": {"money": 4}},
        ],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.5}}],
    )
    assert optimum(problem) == pytest.approx(3 + 2.5 + 4)


@pytest.mark.parametrize("scope", ["own", "activity"])
def test_relaxing_caveats_frees_it(scope: str) -> None:
    assert optimum(cautious(0, scope=scope), "caveat") == pytest.approx(14)


def test_big_m_of_a_whole_activity_is_its_greatest_level() -> None:
    """The 20 in the row above: a and b could bring train to level 20. The coefficient 17 is 20 less the caveat of 3."""
    problem = a_problem(members=members("a", "b"))
    assert greatest(problem, "e[train,alliance,p1]", "availability", "needs") == pytest.approx(20)


def test_big_m_of_what_a_member_supports_is_what_the_greatest_level_takes() -> None:
    """The 8 in the row above: in the coalition a's money, at productivity 2, can fill 2 a level up to level 4."""
    problem = under_two_frameworks(frameworks=["alliance"])
    most = greatest(
        problem,
        "x[a,train,money,p1]",
        "availability",
        "needs",
        "level",
        at_least={"y[train,coalition,p1]": 1},
        at_most={"y[train,alliance,p1]": 0},
    )
    assert 2 * most == pytest.approx(8)


@FEW
@given(st.sampled_from(["own", "activity"]), tenths(0, 15), tenths(0, 15))
def test_a_wider_caveat_never_lowers_the_optimum(scope: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert optimum(cautious(low, scope=scope)) <= optimum(cautious(high, scope=scope)) + 1e-6
