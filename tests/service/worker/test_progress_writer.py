import pytest

from models.outcome import Progress
from service.worker.progress_writer import has_new_figures


def a_progress(*, incumbent: float = 1, bound: float = 2, nodes: int = 0, elapsed_s: float = 0) -> Progress:
    return Progress(metric="cost", incumbent=incumbent, bound=bound, gap=0.5, nodes=nodes, elapsed_s=elapsed_s)


@pytest.mark.parametrize(
    "later, is_new",
    [
        (a_progress(incumbent=1.5), True),
        (a_progress(bound=1.9), True),
        (a_progress(nodes=7, elapsed_s=3), False),
    ],
)
def test_a_better_plan_or_bound_is_new_and_more_nodes_are_not(later: Progress, *, is_new: bool) -> None:
    assert has_new_figures(later, a_progress()) is is_new
