"""Figures by their address in a plan."""

import pytest

from models.study.measures import LISTS, figure_in
from optimizer.solving.solve import solve
from tests.support.studies import smallest

PLAN = solve(smallest()).plan
assert PLAN is not None


@pytest.mark.parametrize(
    "address, value",
    [
        ("activities/train:p1/level", 2),
        ("activities/watch:*/effect", 6),
        ("activities/*:p1/level", 6),
        ("allocations/*:watch:money:p1/amount", 8),
        ("allocations/*:*:*:*/amount", 10),
        ("coverage/libya:risk:p1/share", 1),
        ("coverage/iraq:risk:p1/residual", 8),
        ("concessions/*:*:*/amount", 0),
        ("divergence/train:p1/range", 0),
    ],
)
def test_figures_are_read_and_summed(address: str, value: float) -> None:
    assert PLAN is not None
    assert figure_in(PLAN, address, {}) == pytest.approx(value)


def test_a_figure_of_an_absent_record_is_zero_or_none() -> None:
    plan = solve(smallest(members=[{"id": "a"}, {"id": "b"}])).plan
    assert plan is not None
    assert figure_in(plan, "activities/train:p1/level", {}) == 0
    assert figure_in(plan, "divergence/train:p1/range", {}) is None


def test_figures_by_scenario_are_weighted_by_probability() -> None:
    scenarios = [
        {"id": "calm", "probability": 0.75},
        {"id": "poor", "probability": 0.25, "overrides": {"members/a/resources/money": 0}},
    ]
    plan = solve(smallest(scenarios=scenarios, criterion={"type": "expected", "recourse": True})).plan
    assert plan is not None
    amounts = {one.scenario: 0.0 for one in plan.allocations}
    for one in plan.allocations:
        amounts[one.scenario] += one.amount
    assert amounts == pytest.approx({"calm": 10, "poor": 4})
    found = figure_in(plan, "allocations/*:*:*:*/amount", {"calm": 0.75, "poor": 0.25})
    assert found == pytest.approx(0.75 * 10 + 0.25 * 4)


def test_every_list_of_a_plan_can_be_measured() -> None:
    from models.plan import Plan  # noqa: PLC0415

    assert LISTS.keys() == Plan.model_fields.keys()
    for name, records in LISTS.items():
        (kind,) = {type_ for type_ in Plan.model_fields[name].annotation.__args__ if type_ is not Ellipsis}  # type: ignore[union-attr]
        assert {*records.key, *records.figures} <= kind.model_fields.keys(), name
