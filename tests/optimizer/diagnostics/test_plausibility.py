"""Numbers in the wrong unit give a warning."""

import pytest

from optimizer.diagnostics.warnings import warnings
from tests.support.problems import a_problem, members


def test_an_effect_that_removes_a_theatre_at_a_thousandth_of_its_level_gives_a_warning() -> None:
    """10 M EUR allow level 10; 0.01 levels of 20,000 points remove all 200 points."""
    theatres = [{"id": "iraq", "risk": 200}]
    wrong = a_problem(theatres=theatres, activities=[{"id": "train", "effect": {"type": "linear", "per_level": 20000}}])
    right = a_problem(theatres=theatres, activities=[{"id": "train", "effect": {"type": "linear", "per_level": 19999}}])
    assert [text.partition(" at ")[0] for text in warnings(wrong)] == ["train removes all risk of iraq"]
    assert warnings(right) == ()


@pytest.mark.parametrize(
    "effect, is_implausible",
    [
        ({"type": "threshold", "threshold": 0.01, "per_level": 20000}, True),
        ({"type": "threshold", "threshold": 0.02, "per_level": 20000}, False),
        ({"type": "piecewise", "points": [[0, 0], [0.01, 200]]}, True),
        ({"type": "piecewise", "points": [[0, 0], [0.001, 50], [0.02, 250]]}, False),
        ({"type": "piecewise", "points": [[0, 0], [0.001, 500]]}, True),
    ],
)
def test_every_kind_of_effect_is_measured_at_the_same_level(effect: dict[str, object], *, is_implausible: bool) -> None:
    problem = a_problem(theatres=[{"id": "iraq", "risk": 200}], activities=[{"id": "train", "effect": effect}])
    assert bool(warnings(problem)) == is_implausible


def test_the_greatest_level_ends_at_max_level() -> None:
    effect = {"type": "linear", "per_level": 20000}
    problem = a_problem(
        theatres=[{"id": "iraq", "risk": 200}], activities=[{"id": "train", "effect": effect, "max_level": 5}]
    )
    assert warnings(problem) == ()


def test_all_drivers_of_the_theatre_must_vanish() -> None:
    risk = {"id": "iraq", "risk": {"terror": 1, "famine": 200}}
    effect = {"type": "linear", "per_level": 20000}
    problem = a_problem(theatres=[risk], activities=[{"id": "train", "effect": effect, "reduces": {"terror": 1}}])
    assert warnings(problem) == ()


@pytest.mark.parametrize("tolerance, number", [(1, 0), (10, 1)])
def test_a_tolerance_above_one_is_probably_a_percentage(tolerance: float, number: int) -> None:
    rule = {"type": "proportional", "tolerance": tolerance}
    found = warnings(a_problem(members=members("a", "b", resources={"money": 5}), burden_sharing=rule))
    assert len(found) == number
    assert all("write 0.1 for 10 %" in text for text in found)
