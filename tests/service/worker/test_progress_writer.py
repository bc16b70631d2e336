import pytest

from models.outcome import Progress
from service.worker.progress_writer import has_new_figures, progress_of
from tests.service.cli import outcomes


def a_progress(
    *, incumbent: float = 1, bound: float = 2, proven: float | None = None, nodes: int = 0, elapsed_s: float = 0
) -> Progress:
    return Progress(
        metric="cost",
        metrics=("cost",),
        incumbent=incumbent,
        bound=bound,
        proven=proven,
        gap=0.5,
        nodes=nodes,
        elapsed_s=elapsed_s,
    )


@pytest.mark.parametrize(
    "later, is_new",
    [
        (a_progress(incumbent=1.5), True),
        (a_progress(bound=1.9), True),
        (a_progress(proven=2.1), True),
        (a_progress(nodes=7, elapsed_s=3), False),
    ],
)
def test_a_better_plan_or_bound_is_new_and_more_nodes_are_not(later: Progress, *, is_new: bool) -> None:
    assert has_new_figures(later, a_progress()) is is_new


def test_the_progress_of_a_plan_is_that_of_its_weighted_sum() -> None:
    progress = progress_of(outcomes.summed(0.1, 0.2), a_progress(nodes=7))
    assert (progress.metric, progress.metrics) == ("risk_reduction", ("risk_reduction", "cost"))
    assert (progress.incumbent, progress.bound, progress.proven) == pytest.approx((18.1, 19.91, 21.72))
    assert (progress.gap, progress.nodes) == (0.1, 7)
