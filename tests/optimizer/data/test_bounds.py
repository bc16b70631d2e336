"""Every big-M equals the greatest left side over the box of its linear program (MODEL section 3); none cuts off optima.

The box: endowments (C1), needs (C2), max_level, one framework at a time (C4); never a row with the M itself.
"""

import pytest

from models.problem.problem import Problem
from optimizer.data.bounds import Bounds, steeper_segments
from optimizer.data.index_sets import IndexSets
from tests.support.boxes import greatest
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

TWO_FRAMEWORKS = {
    "frameworks": [
        {"id": "alliance", "effect_multiplier": 1.2},
        {"id": "coalition", "cost_multiplier": 1.5, "effect_multiplier": 2},
    ],
    "resources": [{"id": "money"}, {"id": "troops"}, {"id": "police"}],
}


def bounds(problem: Problem) -> Bounds:
    return Bounds(problem, IndexSets(problems=(problem,)))


def scarce(**train: object) -> Problem:
    """Three contributors, one without access; substitutes in a need line, two frameworks, endowments that vary."""
    return a_problem(
        **TWO_FRAMEWORKS,
        periods=["p1", "p2"],
        members=[
            {"id": "a", "resources": {"money": [10, 4], "troops": 4}, "productivity": 2},
            {"id": "b", "resources": {"police": 6}},
            {"id": "c", "resources": {"money": 90, "troops": 90}},
        ],
        theatres=[{"id": "iraq", "access": ["a", "b"]}],
        activities=[
            {
                "id": "train",
                "needs": [{"from": {"money": 1}, "amount": 2}, {"from": {"troops": 1, "police": 0.5}, "amount": 3}],
                "frameworks": ["alliance", "coalition"],
                **train,
            },
            {"id": "watch", "needs": {"police": 1}},
        ],
    )


SCARCE = [scarce(), scarce(max_level=3), scarce(max_level=0)]
ENDOWMENTS_AND_NEEDS = ("availability", "needs")
"""The families C1 and C2: endowments and needs."""


def greatest_under(problem: Problem, variable: str, a: str, f: str, t: str) -> float:
    """The greatest value of a variable if f is the only framework (C4) of a in t and max_level applies."""
    activity = problem.activity[a]  # type: ignore[index]
    others = {f"e[{a},{other},{t}]": 0.0 for other in problem.frameworks_of(activity) if other != f}
    capped = {} if activity.max_level is None else {f"e[{a},{f},{t}]": activity.max_level}
    return greatest(problem, variable, *ENDOWMENTS_AND_NEEDS, "effect/level", at_most=others | capped)


@pytest.mark.parametrize("problem", SCARCE)
def test_the_greatest_level_is_the_greatest_that_endowments_allow(problem: Problem) -> None:
    """C3, C37. Troops and police limit train: (2·4 + ½·6) / 3 levels, and the coalition takes half as much again."""
    for (a, f, t), most in bounds(problem).level.items():
        assert most == pytest.approx(greatest_under(problem, f"e[{a},{f},{t}]", a, f, t))


def test_the_greatest_level_is_worked_out_right() -> None:
    most = bounds(scarce()).level
    assert most["train", "alliance", "p1"] == pytest.approx(11 / 3)  # type: ignore[index]
    assert most["train", "coalition", "p1"] == pytest.approx(22 / 9)  # type: ignore[index]
    assert most["train", "alliance", "p2"] == pytest.approx(11 / 3)  # type: ignore[index]
    assert most["watch", "alliance", "p1"] == pytest.approx(6)  # type: ignore[index]


@pytest.mark.parametrize("problem", SCARCE)
def test_the_most_that_can_be_given_is_what_the_greatest_level_can_take(problem: Problem) -> None:
    """C5, C6, C10: x is at most capmax, and at most what the greatest level takes of the need line."""
    for (c, a, r, t), most in bounds(problem).contribution.items():
        frameworks = problem.frameworks_of(problem.activity[a])
        reached = max(greatest_under(problem, f"x[{c},{a},{r},{t}]", a, f, t) for f in frameworks)
        assert most == pytest.approx(reached)


@pytest.mark.parametrize("problem", SCARCE)
def test_the_greatest_effective_level_is_the_greatest_over_frameworks(problem: Problem) -> None:
    """C16, C18, C29. Unlike the level, the effective level may be greatest under the more expensive framework."""
    for (a, t), most in bounds(problem).effective_level.items():
        frameworks = problem.frameworks_of(problem.activity[a])
        assert most == pytest.approx(max(greatest_under(problem, f"E[{a},{t}]", a, f, t) for f in frameworks))


