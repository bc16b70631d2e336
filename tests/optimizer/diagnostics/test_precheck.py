from typing import get_args

import pytest

from models.config import Config
from models.errors import Issue
from models.problem.objective import NATURAL_SENSE, Metric, Sense
from optimizer.diagnostics.precheck import precheck, program_size
from tests.support.problems import a_problem, members

OTHER: dict[Sense, Sense] = {"minimize": "maximize", "maximize": "minimize"}


def sense_issues(metric: Metric, sense: Sense) -> list[Issue]:
    problem = a_problem(objectives=[{"metric": metric, "sense": sense}])
    return [issue for issue in precheck(problem, Config()) if issue.address == f"objectives/{metric}/sense"]


@pytest.mark.parametrize("metric", [metric for metric in get_args(Metric) if metric not in ("cost", "max_regret")])
def test_a_metric_bounded_from_one_side_allows_only_its_natural_sense(metric: Metric) -> None:
    natural = NATURAL_SENSE[metric]
    assert not sense_issues(metric, natural)
    (issue,) = sense_issues(metric, OTHER[natural])
    assert (issue.code, issue.allowed) == ("not_allowed", [natural])


@pytest.mark.parametrize("sense", OTHER)
def test_cost_allows_both_senses(sense: Sense) -> None:
    assert not sense_issues("cost", sense)


def test_the_size_includes_compared_pairs_of_members() -> None:
    """20 members make 190 pairs. Each adds a column for two frameworks in one of two activities; range adds none."""

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
