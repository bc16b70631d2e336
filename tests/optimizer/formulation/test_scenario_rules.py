"""Rules and amounts that hold in one scenario only: the rule binds in that scenario, and each scenario has its own
costs.
"""

from typing import Any

import pytest

from models.problem.problem import Problem
from tests.support.optima import optimum, solved
from tests.support.problems import a_problem

CALM = {"id": "calm"}


def a_and_b(*scenarios: dict[str, Any], recourse: bool = False, **fields: Any) -> Problem:
    """Members a with 10 M EUR and b with 4. A level of train gives 1 point, of watch 2, up to level 3."""
    return a_problem(
        **{
            "members": [{"id": "a", "resources": {"money": 10}}, {"id": "b", "resources": {"money": 4}}],
            "activities": [
                {"id": "train"},
                {"id": "watch", "effect": {"type": "linear", "per_level": 2}, "max_level": 3},
            ],
            "scenarios": list(scenarios),
            "criterion": {"type": "expected", "recourse": recourse},
            **fields,
        }
    )


@pytest.fixture(params=[False, True], ids=["last", "first"])
def is_first(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def either(scenario: dict[str, Any], *, is_first: bool) -> list[dict[str, Any]]:
    return [scenario, CALM] if is_first else [CALM, scenario]


def strict(address: str, value: object) -> dict[str, Any]:
    return {"id": "strict", "overrides": {address: value}}


def test_alternatives_of_one_scenario_exclude_each_other_in_all(*, is_first: bool) -> None:
    """Both: 3 levels of watch for 6, 11 of train. Runs are decided once for all scenarios: train alone, 14."""
    assert optimum(a_and_b(CALM)) == pytest.approx(17)
    rule = strict("alternatives/train:watch", 1)
    assert optimum(a_and_b(*either(rule, is_first=is_first))) == pytest.approx(14)


@pytest.mark.parametrize(
    "address, value",
    [
        ("burden_sharing", {"type": "proportional"}),
        ("burden_sharing", {"type": "gini", "max": 0}),
        ("policy/max_contributor_share", [{"share": 0.5}]),
    ],
)
def test_a_rule_of_one_scenario_binds_the_efforts_that_are_shared(
    address: str, value: object, *, is_first: bool
) -> None:
    """4 M EUR each: 3 levels of watch, 5 of train, 11. With recourse the other scenario uses all 14 M EUR: 17."""
    scenarios = either(strict(address, value), is_first=is_first)
    assert optimum(a_and_b(*scenarios)) == pytest.approx(11)
    assert optimum(a_and_b(*scenarios, recourse=True)) == pytest.approx(14)


def test_a_rule_that_one_scenario_lifts_binds_where_it_is_not_lifted(*, is_first: bool) -> None:
    rule = {"type": "gini", "max": 0}
    scenarios = either(strict("burden_sharing/max", 0.9), is_first=is_first)
    assert optimum(a_and_b(*scenarios, burden_sharing=rule)) == pytest.approx(11)


def test_a_price_that_one_scenario_raises_is_paid_there() -> None:
    """14 units cost 14 M EUR in one scenario and 28 in the other: 21 expected, for the same contributions."""
    dear = {"id": "dear", "overrides": {"resources/money/unit_cost": 2}}
    problem = a_and_b(CALM, dear, resources=[{"id": "money"}])
    assert [objective.value for objective in solved(problem).objectives] == pytest.approx([17, 21])


def test_shares_are_of_what_is_spent_in_each_scenario() -> None:
    """Half of 8 M EUR in one scenario, half of 16 in the other: 4 units each in both."""
    dear = {"id": "dear", "overrides": {"resources/money/unit_cost": 2}}
    shares = {"max_contributor_share": [{"share": 0.5}]}
    assert optimum(a_and_b(CALM, dear, resources=[{"id": "money"}], policy=shares)) == pytest.approx(11)


def test_an_investment_respects_the_maximum_of_every_scenario(*, is_first: bool) -> None:
    """A unit costs 1 M EUR and adds 3. Three units are bought, or one if a scenario allows only one."""
    lift = {"id": "lift", "contributor": "a", "cost": {"money": 1}, "adds": {"money": 3}, "max": 3}
    assert optimum(a_and_b(CALM, investments=[lift])) == pytest.approx(23)
    scenarios = either(strict("investments/lift/max", 1), is_first=is_first)
    assert optimum(a_and_b(*scenarios, investments=[lift])) == pytest.approx(19)
