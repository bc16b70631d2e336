"""Warnings about activities that can never run state the reason; activities that can run give no warning."""

from typing import Any

import pytest

from models.config import Group
from models.problem.problem import Problem
from optimizer.data.index_sets import IndexSets
from optimizer.data.politics import is_ruled_out
from optimizer.diagnostics.ruled_out import ruled_out_because
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem, members

QUORUM = {"type": "consensus", "min_participants": 2}
HAS_LITTLE = [{"id": "a", "resources": {"money": 1}}]
REASONS: dict[str, tuple[dict[str, Any], str]] = {
    "no contributor has it": (
        {
            "resources": [{"id": "money"}, {"id": "ships"}],
            "activities": [{"id": "train", "needs": {"money": 1, "ships": 1}}],
        },
        "no willing contributor has ships under alliance",
    ),
    "no member supports it": (
        {"positions": [{"member": "a", "activity": "train", "value": 0}]},
        "no willing contributor has money under alliance",
    ),
    "no contributor has access": (
        {"theatres": [{"id": "iraq", "access": []}]},
        "no willing contributor has money under alliance",
    ),
    "withdrawn": ({"withdrawn": [{"member": "a"}]}, "no willing contributor has money under alliance"),
    "too little": (
        {"members": HAS_LITTLE, "activities": [{"id": "train", "min_level": 2}]},
        "under alliance all money of the willing contributors allows level 1; its min_level is 2",
    ),
    "too few": (
        {"frameworks": [{"id": "un", "rule": QUORUM}], "members": members("a", min_contribution=1)},
        "un requires 2 participants, but 1 can take part with the min_contribution",
    ),
    "stakes too high": (
        {
            "frameworks": [{"id": "un", "rule": QUORUM}],
            "members": [*members("a", min_contribution=1), *members("b", min_contribution=11)],
        },
        "un requires 2 participants, but 1 can take part with the min_contribution",
    ),
    "no lead nation": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "consensus", "lead_nations": ["b"]}}],
            "members": [*members("a"), *members("b", min_contribution=11)],
        },
        "un requires a lead nation, but b cannot take part with the min_contribution",
    ),
    "no lead nation of two": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "consensus", "lead_nations": ["b", "c"]}}],
            "members": [*members("a"), *members("b", "c", min_contribution=11)],
        },
        "un requires a lead nation, but none of b and c can take part with the min_contribution",
    ),
    "no partner": (
        {"frameworks": [{"id": "un", "rule": {"type": "consensus", "min_partners": 1}}]},
        "un requires 1 partner, but 0 can take part",
    ),
    "a required partner has withdrawn": (
        {
            "partners": [{"id": "k", "resources": {"money": 1}}],
            "activities": [{"id": "train", "requires": ["k"]}],
            "withdrawn": [{"member": "k"}],
        },
        "it requires k, which cannot take part",
    ),
    "the host refuses": (
        {"theatres": [{"id": "iraq", "title": "Iraq", "consent": False}]},
        "the host of Iraq refuses alliance, its only framework",
    ),
    "a spoiler refuses": (
        {"spoilers": [{"id": "militia", "consent": False}]},
        "militia, active in iraq, refuses alliance, its only framework",
    ),
    "forbidden": ({"policy": {"forbid": [{"activity": "train"}]}}, "policy forbids it"),
    "forbidden under its framework": (
        {"policy": {"forbid": [{"activity": "train", "framework": "alliance"}]}},
        "policy forbids it under alliance, its only framework",
    ),
    "a lead role is excluded": (
        {"frameworks": [{"id": "un", "role": "lead"}], "policy": {"no_lead_role": ["train"]}},
        "policy excludes a lead role, as under un, its only framework",
    ),
    "one member objects": (
        {
            "frameworks": [{"id": "nato", "title": "NATO"}],
            "members": [*members("a"), {"id": "germany", "title": "Germany"}],
            "positions": [{"member": "germany", "activity": "train", "value": -2}],
        },
        "Germany objects under NATO, its only framework",
    ),
    "two members object": (
        {
            "frameworks": [{"id": "un"}, {"id": "nato"}],
            "activities": [{"id": "train", "frameworks": ["un", "nato"]}],
            "members": members("a", "b", "c"),
            "positions": [{"member": i, "activity": "train", "value": -2} for i in "bc"],
        },
        "b and c object under un; b and c object under nato",
    ),
    "concessions do not win over one of two": (
        {
            "members": members("a", "b", "c"),
            "positions": [{"member": i, "activity": "train", "value": at} for i, at in (("b", -2), ("c", -1.5))],
            "concessions": {"budget": 2, "max_per_case": 0.5},
        },
        "even with concessions b objects under alliance, its only framework",
    ),
    "concessions do not win over both together": (
        {
            "members": members("a", "b", "c"),
            "positions": [{"member": i, "activity": "train", "value": -2} for i in "bc"],
            "concessions": {"budget": 1.5},
        },
        "even with concessions b and c object under alliance, its only framework",
    ),
    "no majority": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "majority", "quota": 0.6}}],
            "members": members("a", "b"),
            "positions": [{"member": "b", "activity": "train", "value": -2}],
        },
        "it has no majority under un, its only framework",
    ),
    "no majority with concessions": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "majority", "quota": 0.6}}],
            "members": members("a", "b"),
            "positions": [{"member": "b", "activity": "train", "value": -2}],
            "concessions": {"budget": 1},
        },
        "even with concessions it has no majority under un, its only framework",
    ),
    "opposition is too high": (
        {
            "frameworks": [{"id": "un", "rule": {"type": "none"}}],
            "members": [*members("a", votes=3), {"id": "b", "votes": 1}],
            "positions": [{"member": "b", "activity": "train", "value": -2}],
            "policy": {"max_opposition": 0.4},
        },
        "opposition to it under un is 0.5; the policy allows 0.4 (max_opposition)",
    ),
    "one disabled, one without resources": (
        {
            "frameworks": [{"id": "un", "enabled": False}, {"id": "ad_hoc"}],
            "activities": [{"id": "train", "frameworks": ["un", "ad_hoc"]}],
            "positions": [{"member": "a", "activity": "train", "framework": "ad_hoc", "value": 0}],
        },
        "the problem disables un; no willing contributor has money under ad_hoc",
    ),
}


