"""Forced and incidental differences between two plans, against results worked by hand."""

from typing import Any

import pytest

from models.base import Part
from models.config import Config
from models.diff import Diff, Differences
from models.outcome import Solved
from models.problem.problem import Problem
from optimizer.compare.closest_plan import difference_between
from optimizer.compare.plan_diff import Decisions, PlanComparison
from optimizer.compare.sizes import Sizes
from optimizer.data.scenarios import scenarios_of
from optimizer.solving.solve import solve
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members
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


def test_without_time_every_difference_is_undecided() -> None:
    problem = Problem.model_validate(DOCUMENT)
    here, there = solved(**ONLY_BUILD), solved(**ONLY_DRILL)
    found = difference_between(problem, Config(), here, there, time_limit_s=0)
    assert found.closest.distance is None
    assert not found.closest.optimal
    assert not found.closest.proven
    assert "undecided" in found.closest.sentence
    nothing = Differences(runs=(), participation=(), allocations=())
    assert (found.forced, found.incidental) == (nothing, nothing)
    assert {run.activity for run in found.undecided.runs} == {"drill", "build"}
    undecided = found.undecided
    assert {run.closest for run in undecided.runs} | {row.closest for row in undecided.participation} == {None}
    assert {row.closest for row in undecided.allocations} <= {None}


def test_titles_units_and_bounds_are_those_of_what_differs() -> None:
    document = {
        **DOCUMENT,
        "resources": [{"id": "money", "title": "Cash", "unit": "k EUR"}, {"id": "ships", "unit": "hulls"}],
        "members": [{"id": "a", "title": "Ares", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
        "activities": [one | {"title": one["id"].title()} for one in DOCUMENT["activities"]],
        "frameworks": [{"id": "alliance", "title": "NATO"}],
    }
    problem = Problem.model_validate(document)
    here, there = (solve(problem, Config(overrides=overrides)) for overrides in (ONLY_BUILD, ONLY_DRILL))
    assert isinstance(here, Solved)
    assert isinstance(there, Solved)
    found = difference_between(problem, Config(), here, there, time_limit_s=30)
    assert found.titles.model_dump() == {
        "contributors": {"a": "Ares"},
        "activities": {"drill": "Drill", "build": "Build"},
        "frameworks": {"alliance": "NATO"},
        "resources": {"money": "Cash"},
        "scenarios": {},
    }
    assert found.units == {"money": "k EUR"}
    gain = found.objectives[0]
    assert (gain.metric, gain.unit) == ("risk_reduction", "risk points")
    assert values(gain, "here", "here_bound", "here_proven") == pytest.approx([10, 10, 10])
    assert values(gain, "there", "there_bound", "there_proven") == pytest.approx([10, 10, 10])


def test_rows_on_which_both_plans_agree_are_left_out() -> None:
    """The closest plan may give up what both plans do, to stay as close; that is no difference between the two."""
    problem = a_problem(members=members("a", "b"))
    sizes = Sizes(scenarios_of(problem))
    both, closest = a_plan(problem, {"a/train": 5, "b/train": 5}), a_plan(problem, {"a/train": 10})
    comparison = PlanComparison(*(Decisions(plan, sizes) for plan in (both, both, closest)))
    assert comparison.forced == comparison.incidental == Differences(runs=(), participation=(), allocations=())


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
