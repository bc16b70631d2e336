import pytest

from models.problem.problem import Problem
from tests.support.optima import solved
from tests.support.problems import a_problem


def opposed(*objectives: str, **fields: object) -> Problem:
    """b, with 1 of 4 votes, is at -2 on train (1 point a level, up to 5): 0.5 points. watch gives 0.6 without
    opposition.
    """
    return a_problem(
        members=[{"id": "a", "resources": {"money": 10}, "votes": 3}, {"id": "b", "votes": 1}],
        frameworks=[{"id": "coalition", "rule": {"type": "none"}}],
        activities=[{"id": "train", "max_level": 5}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[{"member": "b", "activity": "train", "value": -2}],
        objectives=[{"metric": metric} for metric in objectives],
        **fields,
    )


@pytest.mark.parametrize(
    "objectives, values",
    [(("risk_reduction", "opposition"), (8, 0.5)), (("opposition", "risk_reduction"), (0, 6))],
)
def test_is_the_opposition_that_the_plan_incurs(objectives: tuple[str, ...], values: tuple[float, ...]) -> None:
    """With train: 5 + 5·0.6 at an opposition of ¼·2. Without: 10·0.6."""
    outcome = solved(opposed(*objectives))
    assert [one.value for one in outcome.objectives] == pytest.approx(values)


@pytest.mark.parametrize("weight, values", [(3, (8, 0.5)), (5, (6, 0))])
def test_can_be_weighed_against_what_it_brings(weight: float, values: tuple[float, ...]) -> None:
    """train adds 2 to watch's 6 for an opposition of ½: worth it at weight 3, not at 5."""
    problem = opposed("risk_reduction", "opposition")
    weighed = problem.model_copy(
        update={
            "objectives": tuple(
                one.model_copy(update={"priority": 1, "weight": weight if one.metric == "opposition" else 1.0})
                for one in problem.objectives
            )
        }
    )
    assert [one.value for one in solved(weighed).objectives] == pytest.approx(values)


def test_is_summed_over_periods() -> None:
    outcome = solved(opposed("risk_reduction", "opposition", periods=["p1", "p2"]))
    assert [one.value for one in outcome.objectives] == pytest.approx([16, 1])


def test_is_expected_over_scenarios() -> None:
    """With probability ¼ b no longer opposes: ¾·0.5."""
    scenarios = [
        {"id": "as_is", "probability": 0.75},
        {"id": "won_over", "probability": 0.25, "overrides": {"positions/b:train": 0}},
    ]
    outcome = solved(opposed("risk_reduction", "opposition", scenarios=scenarios))
    assert [one.value for one in outcome.objectives] == pytest.approx([8, 0.375])


def test_what_a_later_objective_may_give_up_is_not_counted_where_nothing_runs() -> None:
    """The tolerance of one half allows later objectives half more opposition, but half of 0 is 0: 6."""
    problem = opposed("opposition", "risk_reduction")
    loose = problem.model_copy(
        update={"objectives": tuple(one.model_copy(update={"tolerance": 0.5}) for one in problem.objectives)}
    )
    assert [one.value for one in solved(loose).objectives] == pytest.approx([0, 6])
