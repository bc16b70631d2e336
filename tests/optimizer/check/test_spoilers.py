from typing import Any

import pytest

from tests.support.plans import a_plan, broken, reduced, reductions
from tests.support.problems import a_problem

PERIODS = ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    "spoilers, expected",
    [
        ([{"id": "ru", "effect_multiplier": 0.5}], 2),
        ([{"id": "ru", "effect_multiplier": 0.5}, {"id": "is", "effect_multiplier": 0.5}], 1),
        ([{"id": "ru", "effect_multiplier": 0.5, "active": False}], 4),
        ([{"id": "ru", "effect_multiplier": 0.5, "theatres": ["syria"]}], 4),
        ([{"id": "ru", "effect_multiplier": 0.5, "theatres": ["iraq"]}], 2),
    ],
)
def test_c39_active_spoilers_lower_every_effect_in_their_theatres(spoilers: list[Any], expected: float) -> None:
    problem = a_problem(theatres=[{"id": "iraq"}, {"id": "syria"}], spoilers=spoilers)
    assert reduced(problem, "a/train") == {"iraq/risk/p1": expected}


def test_c39_spoilers_reduce_effects_even_if_consent_is_relaxed() -> None:
    problem = a_problem(spoilers=[{"id": "ru", "effect_multiplier": 0.5, "consent": False}])
    plan = a_plan(problem, {"a/train": 4})
    assert not broken(problem, plan, relax=("consent",))
    assert reductions(plan) == {"iraq/risk/p1": 2}
