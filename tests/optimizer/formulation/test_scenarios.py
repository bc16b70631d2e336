"""C25: one plan against several scenarios, with and without recourse; optima worked by hand."""

from typing import Any

import pytest

from models.config import Config, SolverConfig
from models.errors import InvalidDocument
from models.outcome import Solved
from models.problem.problem import Problem
from optimizer import solve
from optimizer.data.scenarios import scenarios_of
from tests.support.problems import a_problem, members

EXACT = SolverConfig(mip_gap=0.0)


def solved(problem: Problem, **config: Any) -> Solved:
    outcome = solve(problem, Config(solver=EXACT, **config))
    assert isinstance(outcome, Solved)
    assert outcome.check.passed
    return outcome


def value(problem: Problem, **config: Any) -> float:
    return solved(problem, **config).objectives[0].value


def two_theatres(criterion: str, *, recourse: bool = False, **fields: Any) -> Problem:
    """10 M EUR. In one scenario only ax has an effect, in the other only ay, 2 points a level each."""
    return a_problem(
        theatres=[{"id": "x"}, {"id": "y"}],
        activities=[{"id": "ax", "theatre": "x"}, {"id": "ay", "theatre": "y"}],
        scenarios=[
            {"id": "s1", "effect_multiplier": {"ax": 2, "ay": 0}},
            {"id": "s2", "effect_multiplier": {"ax": 0, "ay": 2}},
        ],
        criterion={"type": criterion, "recourse": recourse},
        **fields,
    )


def test_without_recourse_one_effort_serves_all_scenarios() -> None:
    """Each M EUR is worth 2 in one of two equal scenarios and 0 in the other: 10."""
    assert value(two_theatres("expected")) == pytest.approx(10)


def test_with_recourse_each_scenario_has_its_own_effort() -> None:
    """All 10 M EUR go to the activity with an effect, in either scenario: 20."""
    assert value(two_theatres("expected", recourse=True)) == pytest.approx(20)


def test_the_worst_case_hedges_without_recourse_and_need_not_with_it() -> None:
    """Half for each activity gives 10 in either scenario; with recourse 20 in either."""
    assert value(two_theatres("worst_case")) == pytest.approx(10)
    assert value(two_theatres("worst_case", recourse=True)) == pytest.approx(20)


def test_regret_is_measured_against_what_each_scenario_allowed() -> None:
    """The optimum of either scenario is 20. Half for each activity reaches 10 in both: regret 10, with recourse 0."""
    outcome = solved(two_theatres("regret"))
    assert outcome.objectives[0].metric == "max_regret"
    assert outcome.objectives[0].value == pytest.approx(10)
    assert [scenario.regret for scenario in outcome.plan.scenarios] == pytest.approx([10, 10])
    assert value(two_theatres("regret", recourse=True)) == pytest.approx(0, abs=1e-6)


def test_regret_without_scenarios_is_against_the_problem_itself() -> None:
    """10 M EUR remove 10 points, so the best plan has regret 0; with the only payer unwilling and that relaxed, -10."""
    regret = {"type": "regret"}
    assert value(a_problem(criterion=regret)) == pytest.approx(0, abs=1e-6)
    relaxed = solved(a_problem(criterion=regret, default_position=0), relax=("participation",))
    assert relaxed.objectives[0].value == pytest.approx(-10)
    assert [scenario.regret for scenario in relaxed.plan.scenarios] == pytest.approx([-10])


def test_t15_regret_is_against_the_problem_as_submitted_and_may_be_negative() -> None:
    """T15: the reference of regret is the optimum of the problem as submitted, whatever is relaxed. The only payer is
    unwilling, so that optimum is 0. Relaxed, the plan reaches 10 in both scenarios: regret -10.
    """
    problem = two_theatres("regret", default_position=0)
    assert value(problem) == pytest.approx(0, abs=1e-9)
    assert value(problem, relax=("participation",)) == pytest.approx(-10)


