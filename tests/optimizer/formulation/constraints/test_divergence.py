from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ids import ScenarioId
from models.problem.problem import Problem
from models.problem.scenario import Expected, Scenario
from optimizer import program
from tests.support.families import permits, rows_of
from tests.support.laws import FEW, tenths
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

FRAMEWORKS = [{"id": "alliance"}, {"id": "coalition", "rule": {"type": "none"}}]
EITHER = [{"id": "train", "frameworks": ["alliance", "coalition"]}]
METRICS = ["range", "total_deviation", "pairwise"]


def apart(metric: str, most: float, **stands: float) -> Problem:
    """a, b and c have 5, 4 and 3 M EUR. train gives 1 a level and its distance is capped; watch gives 0.6 without a
    cap. Positions on watch differ too. An envoy with no endowment has a position far from all others.
    """
    return a_problem(
        members=[
            {"id": i, "resources": {"money": money}, "contributes_from": -1, "objects_below": -2}
            for i, money in (("a", 5), ("b", 4), ("c", 3), ("envoy", 0))
        ],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[
            {"member": "envoy", "theatre": "iraq", "value": -2},
            *({"member": i, "activity": "train", "value": value} for i, value in stands.items()),
            *({"member": i, "activity": "watch", "value": value} for i, value in (("a", 2), ("b", 0))),
        ],
        divergence={"metric": metric, "max": most, "activities": ["train"]},
    )


def test_rows_of_a_range_choose_a_window_under_the_framework_that_runs() -> None:
    problem = a_problem(
        members=members("a", "b", "c"),
        frameworks=FRAMEWORKS,
        activities=EITHER,
        positions=[
            {"member": "a", "activity": "train", "framework": "alliance", "value": 2},
            {"member": "b", "activity": "train", "framework": "alliance", "value": 1.5},
        ],
        divergence={"max": 0.5},
    )
    assert rows_of(problem, "divergence") == (
        "divergence[window,train,alliance,p1]: window[b+c,train,alliance,p1] + window[a+b,train,alliance,p1]"
        " - y[train,alliance,p1]  <=  0\n"
        "divergence[gives,a,train,money,p1]: x[a,train,money,p1] - 10.0*window[a+b,train,alliance,p1]"
        " - 10.0*y[train,coalition,p1]  <=  0\n"
        "divergence[gives,c,train,money,p1]: x[c,train,money,p1] - 10.0*window[b+c,train,alliance,p1]"
        " - 10.0*y[train,coalition,p1]  <=  0\n"
    )


