import pytest

from tests.support.optima import solved
from tests.support.problems import a_problem


def test_what_remains_is_weighed_and_discounted_like_what_is_removed() -> None:
    """Risk 8 and 2 · 6 in each period, discounted by ½: 30. 10 M EUR a period remove 6 in syria (weight 2) and 4 in
    iraq: 16 · 1½ = 24, so 6 remain.
    """
    problem = a_problem(
        periods=["p1", "p2"],
        discount=0.5,
        theatres=[{"id": "iraq", "risk": 8}, {"id": "syria", "risk": 6, "weight": 2}],
        activities=[{"id": "train"}, {"id": "watch", "theatre": "syria"}],
        objectives=[{"metric": "residual_risk"}, {"metric": "risk_reduction"}],
    )
    outcome = solved(problem)
    assert [result.value for result in outcome.objectives] == pytest.approx([6, 24])
    assert [result.gap for result in outcome.objectives] == pytest.approx([0, 0])


def test_nothing_remains_where_all_can_be_removed() -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 6}], objectives=[{"metric": "residual_risk"}])
    assert solved(problem).objectives[0].value == pytest.approx(0)


def test_is_an_average_over_scenarios() -> None:
    """10 M EUR against a risk of 12 (probability ¾) or 24 (¼): ¾ · 2 + ¼ · 14."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 12}],
        scenarios=[
            {"id": "calm", "probability": 0.75},
            {"id": "storm", "probability": 0.25, "risk_multiplier": {"iraq": 2}},
        ],
        objectives=[{"metric": "residual_risk"}],
    )
    assert solved(problem).objectives[0].value == pytest.approx(5)


@pytest.mark.parametrize(
    "criterion", [{"type": "budgeted", "gamma": 1}, {"type": "worst_case"}, {"type": "cvar", "alpha": 0.5}]
)
def test_what_may_disappoint_is_no_risk_in_a_theatre(criterion: dict[str, object]) -> None:
    effect = {"type": "linear", "per_level": 1, "deviation": 0.5}
    problem = a_problem(
        activities=[{"id": "train", "effect": effect}],
        theatres=[{"id": "iraq", "risk": 12}],
        criterion=criterion,
        objectives=[{"metric": "residual_risk"}],
    )
    assert solved(problem).objectives[0].value == pytest.approx(2)
