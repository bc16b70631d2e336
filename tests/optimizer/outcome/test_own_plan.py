"""A plan of one's own: what it leaves out is derived, what it states stays and is compared."""

from typing import Any

import pytest

from models.config import Config, SolverConfig
from models.errors import InvalidDocument
from models.evaluation import Evaluation
from models.plan import Plan
from models.problem.problem import Problem
from models.reading import read_config, read_plan, read_problem
from optimizer import evaluate, solve
from optimizer.diagnostics.precheck import effective_problem
from optimizer.outcome.own_plan import complete
from tests.support.golden import Golden, cases
from tests.support.problems import a_problem, members

EXACT = Config(solver=SolverConfig(mip_gap=0))


def gift(**fields: Any) -> dict[str, Any]:
    return {"contributor": "a", "activity": "train", "resource": "money", "amount": 6, **fields}


def own(*gifts: dict[str, Any], problem: Problem, **fields: Any) -> Plan:
    return complete(problem, read_plan({"allocations": list(gifts), **fields}))


def judged(problem: Problem, **plan: Any) -> Evaluation:
    return evaluate(problem, read_plan({"allocations": [], **plan}), EXACT)


def two_needs(**fields: Any) -> Problem:
    return a_problem(
        resources=[{"id": "money", "unit": "M EUR", "unit_cost": 1}, {"id": "troops", "unit": "persons"}],
        members=[{"id": "a", "resources": {"money": 10, "troops": 10}, "productivity": 2}],
        activities=[{"id": "train", "needs": {"money": 3, "troops": 1}}],
        **fields,
    )


BOTH = ["alliance", "coalition"]


