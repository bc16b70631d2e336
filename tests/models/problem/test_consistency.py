from typing import Any

import pytest

from tests.support.faults import faults

TWO = {"periods": ["p1", "p2"], "members": [{"id": "a"}, {"id": "b"}]}
THRESHOLD = {"type": "threshold", "threshold": 2, "per_level": 1}
LEAD = {"with_presence": 0, "without": 1, "presence_from": ["train"]}


def activity(**fields: Any) -> dict[str, Any]:
    return {"activities": [{"id": "train", **fields}]}


def scenarios(*probabilities: float | None) -> dict[str, Any]:
    return {"scenarios": [{"id": f"s{n}", "probability": one} for n, one in enumerate(probabilities)]}


@pytest.mark.parametrize(
    "fields, address, code",
    [
        (activity(lag=2), "activities/train/lag", "lag_beyond_horizon"),
        (activity(lead_time={**LEAD, "without": 2}), "activities/train/lead_time/without", "lag_beyond_horizon"),
        (
            activity(lead_time={**LEAD, "with_presence": 2}),
            "activities/train/lead_time/with_presence",
            "lag_beyond_horizon",
        ),
        (activity(lag=1, lead_time=LEAD), "activities/train/lead_time", "not_together"),
        (
            activity(lead_time=LEAD, effect={"type": "linear", "deviation": 1}),
            "activities/train/effect/deviation",
            "not_together",
        ),
        (activity(lead_time=LEAD, effect=THRESHOLD), "activities/train/lead_time", "linear_effect_required"),
        (
            activity(reduces={"risk": -1}, effect=THRESHOLD),
            "activities/train/reduces/risk",
            "linear_effect_required",
        ),
        (
            activity(needs=[{"from": {"money": 1}, "amount": 1}, {"from": {"money": 1, "staff": 1}, "amount": 1}])
            | {"resources": [{"id": "money"}, {"id": "staff"}]},
            "activities/train/needs/money+staff/from/money",
            "resource_in_two_needs",
        ),
        (activity(min_level=3, max_level=2), "activities/train/min_level", "contradiction"),
        (
            activity(day_after={"follow_on": "train", "ratio": 1, "periods": 1}),
            "activities/train/day_after/follow_on",
            "contradiction",
        ),
        (
            activity(max_level=2) | {"policy": {"min_level": [{"activity": "train", "level": 3}]}},
            "policy/min_level/train/level",
            "contradiction",
        ),
        (
            {"theatres": [{"id": "iraq", "risk": [1, 2], "growth": {"risk": 0.1}}]},
            "theatres/iraq/growth",
            "not_together",
        ),
        (
            {"theatres": [{"id": "iraq", "risk": {"p1": 1, "p2": 2}, "growth": {"risk": 0.1}}]},
            "theatres/iraq/growth",
            "not_together",
        ),
        (
            {
                "theatres": [
                    {"id": "iraq", "risk": {"v": [1, 2], "g": 1}, "spillover": [{"from": "g", "to": "v", "rate": 1}]}
                ]
            }
            | activity(reduces={"v": 1}),
            "theatres/iraq/spillover",
            "not_together",
        ),
        (
            {"cascades": [{"pivot": "a", "followers": [{"member": "a"}]}]},
            "cascades/a/followers/a/member",
            "contradiction",
        ),
        (
            {"rivalries": [{"between": ["a", "b"], "activities": ["train"], "theatres": ["iraq"]}]},
            "rivalries/a:b/theatres",
            "not_together",
        ),
        (scenarios(0.5, 0.4), "scenarios", "probabilities"),
        (scenarios(0.5, None), "scenarios", "probabilities"),
        (
            {"uncertainty": [{"address": "discount", "low": 1, "high": 0.5}]},
            "uncertainty/discount/low",
            "contradiction",
        ),
        (
            {
                "uncertainty": [
                    {"address": "discount", "low": 0.5, "high": 1, "distribution": {"type": "triangular", "mode": 2}}
                ]
            },
            "uncertainty/discount/distribution/mode",
            "contradiction",
        ),
    ],
)
def test_contradictory_fields_are_refused(fields: dict[str, Any], address: str, code: str) -> None:
    assert faults(**{**TWO, **fields}) == {address: code}


@pytest.mark.parametrize(
    "fields",
    [
        activity(lag=1),
        activity(lead_time=LEAD),
        activity(reduces={"risk": -1}),
        activity(min_level=2, max_level=2),
        {"theatres": [{"id": "iraq", "risk": 1, "growth": {"risk": -0.5}}]},
        scenarios(None, None),
        scenarios(1 / 3, 1 / 3, 1 / 3),
        scenarios(0.3333333, 0.3333333, 0.3333334),
        scenarios(1, 0),
    ],
)
def test_compatible_fields_are_accepted(fields: dict[str, Any]) -> None:
    assert faults(**{**TWO, **fields}) == {}