def test_the_greatest_endowment_includes_all_that_can_be_bought_by_then() -> None:
    """C5, C11: 4 drones, and 2 more for each of 3 units from p2 on; there is enough money to buy all."""
    problem = a_problem(
        periods=["p1", "p2"],
        resources=[{"id": "money"}, {"id": "drones"}],
        members=[{"id": "a", "resources": {"money": 100, "drones": 4}}],
        activities=[{"id": "watch", "needs": {"drones": 1}}],
        investments=[
            {"id": "more", "contributor": "a", "cost": {"money": 1}, "adds": {"drones": 2}, "max": 3, "lead_time": 1}
        ],
    )
    for t, most in (("p1", 4), ("p2", 10)):
        assert bounds(problem).greatest_endowments["a", "drones", t] == most  # type: ignore[index]
        assert greatest(problem, f"x[a,watch,drones,{t}]", *ENDOWMENTS_AND_NEEDS, "investment") == pytest.approx(most)


def a_curve(money: float, points: list[tuple[float, float]]) -> Problem:
    return a_problem(
        members=[{"id": "a", "resources": {"money": money}}],
        activities=[{"id": "train", "effect": {"type": "piecewise", "points": points}}],
    )


WAVES: list[tuple[float, float]] = [(0, 0), (1, 2), (2, 3), (3, 8), (7, 10), (9, 16)]
"""Slopes 2, 1, 5, ½, 3: the third and the fifth segment are steeper than the segment before."""


def test_steeper_segments_are_those_that_need_binaries() -> None:
    effect = a_curve(9, WAVES).activities[0].effect
    assert effect.type == "piecewise"
    assert steeper_segments(effect) == (2, 4)


@pytest.mark.parametrize(
    "money, expected",
    [
        (20, (1, 1, 1, 4, 2)),
        (8, (1, 1, 1, 4, 1)),
        (4, (1, 1, 1, 2, 0)),
        (2.5, (1, 1, 0.5, 0.5, 0)),
        (0.5, (0.5, 0.5, 0, 0, 0)),
    ],
)
def test_a_segment_carries_what_remains_after_all_segments_before_the_last_steeper_one(
    money: float, expected: tuple[float, ...]
) -> None:
    """C16: at most its length, and the greatest effective level minus the start of its run of falling slopes."""
    problem = a_curve(money, WAVES)
    assert bounds(problem).segments["train", "p1"] == pytest.approx(expected)  # type: ignore[index]


@pytest.mark.parametrize("money", [20, 8, 4, 2.5, 0.5])
def test_the_bound_of_a_segment_is_attained_in_the_linear_program(money: float) -> None:
    """C16: the left side of `open` with its binary at 1, which fills all segments before; at most the length."""
    problem = a_curve(money, WAVES)
    passed_at = {0: (), 1: (), 2: ("2",), 3: ("2",), 4: ("2", "4")}
    for n, most in enumerate(bounds(problem).segments["train", "p1"]):  # type: ignore[index]
        length = {f"segment[train,{m},p1]": WAVES[m + 1][0] - WAVES[m][0] for m in range(n + 1)}
        passed = {f"passed[train,{m},p1]": 1.0 for m in passed_at[n]}
        rows = (*ENDOWMENTS_AND_NEEDS, "effect/level", "s_curve/level", "s_curve/full")
        reached = greatest(problem, f"segment[train,{n},p1]", *rows, at_most=length, at_least=passed)
        assert most == pytest.approx(reached)


def test_the_awareness_limit_is_the_greatest_right_side_of_its_gate() -> None:
    """C18: factor 2, awareness 1, watch at most 10 effective levels the period before: 2, then 22."""
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[{"id": "iraq", "awareness": 1}],
        activities=[
            {"id": "watch"},
            {"id": "strike", "awareness_gate": {"factor": 2, "from": ["watch"]}},
        ],
    )
    assert bounds(problem).awareness_limit == {("strike", "p1"): pytest.approx(2), ("strike", "p2"): pytest.approx(22)}
    gained = greatest(problem, "E[watch,p1]", *ENDOWMENTS_AND_NEEDS, "effect/level")
    assert bounds(problem).awareness_limit["strike", "p2"] == pytest.approx(2 * (1 + gained))  # type: ignore[index]


@pytest.mark.parametrize("awareness, threshold, most", [(4, 3, 4), (4, 4, 4), (4, 4.5, 0), (20, 3, 10)])
def test_a_threshold_is_met_within_means_and_awareness(awareness: float, threshold: float, most: float) -> None:
    """10 M EUR make 10 levels; awareness allows as many as it counts. What cannot meet the threshold is 0."""
    activity = {
        "id": "train",
        "effect": {"type": "threshold", "threshold": threshold, "per_level": 1},
        "awareness_gate": {"factor": 1},
    }
    problem = a_problem(activities=[activity], theatres=[{"id": "iraq", "awareness": awareness}])
    assert bounds(problem).threshold_level == {("train", "p1"): most}


def test_no_more_risk_is_removed_than_there_is_if_nothing_is_done() -> None:
    """C17, C28: 8 grows by ¼ each period."""
    problem = a_problem(
        periods=["p1", "p2", "p3"],
        members=[{"id": "a", "resources": {"money": 900}}],
        theatres=[{"id": "iraq", "risk": 8, "growth": {"risk": 0.25}}],
    )
    assert bounds(problem).risk == {
        ("iraq", "risk", "p1"): 8,
        ("iraq", "risk", "p2"): 10,
        ("iraq", "risk", "p3"): pytest.approx(12.5),
    }
    assert optimum(problem) == pytest.approx(8 + 10 + 12.5)


