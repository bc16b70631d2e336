"""Sweep: how the measures change over a grid of values."""

from collections.abc import Iterator, Sequence
from itertools import product

from models.problem.objective import NATURAL_SENSE
from models.problem.problem import Problem
from models.study.point import Point
from models.study.report import Extreme, Row, SweepFindings
from models.study.spec import Sweep


def points(spec: Sweep) -> tuple[Point, ...]:
    """The base problem, then the grid; the last axis moves fastest."""
    return (Point(number=0, at={}), *_grid(spec))


def summary(problem: Problem, rows: Sequence[Row]) -> SweepFindings:
    """The least and greatest value of each measure over the rows so far."""
    measures = rows[0].measures if rows else ()
    return SweepFindings(kind="sweep", extremes=tuple(_extreme(measure, problem, rows) for measure in measures))


def _grid(spec: Sweep) -> Iterator[Point]:
    axes = [tuple(axis.places) for axis in spec.axes]
    combined = product(*axes) if spec.combine == "product" else zip(*axes, strict=True)
    for number, places in enumerate(combined, start=1):
        yield Point(
            number=number,
            at={axis.name: value for axis, (value, _) in zip(spec.axes, places, strict=True)},
            changes=tuple(change for _, option in places for change in option.changes),
            relax=tuple(dict.fromkeys(group for _, option in places for group in option.relax)),
        )


def _extreme(measure: str, problem: Problem, rows: Sequence[Row]) -> Extreme:
    """The extremes of one measure; of several points with the same value, the first."""
    found = [(value, row.point.number) for row in rows if (value := row.measures[measure]) is not None]
    lowest, lowest_at = min(found, default=(None, None))
    highest, highest_at = max(found, key=lambda one: (one[0], -one[1]), default=(None, None))
    senses = {**NATURAL_SENSE, **{one.metric: one.direction for one in problem.objectives}}
    sense = next((sense for metric, sense in senses.items() if metric == measure), None)
    return Extreme(
        measure=measure,
        base=rows[0].measures[measure],
        lowest=lowest,
        lowest_at=lowest_at,
        highest=highest,
        highest_at=highest_at,
        best=None if sense is None else "highest" if sense == "maximize" else "lowest",
    )
