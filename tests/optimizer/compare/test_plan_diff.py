"""What counts as equal between two plans does not depend on the unit of their amounts."""

import pytest

from models.plan import Plan
from models.problem.problem import Problem
from optimizer.compare.plan_diff import Decisions, PlanComparison, burdens
from optimizer.compare.sizes import Sizes
from optimizer.data.scenarios import scenarios_of
from optimizer.tolerances import EQUAL_RUN_SHARE, PLAN_ROUNDING, SAME_AMOUNT
from tests.support.plans import a_plan
from tests.support.problems import a_problem, members

UNITS = [1e-8, 1, 1e8]


def funded(unit: float) -> Problem:
    """Each of a and b has 10 units, which is worth 10 levels of training."""
    return a_problem(members=members("a", "b", resources={"money": 10 * unit}))


def differences(problem: Problem, here: Plan, there: Plan) -> tuple[int, int, int, int]:
    """Return how many runs, participations, amounts and burdens differ if the closest plan is `here`."""
    sizes = Sizes(scenarios_of(problem))
    found = PlanComparison(*(Decisions(plan, sizes) for plan in (here, there, here))).forced
    return len(found.runs), len(found.participation), len(found.allocations), len(list(burdens(here, there, sizes)))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("share, number", [(0.9 * SAME_AMOUNT, 0), (1.1 * SAME_AMOUNT, 1)])
def test_amounts_are_compared_by_their_share(share: float, number: int, unit: float) -> None:
    problem = funded(unit)
    here, there = (a_plan(problem, {"a/train": amount * unit}) for amount in (5, 5 * (1 - share)))
    assert differences(problem, here, there) == (0, 0, number, number)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("share, number", [(0.9 * PLAN_ROUNDING, 0), (1.1 * PLAN_ROUNDING, 1)])
def test_amounts_below_rounding_count_as_zero(share: float, number: int, unit: float) -> None:
    """Rounding is relative to the most that anyone has."""
    problem = funded(unit)
    here, there = (a_plan(problem, {"a/train": 5 * unit, "b/train": amount * unit}) for amount in (0, 10 * share))
    assert differences(problem, here, there) == (0, number, number, number)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("share, number", [(0.9 * PLAN_ROUNDING, 0), (1.1 * PLAN_ROUNDING, 1)])
def test_a_run_below_rounding_is_no_run(share: float, number: int, unit: float) -> None:
    """Rounding is relative to the level that all endowments together allow, at 20 units."""
    problem = funded(unit)
    here, there = a_plan(problem, {}), a_plan(problem, runs={"train": None}, levels={"train": 20 * unit * share})
    assert differences(problem, here, there) == (number, 0, 0, 0)


@pytest.mark.parametrize("share, number", [(0.9 * EQUAL_RUN_SHARE, 1), (1.1 * EQUAL_RUN_SHARE, 0)])
def test_a_run_at_almost_no_level_is_not_that_of_the_other_plan(share: float, number: int) -> None:
    problem = funded(1)
    here, there = (a_plan(problem, runs={"train": None}, levels={"train": level}) for level in (10 * share, 10))
    assert differences(problem, here, there)[0] == number


def test_a_record_that_the_problem_does_not_have_has_no_size() -> None:
    """The plan compared with may be for another problem: b and its activity are new to this one."""
    other = a_problem(members=members("a", "b"), activities=[{"id": "train"}, {"id": "watch"}])
    here, there = a_plan(other, {"a/train": 1}), a_plan(other, {"a/train": 1, "b/watch": 1})
    assert differences(a_problem(), here, there) == (1, 1, 1, 1)


def test_sizes_are_the_greatest_over_contributors_periods_and_scenarios() -> None:
    problem = a_problem(
        periods=["p1", "p2"],
        discount=0.5,
        resources=[{"id": "money", "unit_cost": 2}, {"id": "troops"}],
        members=[
            {"id": "a", "resources": {"money": [10, 4]}, "ability_to_pay": 4},
            {"id": "b", "resources": {"money": 3, "troops": 7}, "ability_to_pay": 0.5},
        ],
        theatres=[{"id": "iraq", "risk": 8, "weight": 3}],
        scenarios=[{"id": "one"}, {"id": "more", "overrides": {"members/b/resources/money": 12}}],
    )
    sizes = Sizes(scenarios_of(problem))
    assert sizes.amount == {"money": 12, "troops": 7}
    assert sizes.level == {"train": 22}
    assert [sizes.cost(member.id) for member in problem.members] == [28, 62]
    assert sizes.metric("cost") == sizes.metric("change_from_baseline") == 90
    assert sizes.metric("max_burden") == 180
    assert sizes.metric("risk_reduction") == sizes.metric("max_regret") == 36
    assert sizes.metric("opposition") == 1
