import pytest

from models.problem.problem import Problem
from tests.support.optima import solved
from tests.support.problems import a_problem


def apart(*objectives: str, **fields: object) -> Problem:
    """a, b and c have 5, 4, 3 M EUR and are at 2, 1.5, 1 on train (1 point a level); they agree on watch (0.6). An
    envoy with no endowment is far off and never present.
    """
    return a_problem(
        members=[{"id": i, "resources": {"money": money}} for i, money in (("a", 5), ("b", 4), ("c", 3), ("envoy", 0))],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[
            {"member": "a", "activity": "train", "value": 2},
            {"member": "b", "activity": "train", "value": 1.5},
            {"member": "envoy", "activity": "train", "value": -1},
        ],
        objectives=[{"metric": metric} for metric in objectives],
        **fields,
    )


@pytest.mark.parametrize(
    "objectives, values",
    [(("risk_reduction", "divergence"), (12, 1)), (("divergence", "risk_reduction"), (0, 9.2))],
)
def test_is_the_greatest_range_among_those_who_serve_together(
    objectives: tuple[str, ...], values: tuple[float, ...]
) -> None:
    """All in train: range 2 - 1. Range 0: a alone in train, 5 + 7·0.6."""
    outcome = solved(apart(*objectives))
    assert [one.value for one in outcome.objectives] == pytest.approx(values)


def test_is_the_greatest_over_activities_and_periods_not_their_sum() -> None:
    outcome = solved(apart("risk_reduction", "divergence", periods=["p1", "p2"]))
    assert [one.value for one in outcome.objectives] == pytest.approx([24, 1])


def test_is_that_under_the_framework_that_runs() -> None:
    """In the coalition, as effective as the alliance, all are at 1: range 0."""
    problem = a_problem(
        members=[{"id": i, "resources": {"money": 5}} for i in ("a", "b")],
        frameworks=[{"id": "alliance"}, {"id": "coalition"}],
        activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}],
        positions=[{"member": "a", "activity": "train", "framework": "alliance", "value": 2}],
        objectives=[{"metric": "risk_reduction"}, {"metric": "divergence"}],
    )
    outcome = solved(problem)
    assert [one.value for one in outcome.objectives] == pytest.approx([10, 0])
    assert outcome.plan.activities[0].framework == "coalition"


def test_is_expected_over_scenarios() -> None:
    """In half of the scenarios a is at 1 like c: the range is that of b and c, 0.5."""
    scenarios = [{"id": "as_is"}, {"id": "nearer", "overrides": {"positions/a:train": 1}}]
    outcome = solved(apart("risk_reduction", "divergence", scenarios=scenarios))
    assert [one.value for one in outcome.objectives] == pytest.approx([12, 0.75])


def test_goes_with_a_cap_on_another_distance() -> None:
    """Total deviation at most 0.5: a and b, 0.5 apart, in train and c in watch: 9 + 3·0.6."""
    rule = {"metric": "total_deviation", "max": 0.5, "activities": ["train"]}
    outcome = solved(apart("risk_reduction", "divergence", divergence=rule))
    assert [one.value for one in outcome.objectives] == pytest.approx([10.8, 0.5])
