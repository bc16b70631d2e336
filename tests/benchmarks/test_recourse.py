"""Figures of a solve with recourse: times of the first plan and of the first bound, value of the last plan."""

import pytest

from benchmarks.problems import Question
from benchmarks.tasks.recourse import measure, reached
from optimizer.solving.warm import WarmAnswer, WarmProblem
from tests.optimizer.formulation.test_scenarios import poorer


def answers() -> list[WarmAnswer]:
    """The same answer with three gaps, from worst to best."""
    (answer,) = WarmProblem(poorer(recourse=True)).what_if()
    return [with_gap(answer, gap) for gap in (1.7, 0.04, 0.005)]


def with_gap(answer: WarmAnswer, gap: float) -> WarmAnswer:
    best = answer.outcome.objectives[0].model_copy(update={"gap": gap})
    outcome = answer.outcome.model_copy(update={"objectives": (best,)})
    return WarmAnswer(stage=answer.stage, change=None, is_reloaded=False, complete=lambda: outcome)


def test_reports_the_first_plan_the_first_with_a_bound_and_the_last() -> None:
    figures = reached(zip((3.0, 10.0, 20.0), answers(), strict=True), gap=0.01)
    assert figures == {
        "early_cpu_s": 3.0,
        "bounded_cpu_s": 10.0,
        "value": pytest.approx(7),
        "bound": pytest.approx(7),
        "gap": 0.005,
        "reached": 1.0,
    }


def test_a_gap_that_stays_open_is_not_reached() -> None:
    assert reached([(3.0, answers()[0])], gap=0.01)["reached"] == 0.0
    assert "bounded_cpu_s" not in reached([(3.0, answers()[0])], gap=0.01)
    assert reached([], gap=0.01) == {"reached": 0.0}


@pytest.mark.parametrize("size,recourse", [("MS", True), ("S", False)])
def test_only_sizes_with_scenarios_have_recourse(size: str, *, recourse: bool) -> None:
    assert Question(size=size, seed=1, gap=0.01, limit_s=1).problem.criterion.recourse is recourse


def test_the_time_until_each_answer_is_measured() -> None:
    figures = measure(Question(size="S", seed=1, gap=0.01, limit_s=30))
    assert 0 < figures["early_cpu_s"] <= figures["solve_cpu_s"]
    assert figures["reached"] == 1