def poorer(*, recourse: bool) -> Problem:
    """10 M EUR in one scenario, 4 in the other; one point per M EUR."""
    return a_problem(
        scenarios=[{"id": "rich"}, {"id": "poor", "overrides": {"members/a/resources/money": 4}}],
        criterion={"type": "expected", "recourse": recourse},
    )


def test_every_row_holds_in_every_scenario() -> None:
    """Contributions decided once must be affordable in either scenario: 4. With recourse (10 + 4) / 2 = 7."""
    assert value(poorer(recourse=False)) == pytest.approx(4)
    assert value(poorer(recourse=True)) == pytest.approx(7)


def test_costs_are_expected_values() -> None:
    outcome = solved(poorer(recourse=True))
    assert outcome.objectives[1].value == pytest.approx(7)
    assert [burden.cost for burden in outcome.plan.burden] == pytest.approx([7])


def test_efforts_carry_their_scenario_only_under_recourse() -> None:
    with_recourse, without = solved(poorer(recourse=True)), solved(poorer(recourse=False))
    assert {one.scenario: one.amount for one in with_recourse.plan.allocations} == pytest.approx(
        {"rich": 10, "poor": 4}
    )
    assert {one.scenario for one in without.plan.allocations} == {None}


def refusing(*, recourse: bool, min_level: float = 0) -> Problem:
    """The host refuses in one of two equally likely scenarios. 10 M EUR, one point per M EUR."""
    return a_problem(
        activities=[{"id": "train", "min_level": min_level}],
        scenarios=[{"id": "yes"}, {"id": "no", "overrides": {"theatres/iraq/consent": False}}],
        criterion={"type": "expected", "recourse": recourse},
    )


def test_a_refusal_in_one_scenario_closes_the_framework_in_all_without_recourse() -> None:
    assert value(refusing(recourse=False)) == pytest.approx(0, abs=1e-9)


def test_with_recourse_a_refusal_forbids_the_effort_in_its_scenario_only() -> None:
    """10 in the scenario that consents, nothing in the other: 5."""
    assert value(refusing(recourse=True)) == pytest.approx(5)


def test_with_recourse_a_refusal_still_closes_what_has_a_least_level() -> None:
    """Runs are decided once. With a least level above 0 the activity would have to run where the host refuses."""
    assert value(refusing(recourse=True, min_level=1)) == pytest.approx(0, abs=1e-9)


def test_with_recourse_a_refusal_still_closes_what_needs_a_quorum() -> None:
    problem = a_problem(
        members=members("a", "b", min_contribution=1),
        frameworks=[{"id": "coalition", "rule": {"type": "participants", "min_participants": 2}}],
        scenarios=[{"id": "yes"}, {"id": "no", "overrides": {"theatres/iraq/consent": False}}],
        criterion={"type": "expected", "recourse": True},
    )
    assert value(problem) == pytest.approx(0, abs=1e-9)
    assert value(problem, relax=("consent",)) == pytest.approx(20)


def test_a_scenario_can_be_planned_for_alone() -> None:
    assert value(two_theatres("expected"), scenario="s1") == pytest.approx(20)
    assert value(refusing(recourse=False), scenario="yes") == pytest.approx(10)


def test_probabilities_weigh_the_scenarios() -> None:
    """0.75 of 2 a level in x against 0.25 in y: all into x, 0.75 * 20 = 15."""
    document = two_theatres("expected").document
    certain = [one | {"probability": share} for one, share in zip(document["scenarios"], (0.75, 0.25), strict=True)]
    assert value(Problem.model_validate(document | {"scenarios": certain})) == pytest.approx(15)


def test_the_tail_counts_the_worst_scenarios_only() -> None:
    """CVaR at 0.5 of two equally likely scenarios is the worse of them: half for each activity, 10."""
    document = two_theatres("expected").document
    problem = Problem.model_validate(document | {"criterion": {"type": "cvar", "alpha": 0.5}})
    assert value(problem) == pytest.approx(10)


def test_a_floor_on_coverage_holds_in_every_scenario() -> None:
    """At least 8 of 100 points in x in every scenario. In s2 no effort has an effect there."""
    problem = two_theatres("expected", policy={"min_coverage": [{"theatre": "x", "share": 0.08}]})
    assert solve(problem, Config(solver=EXACT)).status == "infeasible"


