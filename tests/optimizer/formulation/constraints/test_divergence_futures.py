"""C14 with several scenarios: members too far apart in one scenario do not serve together in any."""

import pytest

from tests.support.optima import optimum
from tests.support.problems import a_problem

METRICS = ["range", "total_deviation", "pairwise"]


@pytest.mark.parametrize("metric", METRICS)
def test_a_window_of_one_scenario_need_not_be_one_of_another(metric: str) -> None:
    """No distance in the calm, 2 in the crisis. Decided once, a and b do not serve together: 5 in train, 4·0.6 in
    watch.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 5}}, {"id": "b", "resources": {"money": 4}}],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        divergence={"metric": metric, "max": 0.5, "activities": ["train"]},
        scenarios=[
            {"id": "calm"},
            {
                "id": "crisis",
                "overrides": {"positions/a:train": 2, "members/b/contributes_from": 0, "positions/b:train": 0},
            },
        ],
    )
    assert optimum(problem) == pytest.approx(5 + 4 * 0.6)


@pytest.mark.parametrize("metric", METRICS)
def test_with_recourse_presence_in_any_scenario_counts_in_every_scenario(metric: str) -> None:
    """Only the crisis has a cap. With recourse contributions may differ by scenario, but presence may not. So a serves
    alone in both scenarios, although a and b could give 9 together in the calm. b gives its 4 to watch at 0.6.
    """
    problem = a_problem(
        members=[{"id": "a", "resources": {"money": 5}}, {"id": "b", "resources": {"money": 4}}],
        activities=[{"id": "train"}, {"id": "watch", "effect": {"type": "linear", "per_level": 0.6}}],
        positions=[{"member": "a", "activity": "train", "value": 2}],
        scenarios=[
            {"id": "calm"},
            {"id": "crisis", "overrides": {"divergence": {"metric": metric, "max": 0.5, "activities": ["train"]}}},
        ],
        criterion={"type": "expected", "recourse": True},
    )
    assert optimum(problem) == pytest.approx(5 + 4 * 0.6)
