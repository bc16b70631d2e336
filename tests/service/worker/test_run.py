import pytest

from models.outcome import Progress
from service.worker.run import _is_worth_telling


def a_moment(elapsed_s: float, *, incumbent: float = 1) -> Progress:
    return Progress(metric="cost", incumbent=incumbent, bound=2, gap=0.5, nodes=0, elapsed_s=elapsed_s)


@pytest.mark.parametrize(
    "elapsed_s, incumbent, worth",
    [(0.1, 1, False), (0.1, 1.5, False), (0.3, 1, False), (0.3, 1.5, True), (2.1, 1, True)],
)
def test_news_is_told_soon_and_the_same_again_only_as_a_sign_of_life(
    elapsed_s: float, incumbent: float, *, worth: bool
) -> None:
    assert _is_worth_telling(a_moment(elapsed_s, incumbent=incumbent), a_moment(0)) is worth
