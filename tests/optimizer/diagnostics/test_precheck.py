from typing import get_args

import pytest

from models.config import Config
from models.errors import Issue
from models.problem.objective import NATURAL_SENSE, Metric, Sense
from optimizer.diagnostics.precheck import precheck, program_size
from tests.support.problems import a_problem, members

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


def test_pairs_of_members_are_counted_before_they_are_built() -> None:
    """20 members make 190 pairs, a column each for two flags and in one of two activities; by range there are none."""

    def columns(metric: str) -> int:
        return program_size(
            a_problem(
                members=members(*(f"m{number}" for number in range(20))),
                frameworks=[{"id": "alliance"}, {"id": "coalition"}],
                activities=[{"id": "train", "frameworks": ["alliance", "coalition"]}, {"id": "watch"}],
                divergence={"metric": metric, "max": 1, "activities": ["train"]},
            )
        ).columns

    assert columns("pairwise") - columns("range") == 2 * 190