def blocked_alliance(*activities: dict[str, Any]) -> Problem:
    """b blocks the training under the alliance; a coalition of the willing needs nobody's consent."""
    return a_problem(
        members=members("a", "b", min_contribution=1),
        frameworks=[
            {"id": "alliance", "rule": {"type": "consensus"}},
            {"id": "coalition", "rule": {"type": "participants", "min_participants": 1}, "effect_multiplier": 0.5},
        ],
        positions=[{"member": "b", "activity": "train", "value": -2}],
        activities=[{"id": "train", "frameworks": BOTH}, *activities],
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_who_gives_what_is_enough_for_the_plan_of_every_worked_case(case: Golden) -> None:
    """The frameworks, levels and figures of the solve come out again, and a plan that states all stays as it is."""
    problem, config = read_problem(case.problem), read_config(case.config)
    outcome = solve(problem, config)
    if outcome.plan is None:
        return
    effective, document = effective_problem(problem, config), outcome.plan.model_dump(mode="json")
    assert complete(effective, read_plan(document), config.relax) == outcome.plan
    decisions = {name: document[name] for name in ("allocations", "coordination", "concessions", "investments")}
    for record in [record for records in decisions.values() for record in records]:
        if len(effective.periods) == 1:
            record.pop("period", None)
    evaluation = evaluate(problem, read_plan(decisions), config)
    assert (evaluation.check.passed, evaluation.figures.passed) == (True, True)
    assert evaluation.scores[0].value == pytest.approx(outcome.objectives[0].value, rel=1e-6)


def test_contributions_alone_give_level_framework_effect_and_value() -> None:
    problem = a_problem()
    evaluation = judged(problem, allocations=[gift()])
    (run,) = evaluation.plan.activities
    assert (run.id, run.period, run.framework, run.role) == ("train", "p1", "alliance", "support")
    assert (run.level, run.effect, run.participants) == (6, 6, ("a",))
    assert evaluation.check.passed
    assert evaluation.figures.passed
    assert evaluation.scores[0].value == pytest.approx(6)


def test_the_level_is_the_least_that_the_need_lines_allow() -> None:
    """2 a unit: 6 M EUR meet 12 of 3 a level, 5 persons 10 of 1 a level; so the level is 4, and 6 M EUR suffice."""
    problem = two_needs()
    gifts = gift(amount=6), gift(resource="troops", amount=5)
    assert own(*gifts, problem=problem).activities[0].level == pytest.approx(4)
    evaluation = judged(problem, allocations=list(gifts))
    assert [(one.constraint, one.row) for one in evaluation.check.violations] == [("needs", "train/troops/p1")]
    assert "requires 4 of troops" in evaluation.check.violations[0].sentence


def test_a_dearer_framework_yields_a_lower_level() -> None:
    frameworks = [{"id": "alliance", "rule": {"type": "consensus"}, "cost_multiplier": 2}]
    assert own(gift(), problem=a_problem(frameworks=frameworks)).activities[0].level == pytest.approx(3)


def test_what_lacks_a_need_altogether_does_not_run() -> None:
    problem = two_needs()
    assert own(gift(), problem=problem).activities == ()
    assert {one.row for one in judged(problem, allocations=[gift()]).check.violations} == {"train/money/p1"}


def test_the_framework_is_the_first_under_which_the_plan_holds() -> None:
    problem = blocked_alliance()
    evaluation = judged(problem, allocations=[gift()])
    assert [(run.framework, run.effect) for run in evaluation.plan.activities] == [("coalition", 3)]
    assert evaluation.check.passed
    relaxed = complete(problem, read_plan({"allocations": [gift()]}), ["decision"])
    assert relaxed.activities[0].framework == "alliance"


def test_a_stated_framework_stays_also_where_another_one_would_hold() -> None:
    evaluation = judged(blocked_alliance(), allocations=[gift()], activities=[{"id": "train", "framework": "alliance"}])
    assert evaluation.plan.activities[0].framework == "alliance"
    assert "consensus" in {one.constraint for one in evaluation.check.violations}


def test_where_no_framework_holds_the_first_one_is_taken_and_others_still_choose() -> None:
    """watch may run under neither (its level is too high for both); train still moves on to the coalition."""
    problem = blocked_alliance({"id": "watch", "frameworks": BOTH, "max_level": 1})
    plan = own(gift(amount=5), gift(activity="watch", amount=5), problem=problem)
    assert {run.id: run.framework for run in plan.activities} == {"train": "coalition", "watch": "alliance"}


def test_runs_that_are_not_listed_run_beside_those_that_are() -> None:
    problem = a_problem(activities=[{"id": "train"}, {"id": "watch"}])
    gifts = gift(amount=4), gift(activity="watch", amount=2)
    plan = own(*gifts, problem=problem, activities=[{"id": "watch", "framework": "alliance"}])
    assert [(run.id, run.level) for run in plan.activities] == [("watch", 2), ("train", 4)]


@pytest.mark.parametrize(
    "stated, row",
    [
        ({"activities": [{"id": "train", "effect": 7}]}, "train/p1/effect"),
        ({"activities": [{"id": "train", "effective_level": 7}]}, "train/p1/effective_level"),
        ({"activities": [{"id": "train", "role": "lead"}]}, "train/p1/role"),
        ({"activities": [{"id": "train", "participants": []}]}, "train/p1/missing"),
        ({"coverage": [{"theatre": "iraq", "driver": "risk", "share": 0.5}]}, "iraq/risk/p1/share"),
        ({"burden": [{"member": "a", "cost": 5}]}, "a/cost"),
        ({"divergence": [{"activity": "train", "range": 1}]}, "train/p1/range"),
        ({"scenarios": [{"id": "base", "risk_reduction": 5}]}, "base/risk_reduction"),
        ({"scenarios": [{"id": "base", "regret": 999}]}, "base/regret"),
        ({"scenarios": [{"id": "any_name", "regret": 999}]}, "any_name/regret"),
    ],
)
def test_a_stated_figure_that_does_not_come_out_is_listed_and_nothing_else(stated: dict[str, Any], row: str) -> None:
    evaluation = judged(a_problem(), allocations=[gift()], **stated)
    assert evaluation.check.passed
    assert [one.row for one in evaluation.figures.violations] == [row]


@pytest.mark.parametrize("regret", [0, None])
def test_the_only_scenario_has_no_regret(regret: float | None) -> None:
    scenarios = [{"id": "base", "risk_reduction": 6, "regret": regret}]
    assert judged(a_problem(), allocations=[gift()], scenarios=scenarios).figures.passed


TWO = [{"id": "calm"}, {"id": "storm", "risk_multiplier": {"iraq": 0.08}}]
"""10 M EUR remove 10 points in calm; in storm there are only 8."""


@pytest.mark.parametrize("regret, holds", [(4, True), (3, False)])
def test_a_regret_is_compared_with_the_best_of_its_scenario(regret: float, holds: bool) -> None:  # noqa: FBT001
    """6 of the 10 points that calm alone allows are removed: 4 short."""
    problem = a_problem(scenarios=TWO, criterion={"type": "regret"}, objectives=[{"metric": "max_regret"}])
    stated = [{"id": "calm", "regret": regret}]
    evaluation = judged(problem, allocations=[gift()], scenarios=stated)
    assert [one.row for one in evaluation.figures.violations] == ([] if holds else ["calm/regret"])
    assert {str(one.id): one.regret for one in evaluation.plan.scenarios}["storm"] == pytest.approx(2)


def test_a_regret_without_a_known_best_is_told_as_not_recomputed() -> None:
    evaluation = judged(a_problem(scenarios=TWO), allocations=[gift()], scenarios=[{"id": "calm", "regret": 1}])
    assert evaluation.figures.passed
    assert any("regret stated for calm was not recomputed" in warning for warning in evaluation.warnings)


def test_recourse_asks_who_gives_what_in_each_scenario() -> None:
    problem = a_problem(scenarios=TWO, criterion={"type": "expected", "recourse": True})
    plan = own(gift(scenario="calm"), gift(scenario="storm", amount=2), problem=problem)
    assert {run.scenario: run.level for run in plan.activities} == {"calm": 6, "storm": 2}
    assert judged(problem, allocations=[gift()]).check.violations[0].constraint == "plan"


def test_several_periods_must_be_stated() -> None:
    problem = a_problem(periods=["p1", "p2"])
    with pytest.raises(InvalidDocument) as refused:
        own(gift(), problem=problem)
    (issue,) = refused.value.issues
    assert (issue.address, issue.code, issue.allowed) == ("allocations/0/period", "missing", ["p1", "p2"])
    plan = own(gift(period="p2"), problem=problem)
    assert [(run.period, run.level) for run in plan.activities] == [("p2", 6)]


def test_an_unknown_id_is_told_and_nothing_is_derived() -> None:
    evaluation = judged(a_problem(), allocations=[gift(activity="march")])
    assert [one.row for one in evaluation.check.violations] == ["allocation/a/march/money/p1"]
    assert evaluation.plan.activities == ()
    assert evaluation.scores == ()


def test_the_empty_plan_is_a_plan() -> None:
    assert judged(a_problem()).check.passed
