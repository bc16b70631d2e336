"""Analyses are pure: from what was asked and answered to what to ask next, or what it comes to."""

from typing import Any

import pytest

from models.study.point import Point
from models.study.report import Row, SweepFindings, TornadoFindings
from optimizer.studies.analyses.analyses import next_round, points
from tests.support.studies import MONEY, a_spec, a_sweep, a_tornado, smallest

SWEEP = a_spec(a_sweep({"address": MONEY, "values": [0, 2]}, {"address": "theatres/libya/weight", "values": [1, 2, 3]}))
TORNADO = a_spec(
    a_tornado(
        {"address": MONEY, "low": 3, "high": 9}, {"address": "theatres/*/risk", "by": "times", "low": 0.5, "high": 2}
    )
)


def a_row(point: Point, value: float | None, gap: float | None = 0.0) -> Row:
    return Row(
        point=point,
        status="infeasible" if value is None else "optimal",
        measures={"risk_reduction": value},
        bound=value,
        proven=value,
        gap=None if value is None else gap,
        proven_gap=None if value is None else gap,
        fidelity="solve",
        plan_digest=None,
        reason=None,
    )


def asked(*rows: Row, spec: Any = SWEEP) -> Any:
    return next_round(spec, smallest(), rows)


def rows(spec: Any, *values: float | None) -> list[Row]:
    return [a_row(point, value) for point, value in zip(points(spec, smallest()), values, strict=True)]


def test_asks_for_the_problem_as_it_stands_before_all_else() -> None:
    assert asked() == (Point(number=0, at={}),)


def test_asks_for_every_point_of_the_grid_the_last_axis_fastest() -> None:
    found = asked(a_row(Point(number=0, at={}), 14))
    assert [tuple(point.at.values()) for point in found] == [(0, 1), (0, 2), (0, 3), (2, 1), (2, 2), (2, 3)]
    assert [point.number for point in found] == [1, 2, 3, 4, 5, 6]
    assert [(change.address, change.value) for change in found[4].changes] == [(MONEY, 2), ("theatres/libya/weight", 2)]


def test_goes_on_from_the_points_that_have_an_answer() -> None:
    answered = rows(SWEEP, 14, 1, 2, 3, 4, 5, 6)
    assert [point.number for point in asked(*answered[:2], *answered[4:])] == [2, 3]


def test_zip_takes_the_first_places_together() -> None:
    axes = ({"address": MONEY, "values": [0, 2]}, {"address": "theatres/libya/weight", "low": 1, "high": 3, "steps": 2})
    found = points(a_spec(a_sweep(*axes, combine="zip")), smallest())
    assert [tuple(point.at.values()) for point in found[1:]] == [(0, 1), (2, 3)]


def test_the_ends_of_a_range_are_exact() -> None:
    spec = a_spec(a_sweep({"address": MONEY, "low": 0.1, "high": 0.7, "steps": 4}))
    values = [point.at[MONEY] for point in points(spec, smallest())[1:]]
    assert values == pytest.approx([0.1, 0.3, 0.5, 0.7])
    assert (values[0], values[-1]) == (0.1, 0.7)


def test_options_bring_their_changes_and_what_they_relax() -> None:
    options = [{"label": "as is"}, {"label": "bold", "relax": ["decision"], "changes": [{"address": MONEY, "plus": 1}]}]
    found = points(a_spec(a_sweep({"label": "politics", "options": options})), smallest())
    assert (found[1].at, found[1].changes, found[1].relax) == ({"politics": "as is"}, (), ())
    assert (found[2].at, found[2].relax, found[2].changes[0].plus) == ({"politics": "bold"}, ("decision",), 1)


def test_a_sweep_tells_where_a_measure_is_least_and_greatest_and_which_is_wanted() -> None:
    findings = asked(*rows(SWEEP, 14, 3, None, 20, 20, 3, 5))
    assert isinstance(findings, SweepFindings)
    (one,) = findings.extremes
    assert (one.base, one.lowest, one.lowest_at, one.highest, one.highest_at, one.best) == (14, 3, 1, 20, 3, "highest")


def test_a_sweep_without_any_plan_has_no_extremes() -> None:
    findings = asked(*rows(SWEEP, *[None] * 7))
    assert isinstance(findings, SweepFindings)
    assert (findings.extremes[0].lowest, findings.extremes[0].highest_at) == (None, None)


def test_a_tornado_moves_one_input_at_a_time_to_both_ends() -> None:
    low, high, less, more = points(TORNADO, smallest())[1:]
    assert [point.at for point in (low, high)] == [{MONEY: "low"}, {MONEY: "high"}]
    assert [point.changes[0].value for point in (low, high)] == [3, 9]
    assert [point.changes[0].times for point in (less, more)] == [0.5, 2]


def test_the_input_that_swings_most_comes_first() -> None:
    findings = asked(*rows(TORNADO, 14, 10, 17, 7, 30), spec=TORNADO)
    assert isinstance(findings, TornadoFindings)
    assert [(bar.input, bar.low, bar.base, bar.high, bar.swing) for bar in findings.bars] == [
        ("theatres/*/risk", 7, 14, 30, 23),
        (MONEY, 10, 14, 17, 7),
    ]


def test_an_end_without_a_plan_comes_before_every_swing() -> None:
    findings = asked(*rows(TORNADO, 14, 10, None, 7, 30), spec=TORNADO)
    assert isinstance(findings, TornadoFindings)
    assert [(bar.input, bar.swing, bar.gap) for bar in findings.bars] == [
        (MONEY, None, None),
        ("theatres/*/risk", 23, 0),
    ]


def test_a_swing_reaches_over_the_problem_as_it_stands() -> None:
    findings = asked(*rows(TORNADO, 14, 10, 12, 14, 14), spec=TORNADO)
    assert isinstance(findings, TornadoFindings)
    assert findings.bars[0].swing == 4
