from typing import Any

import pytest

from models.ids import TheatreId
from tests.support.faults import faults, issues_of
from tests.support.problems import a_document, a_problem

TWO = {"periods": ["p1", "p2"]}


@pytest.mark.parametrize("value", [[1, 2, 3], [1], [], {"p1": 1}, {"p1": 1, "p2": 2, "p3": 3}, {}])
@pytest.mark.parametrize("place", ["resources", "partner", "per_level", "reserve"])
def test_a_value_by_period_names_exactly_the_periods(place: str, value: object) -> None:
    fields: dict[str, tuple[dict[str, Any], str]] = {
        "resources": ({"members": [{"id": "a", "resources": {"money": value}}]}, "members/a/resources/money"),
        "partner": ({"partners": [{"id": "eu", "resources": {"money": value}}]}, "partners/eu/resources/money"),
        "per_level": (
            {"activities": [{"id": "train", "effect": {"type": "linear", "per_level": value}}]},
            "activities/train/effect/per_level",
        ),
        "reserve": ({"policy": {"reserve": [{"resource": "money", "amount": value}]}}, "policy/reserve/money/amount"),
    }
    given, address = fields[place]
    assert faults(**TWO, **given) == {address: "period_mismatch"}


def test_says_which_periods_are_missing() -> None:
    value = {"p1": 1, "y1": 2}
    (issue,) = issues_of(a_document(**TWO, members=[{"id": "a", "resources": {"money": value}}]))
    assert issue.message == "the keys are not exactly the periods: p2 missing; y1 not among the periods"


@pytest.mark.parametrize(
    "risk, expected",
    [
        (7, {"risk": (7, 7)}),
        ([7, 8], {"risk": (7, 8)}),
        ({"p2": 8, "p1": 7}, {"risk": (7, 8)}),
        ({"violence": 7, "grievance": [1, 2]}, {"violence": (7, 7), "grievance": (1, 2)}),
        ({"violence": {"p1": 1, "p2": 3}}, {"violence": (1, 3)}),
    ],
)
def test_risk_is_by_period_or_by_driver(risk: object, expected: dict[str, tuple[float, ...]]) -> None:
    activity = {"id": "train", "reduces": {}}
    problem = a_problem(**TWO, theatres=[{"id": "iraq", "risk": risk}], activities=[activity])
    assert problem.risk[TheatreId("iraq")] == expected


@pytest.mark.parametrize(
    "risk, address, code",
    [
        ([7], "theatres/iraq/risk", "period_mismatch"),
        ({"p1": 7}, "theatres/iraq/risk", "period_mismatch"),
        ({}, "theatres/iraq/risk", "period_mismatch"),
        ({"violence": [7]}, "theatres/iraq/risk/violence", "period_mismatch"),
        ({"p1": 7, "p2": 7, "p3": 7}, "theatres/iraq/risk", "period_mismatch"),
        ({"p1": [7, 8], "p2": 7}, "theatres/iraq/risk/p1", "not_a_number"),
    ],
)
def test_a_risk_neither_by_period_nor_by_driver_is_refused(risk: object, address: str, code: str) -> None:
    activity = {"id": "train", "reduces": {}}
    assert faults(**TWO, theatres=[{"id": "iraq", "risk": risk}], activities=[activity]) == {address: code}
