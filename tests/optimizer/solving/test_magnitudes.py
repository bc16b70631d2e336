"""Problems whose own numbers are too far apart are refused, with the number that is to blame."""

from typing import Any

import pytest

from models.config import Config
from models.errors import InvalidDocument, Issue
from models.reading import read_problem
from optimizer import solve
from optimizer.solving.magnitudes import magnitude_issues


def two_levels(**fields: Any) -> dict[str, Any]:
    """Ten M EUR for one activity under one of two members."""
    return {
        "schema": "concord.problem/1",
        "members": [{"id": "a", "resources": {"money": 6}}, {"id": "b", "resources": {"money": 4}}],
        "theatres": [{"id": "iraq", "risk": 10}],
        "activities": [{"id": "train", "theatre": "iraq", "pillar": "capacity_building"}],
    } | fields


APART = {
    "members/a/resources/money": two_levels(members=[{"id": "a", "resources": {"money": 1e12}}]),
    "activities/train/needs/money": two_levels(
        activities=[{"id": "train", "theatre": "iraq", "pillar": "capacity_building", "needs": {"money": 1e-12}}]
    ),
    "theatres/libya/weight": two_levels(
        theatres=[{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": 1e12}],
        activities=[
            {"id": "train", "theatre": "iraq", "pillar": "capacity_building"},
            {"id": "watch", "theatre": "libya", "pillar": "surveillance"},
        ],
    ),
    "members/a/ability_to_pay": two_levels(
        members=[
            {"id": "a", "resources": {"money": 6}, "ability_to_pay": 1e-12},
            {"id": "b", "resources": {"money": 4}},
        ],
        burden_sharing={"type": "minimax"},
    ),
}


def issue_of(document: dict[str, Any]) -> Issue:
    (issue,) = magnitude_issues(read_problem(document), Config())
    return issue


@pytest.mark.parametrize("address", APART)
def test_the_number_to_blame_is_named(address: str) -> None:
    issue = issue_of(APART[address])
    assert (issue.code, issue.address) == ("too_far_apart", address)
    assert "times as much as can be computed" in issue.message


@pytest.mark.parametrize("address", APART)
def test_a_solve_refuses_what_a_check_refuses(address: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        solve(read_problem(APART[address]))
    assert [issue.address for issue in refused.value.issues] == [address]


def test_the_range_that_is_told_works() -> None:
    allowed = str(issue_of(APART["members/a/resources/money"]).allowed)
    most = float(allowed.removeprefix("at most ").partition(",")[0])
    problem = read_problem(two_levels(members=[{"id": "a", "resources": {"money": most}}]))
    assert magnitude_issues(problem, Config()) == ()
    outcome = solve(problem)
    assert outcome.status == "optimal"
    assert outcome.objectives[0].value == pytest.approx(10)


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_a_unit_is_no_reason_to_refuse(unit: float) -> None:
    document = two_levels(
        members=[{"id": "a", "resources": {"money": 10 * unit}}],
        activities=[{"id": "train", "theatre": "iraq", "pillar": "capacity_building", "needs": {"money": unit}}],
    )
    assert magnitude_issues(read_problem(document), Config()) == ()


def test_a_scenario_is_judged_with_its_own_numbers() -> None:
    """The budget of the first scenario is too great, that of the second is not."""
    scenarios = [
        {"id": "rich", "probability": 0.5, "overrides": {"members/a/resources/money": 1e13}},
        {"id": "poor", "probability": 0.5, "overrides": {"members/a/resources/money": 5}},
    ]
    problem = read_problem(two_levels(scenarios=scenarios, members=[{"id": "a", "resources": {"money": 6}}]))
    assert magnitude_issues(problem, Config.model_validate({"scenario": "poor"})) == ()
    assert [issue.code for issue in magnitude_issues(problem, Config.model_validate({"scenario": "rich"}))] == [
        "too_far_apart"
    ]


def test_under_regret_each_scenario_is_judged_alone() -> None:
    """An effect of 1e8 fits beside one of 1e9, but not alone: the solve of the first scenario would refuse it."""
    document = two_levels(
        theatres=[{"id": "x", "risk": 1000}, {"id": "y", "risk": 1000}],
        activities=[
            {
                "id": name,
                "theatre": theatre,
                "pillar": "surveillance",
                "effect": {"type": "linear", "per_level": effect},
            }
            for name, theatre, effect in (("ax", "x", 1e6), ("ay", "y", 1e9))
        ],
        scenarios=[
            {"id": "s1", "probability": 0.5, "effect_multiplier": {"ax": 0, "ay": 0.5}},
            {"id": "s2", "probability": 0.5, "effect_multiplier": {"ax": 0, "ay": 1}},
        ],
        criterion={"type": "regret"},
    )
    assert issue_of(document).code == "too_far_apart"


@pytest.mark.parametrize("money", [0, 6])
def test_a_risk_that_grows_out_of_all_range_is_refused(money: float) -> None:
    """From 10 points by a factor of 1e15 a period: no period later than the second can be computed with the others."""
    document = two_levels(
        members=[{"id": "a", "resources": {"money": money}}],
        theatres=[{"id": "iraq", "risk": 10, "growth": {"risk": 1e15}}],
        periods=[f"p{number}" for number in range(30)],
    )
    assert issue_of(document).address == "theatres/iraq/growth/risk"
    with pytest.raises(InvalidDocument):
        solve(read_problem(document))


def test_an_effect_out_of_all_proportion_to_the_means_is_refused() -> None:
    """All 10 points of risk are gone at level 1e-11; a rounding of the 10 M EUR would remove as much."""
    activity = {
        "id": "train",
        "theatre": "iraq",
        "pillar": "capacity_building",
        "effect": {"type": "linear", "per_level": 1e12},
    }
    assert issue_of(two_levels(activities=[activity])).address == "activities/train/effect/per_level"


@pytest.mark.parametrize("extreme", [1e100, 1e-100])
def test_a_number_out_of_all_range_is_refused_whatever_it_does(extreme: float) -> None:
    """A threshold that no plan reaches, or a weight of nothing, would change no plan."""
    theatres = [{"id": "iraq", "risk": 10}, {"id": "libya", "risk": 6, "weight": extreme}]
    issue = issue_of(two_levels(theatres=theatres))
    assert (issue.code, issue.address) == ("too_far_apart", "theatres/libya/weight")


def test_a_problem_without_a_number_is_not_refused() -> None:
    problem = read_problem(two_levels(members=[{"id": "a"}], theatres=[{"id": "iraq", "risk": 0}]))
    assert magnitude_issues(problem, Config()) == ()
