from typing import get_args

import pytest

from models.problem.objective import Metric
from service.cli.show.figures import metric_name, metric_value, number, percent


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (-0.0, "0"),
        (1e-12, "0"),
        (-1e-12, "0"),
        (0.0042, "0.0042"),
        (1e-7, "1e-07"),
        (0.3333333, "0.333"),
        (16.0, "16"),
        (14.000000001, "14"),
        (21.6, "21.6"),
        (999.996, "1000"),
        (1234.0, "1,234"),
        (1_234_567.89, "1,234,567.9"),
        (-2.5, "-2.5"),
    ],
)
def test_writes_figures_with_the_digits_a_reader_uses(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    "share, text",
    [
        (0, "0 %"),
        (1e-13, "0 %"),
        (4.2e-5, "0.0042 %"),
        (0.72, "72 %"),
        (1 / 3, "33.3 %"),
        (1, "100 %"),
        (-0.5, "-50 %"),
    ],
)
def test_writes_shares_in_per_cent(share: float, text: str) -> None:
    assert percent(share) == text


def test_shows_values_in_the_unit_of_their_metric() -> None:
    assert metric_value("cost", 16) == "16 M EUR"
    assert metric_value("min_coverage", 0.3) == "30 %"
    assert metric_value("max_burden", 1.75) == "1.75"


def test_has_words_for_every_metric() -> None:
    assert all(metric_name(metric) for metric in get_args(Metric))