def cannot_run(problem: Problem, *relax: Group) -> list[str]:
    return [warning for warning in warnings(problem, relax) if "cannot run" in warning]


@pytest.mark.parametrize("case", REASONS)
def test_the_warning_states_why_an_activity_can_never_run(case: str) -> None:
    fields, why = REASONS[case]
    problem = a_problem(**fields)
    (warning,) = cannot_run(problem)
    assert warning == f"train cannot run: {why}"
    assert optimum(problem) == pytest.approx(0)


def test_an_activity_that_can_run_gives_no_warning() -> None:
    assert cannot_run(a_problem()) == []
    reached = a_problem(members=HAS_LITTLE, activities=[{"id": "train", "min_level": 1}])
    assert cannot_run(reached) == []


def test_resources_that_an_investment_adds_count() -> None:
    lift = {"id": "yard", "contributor": "a", "cost": {"money": 1}, "adds": {"ships": 1}, "lead_time": 0, "max": 1}
    problem = a_problem(
        resources=[{"id": "money"}, {"id": "ships"}],
        activities=[{"id": "train", "needs": {"money": 1, "ships": 1}}],
        investments=[lift],
    )
    assert cannot_run(problem) == []
    assert solved(problem).objectives[0].value == pytest.approx(1)


@pytest.mark.parametrize(
    "case,group",
    [
        ("no member supports it", "participation"),
        ("too few", "decision"),
        ("no partner", "decision"),
        ("opposition is too high", "divergence"),
        ("the host refuses", "consent"),
    ],
)
def test_a_relaxed_rule_gives_no_warning(case: str, group: Group) -> None:
    problem = a_problem(**REASONS[case][0])
    assert cannot_run(problem, group) == []
    outcome = solved(problem, group)
    assert outcome.objectives[0].value == pytest.approx(10)
    assert not any("cannot run" in warning for warning in outcome.warnings)


def two_scenarios(first: dict[str, Any], second: dict[str, Any], *, recourse: bool, **fields: Any) -> Problem:
    document: dict[str, Any] = {
        "frameworks": [{"id": "un"}, {"id": "ad_hoc"}],
        "activities": [{"id": "train", "frameworks": ["un", "ad_hoc"]}],
        "scenarios": [{"id": "s1", "overrides": first}, {"id": "s2", "overrides": second}],
        "criterion": {"type": "expected", "recourse": recourse},
    }
    return a_problem(**{**document, **fields})


def test_frameworks_each_refused_in_some_scenario_are_ruled_out_together() -> None:
    """Each scenario allows one framework, but neither framework is allowed in both, so the optimum is 0."""
    refusals = {"theatres/iraq/consent": {"un": False}}, {"theatres/iraq/consent": {"ad_hoc": False}}
    problem = two_scenarios(*refusals, recourse=False)
    (warning,) = cannot_run(problem)
    assert warning == (
        "train cannot run: the host of iraq refuses un (scenario s1); the host of iraq refuses ad_hoc (scenario s2); "
        "all decisions are made once for all scenarios, unless criterion/recourse is true"
    )
    assert optimum(problem) == pytest.approx(0)


