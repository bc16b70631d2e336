import pytest

from models.outcome import Progress
from service.worker.progress_writer import is_news


def a_moment(*, incumbent: float = 1, bound: float = 2, nodes: int = 0, elapsed_s: float = 0) -> Progress:
    return Progress(metric="cost", incumbent=incumbent, bound=bound, gap=0.5, nodes=nodes, elapsed_s=elapsed_s)


@pytest.mark.parametrize(
    "later, news",
    [
        (a_moment(incumbent=1.5), True),
        (a_moment(bound=1.9), True),
        (a_moment(nodes=7, elapsed_s=3), False),
    ],
)
def test_a_better_plan_and_a_better_bound_are_news_and_more_nodes_are_not(later: Progress, *, news: bool) -> None:
    assert is_news(later, a_moment()) is news
