import pytest

from models.problem.problem import Problem
from tests.support.optima import solved
from tests.support.problems import a_problem, members


def objected(*objectives: str, capital: bool = True) -> Problem:
    """c objects to train (1 point a level) by 1, to watch (0.6) by ½. a has 10 M EUR. The budget is 3 points."""
    return a_problem(
        members=[*members("a"), {"id": "c"}],
        activities=[{"id": "train", "max_level": 8}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[
            {"member": "c", "activity": "train", "value": -2},
            {"member": "c", "activity": "watch", "value": -1.5},
        ],
        concessions={"budget": 3} if capital else None,
        objectives=[{"metric": metric} for metric in objectives],
    )


@pytest.mark.parametrize(
    "objectives, values",
    [(("risk_reduction", "concessions"), (9.2, 1.5)), (("concessions", "risk_reduction"), (0, 0))],
)
def test_is_the_capital_that_the_plan_spends(objectives: tuple[str, ...], values: tuple[float, ...]) -> None:
    """Both open: 8 + 2·0.6 for 1.5 points of capital. None spent: nothing runs."""
    outcome = solved(objected(*objectives))
    assert [one.value for one in outcome.objectives] == pytest.approx(values)


def test_can_be_weighed_against_what_it_brings() -> None:
    """A point of capital weighs 5 points of risk: train 8 - 5, watch 6 - 2.5, both 9.2 - 7.5. watch is best."""
    problem = objected("risk_reduction", "concessions")
    weighed = problem.model_copy(
        update={
            "objectives": tuple(
                one.model_copy(update={"priority": 1, "weight": 5.0 if one.metric == "concessions" else 1.0})
                for one in problem.objectives
            )
        }
    )
    assert [one.value for one in solved(weighed).objectives] == pytest.approx([6, 0.5])


def test_is_nothing_where_nothing_can_be_conceded() -> None:
    outcome = solved(objected("concessions", "risk_reduction", capital=False))
    assert [one.value for one in outcome.objectives] == pytest.approx([0, 0])
