"""Forced and incidental differences between two plans, against results worked by hand."""

from typing import Any

import pytest

from models.base import Part
from models.config import Config
from models.diff import Diff
from models.outcome import Solved
from models.problem.problem import Problem
from optimizer.compare.closest_plan import difference_between
from optimizer.solving.solve import solve
from tests.support.units import document_in

DOCUMENT: dict[str, Any] = {
    "schema": "concord.problem/1",
    "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
    "theatres": [{"id": "north", "risk": 20}, {"id": "south", "risk": 20}],
    "activities": [
        {"id": "drill", "theatre": "north", "pillar": "other"},
        {"id": "build", "theatre": "south", "pillar": "other"},
    ],
}
"""1 M EUR removes one risk point by either activity, and no risk is exhausted, so all splits of the 10 are equal."""

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


def test_a_difference_between_two_equally_good_activities_is_incidental() -> None:
    found = compared(solved(**ONLY_BUILD), solved(**ONLY_DRILL))
    assert found.closest.proven
    assert found.closest.distance == pytest.approx(0, abs=1e-6)
    assert (found.forced.runs, found.forced.participation, found.forced.allocations) == ((), (), ())
    assert {run.activity for run in found.incidental.runs} == {"drill", "build"}
    assert {(difference.contributor, difference.activity) for difference in found.incidental.participation} == {
        (member, activity) for member in "ab" for activity in ("drill", "build")
    }


def test_the_withdrawal_of_a_member_is_forced() -> None:
    withdrawal: Overrides = {"withdrawn/b": {}}
    found = compared(solved(**withdrawal, **ONLY_DRILL), solved(**ONLY_DRILL), **withdrawal)
    [given] = found.forced.allocations
    assert given.contributor == "b"
    assert values(given, "there", "here", "closest") == pytest.approx([4, 0, 0])
    assert [difference.contributor for difference in found.forced.participation] == ["b"]
    assert found.closest.distance == pytest.approx(1)  # the full endowment of b
    assert (found.incidental.runs, found.incidental.allocations) == ((), ())


def test_one_comparison_separates_forced_from_incidental_differences() -> None:
    withdrawal: Overrides = {"withdrawn/b": {}}
    found = compared(solved(**withdrawal, **ONLY_BUILD), solved(**ONLY_DRILL), **withdrawal)
    assert {(difference.contributor, difference.activity) for difference in found.forced.allocations} == {
        ("b", "drill")
    }
    assert {(difference.contributor, difference.activity) for difference in found.incidental.allocations} == {
        ("a", "drill"),
        ("a", "build"),
    }
    assert [difference.metric for difference in found.objectives] == ["risk_reduction", "cost"]
    assert [values(difference, "here", "there") for difference in found.objectives] == [pytest.approx([6, 10])] * 2
    [burden] = found.burden
    assert burden.member == "b"
    assert values(burden, "here", "there") == pytest.approx([0, 4])


def test_a_lock_forces_what_it_locks() -> None:
    found = compared(solved(**ONLY_BUILD), solved(**ONLY_DRILL), **ONLY_BUILD)
    assert {run.activity for run in found.forced.runs} == {"drill", "build"}
    assert found.incidental.runs == ()
    assert found.closest.distance == pytest.approx(2 + 4)  # two runs; all contributions of a and b, removed and added


def test_a_plan_does_not_differ_from_itself() -> None:
    here = solved()
    found = compared(here, here)
    assert found.closest.proven
    assert found.burden == ()
    assert (found.forced.allocations, found.incidental.allocations) == ((), ())


def test_without_time_every_difference_is_forced_and_the_sentence_says_so() -> None:
    problem = Problem.model_validate(DOCUMENT)
    here, there = solved(**ONLY_BUILD), solved(**ONLY_DRILL)
    found = difference_between(problem, Config(), here, there, time_limit_s=0)
    assert not found.closest.proven
    assert "may be incidental" in found.closest.sentence
    assert {run.activity for run in found.forced.runs} == {"drill", "build"}


@pytest.mark.parametrize("unit", [1e-3, 1e3])
def test_a_difference_is_incidental_in_every_unit(unit: float) -> None:
    """The first test of this page with all amounts in another unit: the plans are worth 10 either way."""
    problem = Problem.model_validate(document_in("amounts", unit, DOCUMENT))
    here, there = (solve(problem, Config(overrides=overrides)) for overrides in (ONLY_BUILD, ONLY_DRILL))
    assert isinstance(here, Solved)
    assert isinstance(there, Solved)
    found = difference_between(problem, Config(), here, there, time_limit_s=30)
    assert found.closest.distance == pytest.approx(0, abs=1e-5)
    assert (found.forced.runs, found.forced.participation, found.forced.allocations) == ((), (), ())


@pytest.mark.parametrize("here, there", [(True, False), (False, True)])
def test_equal_plans_with_and_without_recourse_do_not_differ(*, here: bool, there: bool) -> None:
    """Without recourse a decision is the decision in each scenario."""
    first, second = (
        {**ONLY_DRILL, "scenarios/calm": {}, "scenarios/grave": {}, "criterion/recourse": recourse}
        for recourse in (here, there)
    )
    found = compared(solved(**first), solved(**second), **first)
    assert found.closest.distance == pytest.approx(0, abs=1e-6)
    for differences in (found.forced, found.incidental):
        assert (differences.runs, differences.participation, differences.allocations) == ((), (), ())


def test_plans_differ_in_the_scenario_in_which_they_decide_otherwise() -> None:
    """With recourse b gives its 4 in the calm scenario only, in which it has them; without recourse it gives none."""
    poorer: Overrides = {
        **ONLY_DRILL,
        "scenarios/calm": {},
        "scenarios/grave": {"overrides": {"members/b/resources/money": 0}},
    }
    here, there = ({**poorer, "criterion/recourse": recourse} for recourse in (True, False))
    found = compared(solved(**here), solved(**there), **here)
    assert [values(one, "contributor", "scenario", "here", "there") for one in found.forced.allocations] == [
        ["b", "calm", 4, 0]
    ]
    assert found.forced.runs == ()