def test_rows_of_a_range_let_a_member_into_its_windows_under_every_framework() -> None:
    """Under either framework a and b are more than ½ apart. Each is in a window alone and contributes only in it."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=FRAMEWORKS,
        activities=EITHER,
        positions=[{"member": "a", "activity": "train", "value": 2}],
        divergence={"max": 0.5},
    )
    assert rows_of(problem, "divergence") == (
        "divergence[window,train,alliance,p1]: window[b,train,alliance,p1] + window[a,train,alliance,p1]"
        " - y[train,alliance,p1]  <=  0\n"
        "divergence[window,train,coalition,p1]: window[b,train,coalition,p1] + window[a,train,coalition,p1]"
        " - y[train,coalition,p1]  <=  0\n"
        "divergence[gives,a,train,money,p1]: x[a,train,money,p1] - 10.0*window[a,train,alliance,p1]"
        " - 10.0*window[a,train,coalition,p1]  <=  0\n"
        "divergence[gives,b,train,money,p1]: x[b,train,money,p1] - 10.0*window[b,train,alliance,p1]"
        " - 10.0*window[b,train,coalition,p1]  <=  0\n"
    )


def test_rows_of_a_total_deviation_measure_from_a_centre() -> None:
    problem = a_problem(
        members=members("a", "b"),
        frameworks=FRAMEWORKS,
        activities=EITHER,
        positions=[
            {"member": "a", "activity": "train", "framework": "alliance", "value": -1},
            {"member": "b", "activity": "train", "framework": "coalition", "value": 2},
        ],
        divergence={"metric": "total_deviation", "max": 0.5},
    )
    assert rows_of(problem, "divergence") == (
        "divergence[total,train,p1]: deviation[a,train,p1] + deviation[b,train,p1]  <=  0.5\n"
        "divergence[above,a,train,p1]: - deviation[a,train,p1] - y[train,alliance,p1] + y[train,coalition,p1]"
        " - centre[train,p1] + 2.0*present[a,train,p1]  <=  2.0\n"
        "divergence[below,a,train,p1]: - deviation[a,train,p1] + y[train,alliance,p1] - y[train,coalition,p1]"
        " + centre[train,p1] + 3.0*present[a,train,p1]  <=  3.0\n"
        "divergence[above,b,train,p1]: - deviation[b,train,p1] + y[train,alliance,p1] + 2.0*y[train,coalition,p1]"
        " - centre[train,p1] + 3.0*present[b,train,p1]  <=  3.0\n"
        "divergence[below,b,train,p1]: - deviation[b,train,p1] - y[train,alliance,p1] - 2.0*y[train,coalition,p1]"
        " + centre[train,p1] + 2.0*present[b,train,p1]  <=  2.0\n"
    )


def test_rows_of_pairs_weigh_distances_by_votes() -> None:
    problem = a_problem(
        members=[*members("a", votes=2), *members("b", votes=3), *members("c")],
        positions=[
            {"member": "a", "activity": "train", "value": 2},
            {"member": "b", "activity": "train", "value": -1},
        ],
        divergence={"metric": "pairwise", "max": 2},
    )
    assert rows_of(problem, "divergence") == (
        "divergence[both,a,b,train,alliance,p1]: present[a,train,p1] + present[b,train,p1] + y[train,alliance,p1]"
        " - both_present[a,b,train,alliance,p1]  <=  2\n"
        "divergence[both,a,c,train,alliance,p1]: present[a,train,p1] + present[c,train,p1] + y[train,alliance,p1]"
        " - both_present[a,c,train,alliance,p1]  <=  2\n"
        "divergence[both,b,c,train,alliance,p1]: present[b,train,p1] + present[c,train,p1] + y[train,alliance,p1]"
        " - both_present[b,c,train,alliance,p1]  <=  2\n"
        "divergence[pairs,train,p1]: 18.0*both_present[a,b,train,alliance,p1] + 2.0*both_present[a,c,train,alliance,p1]"
        " + 6.0*both_present[b,c,train,alliance,p1]  <=  2.0\n"
    )


@pytest.mark.parametrize("changes", ["a", "b"])
def test_rows_of_pairs_measure_how_far_apart_two_stand_under_the_framework(changes: str) -> None:
    """All positions are 1, except that one member is at -1 in the alliance: 2 points apart there only."""
    problem = a_problem(
        members=members("a", "b"),
        frameworks=FRAMEWORKS,
        activities=EITHER,
        positions=[{"member": changes, "activity": "train", "framework": "alliance", "value": -1}],
        divergence={"metric": "pairwise", "max": 1},
    )
    assert rows_of(problem, "divergence").splitlines()[-1] == (
        "divergence[pairs,train,p1]: 2.0*both_present[a,b,train,alliance,p1]  <=  1.0"
    )


def test_rows_of_a_range_with_recourse_bound_presence() -> None:
    problem = apart("range", 0.5, a=2, b=1.5).model_copy(
        update={
            "scenarios": (Scenario(id=ScenarioId("sure")),),
            "criterion": Expected(type="expected", recourse=True),
        }
    )
    assert rows_of(problem, "divergence") == (
        "divergence[window,train,alliance,p1]: window[b+c,train,alliance,p1] + window[a+b,train,alliance,p1]"
        " - y[train,alliance,p1]  <=  0\n"
        "divergence[present,a,train,p1]: present[a,train,p1] - window[a+b,train,alliance,p1]  <=  0\n"
        "divergence[present,c,train,p1]: present[c,train,p1] - window[b+c,train,alliance,p1]  <=  0\n"
    )


@pytest.mark.parametrize("metric", ["range", "pairwise"])
def test_no_row_where_all_stand_together(metric: str) -> None:
    assert rows_of(apart(metric, 0.5), "divergence") == ""


def test_variables_are_those_that_a_row_needs() -> None:
    close = program(apart("range", 1, a=2, b=1.5))
    assert (len(close.window), len(close.present)) == (0, 0)
    ranged = program(apart("range", 0.5, a=2, b=1.5))
    assert (len(ranged.window), len(ranged.present), len(ranged.deviation), len(ranged.both_present)) == (2, 0, 0, 0)
    deviating = program(apart("total_deviation", 0.5, a=2, b=1.5))
    assert list(deviating.present) == [(i, "train", "p1") for i in "abc"]
    assert [centre.bounds for centre in deviating.centre.values()] == [(-2, 2)]
    paired = program(apart("pairwise", 0.5, a=2, b=1.5))
    assert {both.bounds for both in paired.both_present.values()} == {(0, 1)}


@pytest.mark.parametrize("window, holds", [("a+b", True), ("b+c", False)])
def test_permits_the_members_of_the_chosen_window(window: str, *, holds: bool) -> None:
    problem = apart("range", 0.5, a=2, b=1.5)
    decisions = {"x[a,train,money,p1]": 5, "x[b,train,money,p1]": 4, "y[train,alliance,p1]": 1}
    assert permits(problem, "divergence", {**decisions, f"window[{window},train,alliance,p1]": 1}) is holds


def test_forbids_two_windows_at_once() -> None:
    windows = {"window[a+b,train,alliance,p1]": 1, "window[b+c,train,alliance,p1]": 1}
    assert not permits(apart("range", 0.5, a=2, b=1.5), "divergence", {**windows, "y[train,alliance,p1]": 1})


@pytest.mark.parametrize("most, holds", [(0.9, False), (1, True), (1.1, True)])
def test_permits_a_total_deviation_up_to_the_maximum(most: float, *, holds: bool) -> None:
    """a at 2, b at 1.5, c at 1. About the middle: 0.5 + 0 + 0.5."""
    there = {f"present[{i},train,p1]": 1 for i in ("a", "b", "c")}
    apart_by = {"deviation[a,train,p1]": 0.5, "deviation[c,train,p1]": 0.5, "centre[train,p1]": 1.5}
    decisions = {"y[train,alliance,p1]": 1, **there, **apart_by}
    assert permits(apart("total_deviation", most, a=2, b=1.5), "divergence", decisions) is holds


def test_forbids_a_deviation_that_is_not_counted() -> None:
    decisions = {"y[train,alliance,p1]": 1, "present[a,train,p1]": 1, "present[c,train,p1]": 1, "centre[train,p1]": 1}
    problem = apart("total_deviation", 3, a=2, b=1.5)
    assert not permits(problem, "divergence", {**decisions, "deviation[a,train,p1]": 0.9})
    assert permits(problem, "divergence", {**decisions, "deviation[a,train,p1]": 1})


@pytest.mark.parametrize("most, holds", [(0.9, False), (1, True)])
def test_permits_pairs_up_to_the_maximum(most: float, *, holds: bool) -> None:
    both = {f"both_present[{pair},train,alliance,p1]": 1 for pair in ("a,b", "b,c")}
    there = {f"present[{i},train,p1]": 1 for i in ("b", "c")}
    problem = apart("pairwise", most, a=2, b=1.5)
    decisions = {"y[train,alliance,p1]": 1, **there, "present[a,train,p1]": 0, **both}
    assert permits(problem, "divergence", decisions) is holds


def test_forbids_a_pair_that_is_not_counted() -> None:
    there = {f"present[{i},train,p1]": 1 for i in ("a", "b")}
    problem = apart("pairwise", 2, a=2, b=1.5)
    assert not permits(problem, "divergence", {"y[train,alliance,p1]": 1, **there})


@pytest.mark.parametrize(
    "metric, most, value",
    [
        ("range", 1, 12),
        ("range", 0.5, 10.8),
        ("range", 0.4, 9.2),
        ("total_deviation", 1, 12),
        ("total_deviation", 0.5, 10.8),
        ("total_deviation", 0.4, 9.2),
        ("pairwise", 2, 12),
        ("pairwise", 1, 10.8),
        ("pairwise", 0.4, 9.2),
    ],
)
def test_members_outside_the_best_coalition_serve_elsewhere(metric: str, most: float, value: float) -> None:
    """a at 2, b at 1.5, c at 1. train gives 1 a level, watch 0.6. All three: range 1, total deviation 1, pairs 0.5 +
    0.5 + 1 = 2: 12. a and b: distance 0.5 by every metric: 9 + 3·0.6. Only a: 5 + 7·0.6.
    """
    assert optimum(apart(metric, most, a=2, b=1.5)) == pytest.approx(value)


def test_a_window_is_chosen_whole() -> None:
    """a at 2, b at 1.5, c at 1, at most ½ apart, and no member above two fifths of spending, so no two can serve
    without the third. Half of each window would admit all three.
    """
    problem = a_problem(
        members=members("a", "b", "c"),
        positions=[{"member": i, "activity": "train", "value": at} for i, at in (("a", 2), ("b", 1.5))],
        divergence={"max": 0.5},
        policy={"max_contributor_share": [{"share": 0.4}]},
    )
    assert optimum(problem) == pytest.approx(0)
    assert optimum(problem, "divergence") == pytest.approx(30)


@pytest.mark.parametrize("metric, most, value", [("range", 3, 12), ("total_deviation", 3, 12), ("pairwise", 6, 12)])
def test_three_positions_measure_as_the_model_says(metric: str, most: float, value: float) -> None:
    """Positions 2, 1, -1: range 3, total deviation about the median 3, pairs 1 + 3 + 2. A slightly lower cap leaves c
    out.
    """
    assert optimum(apart(metric, most, a=2, b=1, c=-1)) == pytest.approx(value)
    assert optimum(apart(metric, most - 0.01, a=2, b=1, c=-1)) == pytest.approx(9 + 3 * 0.6)


@pytest.mark.parametrize("metric", METRICS)
def test_distances_are_those_under_the_framework_that_runs(metric: str) -> None:
    """In the alliance a and b are apart. In the coalition, with multiplier 0.7, they agree: 0.7·9 exceeds a's 5
    alone.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 5}}, {"id": "b", "resources": {"money": 4}}],
        frameworks=[{"id": "alliance"}, {"id": "coalition", "effect_multiplier": 0.7}],
        activities=EITHER,
        positions=[{"member": "a", "activity": "train", "framework": "alliance", "value": 2}],
        divergence={"metric": metric, "max": 0.5},
    )
    assert optimum(problem) == pytest.approx(6.3)


