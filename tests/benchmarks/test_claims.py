"""What the benchmark claims follows from its figures: medians, ratios, goals, growth, contradictions."""

from math import e
from typing import Any

import pytest

from benchmarks.claims import Claim, claims, exponent, scenario_conflicts
from benchmarks.results import Measurement, Results, new_results


def results(*measurements: tuple[str, str, int, dict[str, float]]) -> Results:
    found = (
        Measurement(task=task, size=size, seed=seed, figures=figures) for task, size, seed, figures in measurements
    )
    return new_results(0.01, 300, found)


def solved(seconds: float, *, reached: float = 1, **more: float) -> dict[str, float]:
    return {"solve_cpu_s": seconds, "reached": reached, **more}


def the(found: list[Claim], words: str) -> Claim:
    (one,) = [claim for claim in found if words in claim.name]
    return one


def test_a_ratio_is_the_median_of_the_ratios_of_each_seed() -> None:
    found = claims(
        results(
            ("concord", "L", 1, solved(1)), ("plain", "L", 1, solved(10)),
            ("concord", "L", 2, solved(30)), ("plain", "L", 2, solved(100)),
            ("concord", "L", 3, solved(2)), ("plain", "L", 3, solved(1)),
        )
    )  # fmt: skip
    one = the(found, "plain HiGHS")
    assert (one.value, one.values, one.goal, one.is_met) == (0.3, (0.1, 0.3, 2), 0.5, True)


def test_a_seed_that_only_one_of_the_two_has_is_no_ratio() -> None:
    found = claims(results(("concord", "S", 1, solved(1)), ("plain", "S", 2, solved(10))))
    assert not [claim for claim in found if "plain" in claim.name]


def test_where_the_other_did_not_reach_the_gap_the_ratio_is_at_most_that() -> None:
    one = the(claims(results(("concord", "L", 1, solved(1)), ("plain", "L", 1, solved(300, reached=0)))), "plain")
    assert (one.is_at_most, one.value) == (True, 1 / 300)


def test_where_concord_did_not_reach_the_gap_there_is_no_ratio() -> None:
    found = claims(results(("concord", "L", 1, solved(300, reached=0)), ("plain", "L", 1, solved(3))))
    assert not [claim for claim in found if "plain" in claim.name]


def test_a_goal_can_be_a_least() -> None:
    figures = {"rebuilt_cpu_s": 0.2, "pushed_cpu_s": 0.01, "whole_cpu_s": 0.1}
    one = the(claims(results(("sweep", "S", 1, figures))), "pushed")
    assert (one.value, one.is_met) == (20, False)


@pytest.mark.parametrize("power", [1.0, 1.5])
def test_growth_is_the_slope_of_the_logarithms(power: float) -> None:
    assert exponent([(e**size, 3 * e ** (power * size)) for size in range(4)]) == pytest.approx(power)


def test_growth_is_told_over_the_sizes_of_one_kind() -> None:
    def built(columns: float) -> dict[str, float]:
        return {"columns": columns, "formulate_cpu_s": columns / 2e5, "compile_cpu_s": columns / 2e5}

    found = claims(
        results(("concord", "S", 1, built(1e3)), ("concord", "MP", 1, built(5)), ("concord", "L", 1, built(4e4)))
    )
    one = the(found, "growth")
    assert one.value == pytest.approx(1)
    assert one.size == "1,000 to 40,000"


def test_a_plan_better_than_what_another_has_proven_is_told() -> None:
    agreeing: dict[str, Any] = {"value": 99.5, "bound": 100.0}
    assert scenario_conflicts(results(("concord", "S", 1, agreeing), ("plain", "S", 1, agreeing))) == []
    said = scenario_conflicts(results(("concord", "S", 1, {"value": 101, "bound": 102}), ("plain", "S", 1, agreeing)))
    assert said == ["S 1: concord has a plan of 101, plain a bound of 100"]
    assert (
        scenario_conflicts(results(("concord", "S", 1, agreeing), ("two_sided", "S", 1, {"value": 90, "bound": 91})))
        == []
    )


def test_what_a_planner_waits_for_is_held_to_its_goals() -> None:
    found = claims(
        results(("what_if", "L", 1, {"first_s": 0.15, "first_p95_s": 1.2}), ("what_if", "L", 2, {"first_s": 0.3}))
    )
    first = the(found, "first answer over HTTP")
    assert (first.values, first.goal, first.is_met, first.is_ratio) == ((0.15, 0.3), 0.2, False, False)
    assert the(found, "slowest twentieth").is_met is False
    assert not [one for one in found if "cancelled" in one.name]
