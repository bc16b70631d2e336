"""Two plans of one value: what has to differ, and what only happens to. Worked by hand."""

from typing import Any

import pytest

from models.base import Part
from models.config import Config
from models.diff import Diff
from models.outcome import Solved
from models.problem.problem import Problem
from optimizer.compare.closest_plan import difference_between
from optimizer.solving.solve import solve

DOCUMENT: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
    "theatres": [{"id": "north", "risk": 20}, {"id": "south", "risk": 20}],
    "activities": [
        {"id": "drill", "theatre": "north", "pillar": "other"},
        {"id": "build", "theatre": "south", "pillar": "other"},
    ],
}
"""A M EUR buys a risk point by either activity, and neither theatre is ever done: all splits of the 10 are as good."""

Overrides = dict[str, Any]
ONLY_DRILL: Overrides = {"policy/forbid/build": {}}
ONLY_BUILD: Overrides = {"policy/forbid/drill": {}}


def solved(**overrides: Any) -> Solved:
    outcome = solve(Problem.model_validate(DOCUMENT), Config(overrides=overrides))
    assert isinstance(outcome, Solved)
    return outcome


def values(part: Part, *names: str) -> list[Any]:
    return [getattr(part, name) for name in names]


def compared(here: Solved, there: Solved, **overrides: Any) -> Diff:
    problem = Problem.model_validate(DOCUMENT)
    return difference_between(problem, Config(overrides=overrides), here, there, time_limit_s=30)


def test_of_two_equally_good_activities_the_other_one_is_incidental() -> None:
    found = compared(solved(**ONLY_BUILD), solved(**ONLY_DRILL))
    assert found.closest.proven
    assert found.closest.distance == pytest.approx(0, abs=1e-6)
    assert (found.forced.runs, found.forced.participation, found.forced.allocations) == ((), (), ())
    assert {run.activity for run in found.incidental.runs} == {"drill", "build"}
    assert {(one.contributor, one.activity) for one in found.incidental.participation} == {
        (member, activity) for member in "ab" for activity in ("drill", "build")
    }


def test_a_member_that_has_gone_is_forced() -> None:
    gone: Overrides = {"withdrawn/b": {}}
    found = compared(solved(**gone, **ONLY_DRILL), solved(**ONLY_DRILL), **gone)
    [given] = found.forced.allocations
    assert given.contributor == "b"
    assert values(given, "there", "here", "closest") == pytest.approx([4, 0, 0])
    assert [one.contributor for one in found.forced.participation] == ["b"]
    assert found.closest.distance == pytest.approx(1)  # all that b has
    assert (found.incidental.runs, found.incidental.allocations) == ((), ())


def test_what_had_to_be_and_what_need_not_have_been_are_told_apart_in_one_plan() -> None:
    gone: Overrides = {"withdrawn/b": {}}
    found = compared(solved(**gone, **ONLY_BUILD), solved(**ONLY_DRILL), **gone)
    assert {(one.contributor, one.activity) for one in found.forced.allocations} == {("b", "drill")}
    assert {(one.contributor, one.activity) for one in found.incidental.allocations} == {("a", "drill"), ("a", "build")}
    assert [one.metric for one in found.objectives] == ["risk_reduction", "cost"]
    assert [values(one, "here", "there") for one in found.objectives] == [pytest.approx([6, 10])] * 2
    [burden] = found.burden
    assert burden.member == "b"
    assert values(burden, "here", "there") == pytest.approx([0, 4])


def test_a_lock_forces_what_it_locks() -> None:
    found = compared(solved(**ONLY_BUILD), solved(**ONLY_DRILL), **ONLY_BUILD)
    assert {run.activity for run in found.forced.runs} == {"drill", "build"}
    assert found.incidental.runs == ()
    assert found.closest.distance == pytest.approx(2 + 4)  # two runs; of a and b all they have, taken and given


def test_a_plan_held_against_itself_differs_in_nothing() -> None:
    here = solved()
    found = compared(here, here)
    assert found.closest.proven
    assert found.burden == ()
    assert (found.forced.allocations, found.incidental.allocations) == ((), ())


def test_without_time_everything_is_called_forced_and_it_is_said() -> None:
    problem = Problem.model_validate(DOCUMENT)
    here, there = solved(**ONLY_BUILD), solved(**ONLY_DRILL)
    found = difference_between(problem, Config(), here, there, time_limit_s=0)
    assert not found.closest.proven
    assert "may be incidental" in found.closest.sentence
    assert {run.activity for run in found.forced.runs} == {"drill", "build"}