def test_risk_multipliers_change_what_there_is_to_remove() -> None:
    """Risk 8, doubled in one scenario: 10 M EUR remove 8, and 10 of 16. Average 9."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 8}],
        scenarios=[{"id": "calm"}, {"id": "worse", "risk_multiplier": {"iraq": 2}}],
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(9)
    assert [cell.baseline for cell in outcome.plan.coverage] == pytest.approx([8, 16])


def test_a_problem_without_scenarios_has_one_certain_scenario() -> None:
    (only,) = scenarios_of(a_problem())
    assert (only.id, only.probability, only.has_recourse) == ("base", 1.0, False)


def test_a_need_that_a_scenario_changes_is_the_need_of_that_scenario() -> None:
    """A level takes 1 M EUR in one scenario and 2 in the other: 10 and 5 levels with recourse, 7.5 on average."""
    problem = a_problem(
        scenarios=[{"id": "cheap"}, {"id": "dear", "overrides": {"activities/train/needs": {"money": 2}}}],
        criterion={"type": "expected", "recourse": True},
    )
    assert value(problem) == pytest.approx(7.5)


def test_a_scenario_that_changes_the_structure_is_refused() -> None:
    problem = a_problem(scenarios=[{"id": "new", "overrides": {"theatres/iraq/risk": {"violence": 5}}}])
    with pytest.raises(InvalidDocument) as refused:
        solve(problem)
    assert refused.value.issues[0].code == "scenario_structure"


def test_an_override_that_makes_a_scenario_invalid_is_refused_at_its_address() -> None:
    problem = a_problem(scenarios=[{"id": "bad", "overrides": {"members/a/resources/money": -1}}])
    with pytest.raises(InvalidDocument) as refused:
        solve(problem)
    assert refused.value.issues[0].pointer.startswith("/scenarios/0/overrides/")


def test_recourse_over_a_single_scenario_decides_for_that_scenario() -> None:
    """The plan still names the scenario of each contribution: 10."""
    problem = a_problem(scenarios=[{"id": "sure"}], criterion={"type": "expected", "recourse": True})
    plan = solved(problem).plan
    assert [(one.amount, one.scenario) for one in plan.allocations] == [(10, "sure")]


def test_regret_with_recourse_counts_what_each_scenario_changes() -> None:
    """2 M EUR in one scenario, 10 in the other, fully used in each: regret 0 in both."""
    problem = a_problem(
        scenarios=[{"id": "poor", "overrides": {"members/a/resources/money": 2}}, {"id": "rich"}],
        criterion={"type": "regret", "recourse": True},
    )
    outcome = solved(problem)
    assert outcome.objectives[0].value == pytest.approx(0, abs=1e-6)
    assert [scenario.risk_reduction for scenario in outcome.plan.scenarios] == pytest.approx([2, 10])


@pytest.mark.parametrize(
    "address, value, named",
    [
        ("criterion", {"type": "budgeted", "gamma": 1}, "criterion"),
        ("objectives", [{"metric": "cost"}], "objectives"),
        ("scenarios/storm/risk_multiplier/iraq", 2, "scenarios"),
    ],
)
def test_a_scenario_that_changes_how_scenarios_are_judged_is_refused(address: str, value: object, named: str) -> None:
    """Otherwise part of the program would use the override and the rest would not."""
    problem = a_problem(scenarios=[{"id": "calm"}, {"id": "storm", "overrides": {address: value}}])
    with pytest.raises(InvalidDocument) as refused:
        solve(problem)
    (issue,) = refused.value.issues
    assert (issue.code, issue.pointer) == ("not_allowed", "/scenarios/1/overrides")
    assert named in issue.message


def test_regret_without_time_for_its_references_has_no_plan_in_the_limit() -> None:
    outcome = solve(two_theatres("regret"), Config(solver=SolverConfig(time_limit_s=1e-4)))
    assert outcome.status == "no_plan_in_limit"
    assert "regret is measured against" in outcome.reason
