from typing import Any

import pytest

from tests.support.faults import faults

SETTING: dict[str, Any] = {
    "periods": ["p1", "p2"],
    "frameworks": [{"id": "alliance"}, {"id": "coalition"}, {"id": "ad_hoc"}],
    "activities": [{"id": "train", "frameworks": ["alliance", "coalition"]}, {"id": "watch"}],
}
TRAIN = {"activity": "train"}


@pytest.mark.parametrize(
    "policy, address",
    [
        ({"run": [TRAIN], "forbid": [TRAIN]}, "policy/run/train"),
        ({"run": [{**TRAIN, "period": "p2"}], "forbid": [TRAIN]}, "policy/run/train:-:p2"),
        ({"run": [TRAIN], "forbid": [{**TRAIN, "period": "p2"}]}, "policy/run/train"),
        (
            {"run": [{**TRAIN, "framework": "alliance"}], "forbid": [{**TRAIN, "framework": "alliance"}]},
            "policy/run/train:alliance",
        ),
        (
            {"run": [TRAIN], "forbid": [{**TRAIN, "framework": one} for one in ("alliance", "coalition")]},
            "policy/run/train",
        ),
        ({"run": [{**TRAIN, "framework": one} for one in ("alliance", "coalition")]}, "policy/run/train:coalition"),
        ({"run": [{**TRAIN, "framework": "ad_hoc"}]}, "policy/run/train:ad_hoc/framework"),
        ({"min_level": [{**TRAIN, "level": 1}], "forbid": [{**TRAIN, "period": "p1"}]}, "policy/min_level/train/level"),
    ],
)
def test_contradictory_locks_are_refused(policy: dict[str, Any], address: str) -> None:
    assert faults(**SETTING, policy=policy) == {address: "contradiction"}


@pytest.mark.parametrize(
    "policy",
    [
        {"run": [TRAIN], "forbid": [{"activity": "watch"}]},
        {"run": [{**TRAIN, "period": "p1"}], "forbid": [{**TRAIN, "period": "p2"}]},
        {"run": [TRAIN], "forbid": [{**TRAIN, "framework": "alliance"}]},
        {"run": [TRAIN, {**TRAIN, "framework": "alliance"}]},
        {
            "run": [
                {**TRAIN, "framework": "alliance", "period": "p1"},
                {**TRAIN, "framework": "coalition", "period": "p2"},
            ]
        },
        {"forbid": [{**TRAIN, "framework": "ad_hoc"}], "min_level": [{**TRAIN, "level": 1}]},
        {"min_level": [{**TRAIN, "level": 0}], "forbid": [TRAIN]},
    ],
)
def test_compatible_locks_are_accepted(policy: dict[str, Any]) -> None:
    assert faults(**SETTING, policy=policy) == {}