@pytest.mark.parametrize("metric", METRICS)
def test_partners_have_no_position(metric: str) -> None:
    problem = a_problem(
        members=members("a", "b"),
        partners=[{"id": "eu", "resources": {"money": 6}}],
        positions=[{"member": "a", "activity": "train", "value": 2}],
        divergence={"metric": metric, "max": 0},
    )
    assert optimum(problem) == pytest.approx(16)


@pytest.mark.parametrize("metric", METRICS)
def test_relaxing_divergence_frees_it(metric: str) -> None:
    assert optimum(apart(metric, 0, a=2, b=1.5), "divergence") == pytest.approx(12)


def test_the_plan_reports_how_far_apart_its_participants_stand() -> None:
    plan = solved(apart("range", 3, a=2, b=1, c=-1)).plan
    (report,) = [one for one in plan.divergence if one.activity == "train"]
    assert (report.range, report.total_deviation, report.pairwise) == pytest.approx((3, 3, 6))


@FEW
@given(st.sampled_from(METRICS), tenths(0, 4), tenths(0, 4), st.lists(tenths(-1, 2), min_size=3, max_size=3))
def test_a_greater_cap_never_lowers_the_optimum(metric: str, one: float, other: float, stands: list[float]) -> None:
    low, high = sorted((one, other))
    at: dict[str, Any] = dict(zip("abc", stands, strict=True))
    assert optimum(apart(metric, low, **at)) <= optimum(apart(metric, high, **at)) + 1e-6
