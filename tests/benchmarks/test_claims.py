"""Claims computed from figures: medians, ratios, goals, growth, contradictions."""

from math import e
from typing import Any

import pytest

from benchmarks.claims import Claim, claims, contradictions, exponent
from benchmarks.results import Measurement, Results, new_results


def results(*measurements: tuple[str, str, int, dict[str, float]]) -> Results:
    found = (
        Measurement(task=task, size=size, seed=seed, figures=figures) for task, size, seed, figures in measurements
    )
    return new_results(0.01, 300, found)


def solved(seconds: float, *, reached: float = 1, **more: float) -> dict[str, float]:
    return {"solve_cpu_s": seconds, "reached": reached, **more}


def the(found: list[Claim], words: str) -> Claim:
    (claim,) = [claim for claim in found if words in claim.name]
    return claim


def test_a_ratio_is_the_median_of_the_ratios_of_each_seed() -> None:
    found = claims(
        results(
            ("concord", "L", 1, solved(1)), ("plain", "L", 1, solved(10)),
            ("concord", "L", 2, solved(30)), ("plain", "L", 2, solved(100)),
            ("concord", "L", 3, solved(2)), ("plain", "L", 3, solved(1)),
        )
    )  # fmt: skip
    claim = the(found, "plain HiGHS")
    assert (claim.value, claim.values, claim.goal, claim.is_met) == (0.3, (0.1, 0.3, 2), 0.5, True)


def test_a_seed_that_only_one_of_the_two_has_is_no_ratio() -> None:
    found = claims(results(("concord", "S", 1, solved(1)), ("plain", "S", 2, solved(10))))
    assert not [claim for claim in found if "plain" in claim.name]


def test_if_the_other_did_not_reach_the_gap_the_ratio_is_an_upper_bound() -> None:
    claim = the(claims(results(("concord", "L", 1, solved(1)), ("plain", "L", 1, solved(300, reached=0)))), "plain")
    assert (claim.is_at_most, claim.value) == (True, 1 / 300)


def test_if_concord_did_not_reach_the_gap_there_is_no_ratio() -> None:
    found = claims(results(("concord", "L", 1, solved(300, reached=0)), ("plain", "L", 1, solved(3))))
    assert not [claim for claim in found if "plain" in claim.name]


def test_a_goal_can_be_a_minimum() -> None:
    figures = {"rebuilt_cpu_s": 0.2, "pushed_cpu_s": 0.01, "whole_cpu_s": 0.1}
    claim = the(claims(results(("sweep", "S", 1, figures))), "pushed")
    assert (claim.value, claim.is_met) == (20, False)


@pytest.mark.parametrize("power", [1.0, 1.5])
def test_growth_is_the_slope_of_the_logarithms(power: float) -> None:
    assert exponent([(e**size, 3 * e ** (power * size)) for size in range(4)]) == pytest.approx(power)


def test_growth_is_measured_over_the_sizes_of_one_family() -> None:
    def built(columns: float) -> dict[str, float]:
        return {"columns": columns, "formulate_cpu_s": columns / 2e5, "compile_cpu_s": columns / 2e5}

    found = claims(
        results(("concord", "S", 1, built(1e3)), ("concord", "MP", 1, built(5)), ("concord", "L", 1, built(4e4)))
    )
    claim = the(found, "growth")
    assert claim.value == pytest.approx(1)
    assert claim.size == "1,000 to 40,000"


def test_a_plan_better_than_the_bound_of_another_is_a_contradiction() -> None:
    agreeing: dict[str, Any] = {"value": 99.5, "bound": 100.0}
    assert contradictions(results(("concord", "S", 1, agreeing), ("plain", "S", 1, agreeing))) == []
    sentences = contradictions(results(("concord", "S", 1, {"value": 101, "bound": 102}), ("plain", "S", 1, agreeing)))
    assert sentences == ["S 1: concord has a plan of 101, plain a bound of 100"]
    assert (
        contradictions(results(("concord", "S", 1, agreeing), ("two_sided", "S", 1, {"value": 90, "bound": 91}))) == []
    )


def test_response_times_are_compared_with_their_goals() -> None:
    found = claims(
        results(("what_if", "L", 1, {"first_s": 0.15, "first_p95_s": 1.2}), ("what_if", "L", 2, {"first_s": 0.3}))
    )
    first = next(claim for claim in found if claim.name.startswith("first answer of a what-if over HTTP, wall-clock"))
    assert (first.values, first.goal, first.is_met, first.is_ratio) == ((0.15, 0.3), 0.2, False, False)
    assert the(found, "95th percentile").is_met is False
    assert not [claim for claim in found if "cancelled" in claim.name]