def test_with_recourse_the_warning_names_the_scenario() -> None:
    problem = two_scenarios({"members/a/resources/money": 0}, {}, recourse=True)
    (warning,) = cannot_run(problem)
    assert warning.startswith("in scenario s1: train cannot run: no willing contributor has money under un")
    assert optimum(problem) == pytest.approx(5)


def test_with_recourse_an_objection_in_one_scenario_rules_out_the_framework_in_all() -> None:
    """In s1, a objects under both frameworks: 0. A refusal by the host closes only contributions in s1: 5 from s2."""
    objection = {"positions/a:train:un": -2}
    closed = two_scenarios({**objection, "positions/a:train:ad_hoc": -2}, {}, recourse=True)
    (warning,) = cannot_run(closed)
    assert warning == (
        "train cannot run: a objects under un (scenario s1); a objects under ad_hoc (scenario s1); "
        "the framework of an activity is decided once for all scenarios"
    )
    assert optimum(closed) == pytest.approx(0)
    refused = two_scenarios({**objection, "theatres/iraq/consent": False}, {}, recourse=True)
    (warning,) = cannot_run(refused)
    assert warning == "in scenario s1: train cannot run: the host of iraq refuses un; the host of iraq refuses ad_hoc"
    assert optimum(refused) == pytest.approx(5)


@pytest.mark.parametrize("min_level,value", [(0, 5), (1, 0)])
def test_with_recourse_a_scenario_without_resources_rules_out_a_min_level_in_all(
    min_level: float, value: float
) -> None:
    """There is no money in s1: 5 from s2, unless the activity must run at level 1 in both scenarios."""
    activities = [{"id": "train", "frameworks": ["un", "ad_hoc"], "min_level": min_level}]
    problem = two_scenarios({"members/a/resources/money": 0}, {}, recourse=True, activities=activities)
    (warning,) = cannot_run(problem)
    assert warning.startswith("in scenario s1: train cannot run: no willing") is (min_level == 0)
    assert optimum(problem) == pytest.approx(value)


def test_without_recourse_resources_missing_in_one_scenario_are_missing_in_all() -> None:
    problem = two_scenarios({"members/a/resources/money": 0}, {}, recourse=False)
    (warning,) = cannot_run(problem)
    assert "no willing contributor has money under un (scenario s1)" in warning
    assert warning.endswith("all decisions are made once for all scenarios, unless criterion/recourse is true")
    assert optimum(problem) == pytest.approx(0)


def test_a_warning_that_applies_in_one_scenario_names_it() -> None:
    """Burdens are shared over all members, and b pays nothing in s2, so no member may pay anything there."""
    problem = two_scenarios(
        {},
        {"positions/b:train": 0},
        recourse=False,
        members=members("a", "b"),
        burden_sharing={"type": "proportional", "tolerance": 0.5, "over": "members"},
    )
    (warning,) = [warning for warning in warnings(problem) if "burden_sharing" in warning]
    assert warning.startswith("in scenario s2: burden_sharing counts all members, but b would not pay for any activity")


def test_the_reason_covers_each_period() -> None:
    """In p1 policy forbids strike; in p2 its follow-on would be owed past the last period."""
    problem = a_problem(
        periods=["p1", "p2"],
        activities=[
            {"id": "rebuild", "title": "Rebuilding"},
            {"id": "strike", "day_after": {"follow_on": "rebuild", "ratio": 1, "periods": 1}},
        ],
        policy={"forbid": [{"activity": "strike", "period": "p1"}]},
    )
    (warning,) = cannot_run(problem)
    assert warning == "strike cannot run: policy forbids it; it would owe Rebuilding past the last period"
    assert cannot_run(problem, "policy") == []


def test_scenarios_that_each_rule_an_activity_out_are_not_said_to_be_combined() -> None:
    """Each scenario alone rules out train, for different reasons, so shared decisions are not the cause."""
    problem = two_scenarios(
        {"theatres/iraq/consent": False},
        {"frameworks/un/enabled": False},
        recourse=False,
        frameworks=[{"id": "un"}],
        activities=[{"id": "train", "frameworks": ["un"]}],
    )
    (warning,) = cannot_run(problem)
    assert warning == (
        "train cannot run: the host of iraq refuses un, its only framework (scenario s1); "
        "the problem disables un, its only framework (scenario s2)"
    )


@pytest.mark.parametrize("case", REASONS)
@pytest.mark.parametrize("relax", [(), ("consent",), ("decision",), ("policy",)])
def test_words_are_given_exactly_if_a_run_is_ruled_out(case: str, relax: tuple[Group, ...]) -> None:
    problem = a_problem(**REASONS[case][0])
    for a, f, t in IndexSets(problems=(problem,)).runs:
        words = ruled_out_because(problem, a, f, t, relax)
        assert (words is not None) is is_ruled_out(problem, a, f, t, relax)