def test_an_override_of_what_a_bound_comes_from_changes_the_bound() -> None:
    document = scarce().document
    document["members"][0]["resources"]["troops"] = 1
    assert bounds(Problem.model_validate(document)).level["train", "alliance", "p1"] == pytest.approx(5 / 3)  # type: ignore[index]


# A level may be useful beyond the risk it reaches, so bounding it by that risk would be plausible but wrong.

LITTLE = {"id": "iraq", "risk": 2}
"""Two levels remove all of it."""
MUCH = {"id": "syria", "risk": 100}


def test_a_source_of_awareness_is_useful_beyond_the_risk_it_reaches() -> None:
    """p1: watch 10, of which 2 count. p2: so strike may run at 10: 10 points. With watch bounded at 2: 2 + 2 + 2."""
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[LITTLE, MUCH],
        activities=[
            {"id": "watch"},
            {"id": "strike", "theatre": "syria", "awareness_gate": {"factor": 1, "from": ["watch"]}},
        ],
    )
    assert optimum(problem) == pytest.approx(12)


def test_a_follow_on_is_useful_beyond_the_risk_it_reaches() -> None:
    """p1: strike 10 (30). p2: rebuild 10, of which 2 count. With rebuild bounded at 2, strike could run at 2 only."""
    owed = {"follow_on": "rebuild", "ratio": 1, "periods": 1}
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[LITTLE, MUCH],
        activities=[
            {"id": "rebuild"},
            {
                "id": "strike",
                "theatre": "syria",
                "effect": {"type": "linear", "per_level": 3},
                "day_after": owed,
            },
        ],
    )
    assert optimum(problem) == pytest.approx(32)


@pytest.mark.parametrize(
    "policy",
    [
        {"min_level": [{"activity": "train", "level": 5}]},
        {"min_spend": [{"theatre": "iraq", "amount": 5}]},
    ],
)
def test_a_floor_is_kept_beyond_the_risk_it_reaches(policy: dict[str, object]) -> None:
    """A floor of 5 where 2 are enough: 2 points for 5 M EUR. With the level bounded at 2, there would be no plan."""
    outcome = solved(a_problem(theatres=[LITTLE], policy=policy))
    assert [objective.value for objective in outcome.objectives] == pytest.approx([2, 5])


def test_presence_is_useful_beyond_the_risk_it_reaches() -> None:
    """p1: patrol 3, of which 2 count, and strike 7, which arrives in p2. p2: strike 10, which arrives at once: 2·17."""
    waits = {"with_presence": 0, "without": 1, "presence_from": ["patrol"]}
    problem = a_problem(
        periods=["p1", "p2"],
        theatres=[LITTLE, MUCH],
        activities=[
            {"id": "patrol", "min_level": 3},
            {"id": "strike", "theatre": "syria", "effect": {"type": "linear", "per_level": 2}, "lead_time": waits},
        ],
    )
    assert optimum(problem) == pytest.approx(2 + 2 * 17)


def test_a_synergy_is_useful_beyond_the_risk_its_parts_reach() -> None:
    """Both run from level 3 on and reach 2 points of violence; together they take 8 off grievance."""
    both = {"min_level": 3, "reduces": {"violence": 1}}
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": {"violence": 2, "grievance": 50}}],
        activities=[{"id": "train", **both}, {"id": "advise", **both}],
        synergies=[{"activities": ["train", "advise"], "effect": 8, "driver": "grievance"}],
    )
    assert optimum(problem) == pytest.approx(10)


def test_stakes_are_paid_beyond_the_risk_they_reach() -> None:
    """A quorum of two with stakes of 4 takes 8 levels for 2 points. With levels bounded at 2, no run is possible."""
    problem = a_problem(
        members=members("a", "b", min_contribution=4),
        theatres=[LITTLE],
        frameworks=[{"id": "alliance", "rule": {"type": "none", "min_participants": 2}}],
    )
    outcome = solved(problem)
    assert [objective.value for objective in outcome.objectives] == pytest.approx([2, 8])


def test_burdens_are_evened_beyond_the_risk_they_reach() -> None:
    """Only a can train, which reaches 2 points; only b can strike. Equal burdens: both pay 10, 2 + 10."""
    problem = a_problem(
        resources=[{"id": "trainers"}, {"id": "strikers"}],
        members=[{"id": "a", "resources": {"trainers": 10}}, {"id": "b", "resources": {"strikers": 10}}],
        theatres=[LITTLE, MUCH],
        activities=[
            {"id": "train", "needs": {"trainers": 1}},
            {"id": "strike", "theatre": "syria", "needs": {"strikers": 1}},
        ],
        burden_sharing={"type": "proportional", "tolerance": 0},
    )
    assert optimum(problem) == pytest.approx(12)
