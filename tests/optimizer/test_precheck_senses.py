from typing import get_args

import pytest

from models.config import Config
from models.errors import Issue
from models.problem.objective import NATURAL_SENSE, Metric, Sense
from optimizer.precheck import precheck
from tests.support.problems import a_problem

OTHER: dict[Sense, Sense] = {"minimize": "maximize", "maximize": "minimize"}


def about_the_sense(metric: Metric, sense: Sense) -> list[Issue]:
    problem = a_problem(objectives=[{"metric": metric, "sense": sense}])
    return [one for one in precheck(problem, Config()) if one.address == f"objectives/{metric}/sense"]


@pytest.mark.parametrize("metric", [one for one in get_args(Metric) if one not in ("cost", "max_regret")])
def test_a_metric_that_is_bounded_from_one_side_is_sought_in_its_own_sense(metric: Metric) -> None:
    natural = NATURAL_SENSE[metric]
    assert not about_the_sense(metric, natural)
    (issue,) = about_the_sense(metric, OTHER[natural])
    assert (issue.code, issue.allowed) == ("not_allowed", [natural])


@pytest.mark.parametrize("sense", OTHER)
def test_cost_can_be_sought_either_way(sense: Sense) -> None:
    assert not about_the_sense("cost", sense)
