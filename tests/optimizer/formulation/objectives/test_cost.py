import pytest

from tests.support.optima import solved
from tests.support.problems import a_problem


def test_members_spend_no_more_than_it_takes_and_partners_pay_for_themselves() -> None:
    """Risk 8: the partner's 3 at no cost, then 5 M EUR of a."""
    problem = a_problem(theatres=[{"id": "iraq", "risk": 8}], partners=[{"id": "eu", "resources": {"money": 3}}])
    assert [result.value for result in solved(problem).objectives] == pytest.approx([8, 5])


def test_first_of_all_it_leaves_everything_undone() -> None:
    problem = a_problem(objectives=[{"metric": "cost"}, {"metric": "risk_reduction"}])
    assert [result.value for result in solved(problem).objectives] == pytest.approx([0, 0])


def test_a_tolerance_lets_later_objectives_cost_more() -> None:
    """A floor of 4 levels costs 4 M EUR. The tolerance allows a quarter more, which buys a fifth point."""
    problem = a_problem(
        policy={"min_level": [{"activity": "train", "level": 4}]},
        objectives=[{"metric": "cost", "tolerance": 0.25}, {"metric": "risk_reduction"}],
    )
    outcome = solved(problem)
    assert [result.value for result in outcome.objectives] == pytest.approx([5, 5])
    assert outcome.objectives[0].bound == pytest.approx(4)


def test_can_be_sought_the_other_way() -> None:
    """Maximised, the cost is 10 M EUR, all that a has, although 6 points of risk take 6."""
    problem = a_problem(theatres=[{"id": "iraq", "risk": 6}], objectives=[{"metric": "cost", "sense": "maximize"}])
    assert solved(problem).objectives[0].value == pytest.approx(10)


def test_is_an_average_over_scenarios() -> None:
    """With recourse the cost is 10 M EUR in the storm (probability ¼) and 4 in the calm (¾)."""
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 4}],
        scenarios=[
            {"id": "calm", "probability": 0.75},
            {"id": "storm", "probability": 0.25, "risk_multiplier": {"iraq": 3}},
        ],
        criterion={"type": "expected", "recourse": True},
    )
    assert solved(problem).objectives[1].value == pytest.approx(0.75 * 4 + 0.25 * 10)
