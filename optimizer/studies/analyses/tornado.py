"""Tornado: which input matters most, changed one at a time."""

from collections.abc import Iterator, Sequence

from models.problem.problem import Problem
from models.study.axis import Input, change_at
from models.study.point import Point
from models.study.reading import inputs_of
from models.study.report import Bar, Row, TornadoFindings
from models.study.spec import Tornado

LOW, HIGH = "low", "high"


def points(spec: Tornado, problem: Problem) -> tuple[Point, ...]:
    """The base problem, then each input at its low and its high end."""
    return (Point(number=0, at={}), *_ends(inputs_of(problem, spec)))


def summary(spec: Tornado, problem: Problem, rows: Sequence[Row]) -> TornadoFindings:
    """For each measure, the inputs whose both ends were solved; the widest swing first."""
    measures = rows[0].measures if rows else ()
    answered = {row.point.number: row for row in rows}
    bars = tuple(bar for measure in measures for bar in _sorted(_bars(measure, inputs_of(problem, spec), answered)))
    return TornadoFindings(kind="tornado", bars=bars)


def _ends(inputs: Sequence[Input]) -> Iterator[Point]:
    for number, one in enumerate(inputs):
        for place, end in enumerate((LOW, HIGH)):
            yield Point(
                number=1 + 2 * number + place,
                at={one.name: end},
                changes=(change_at(one.address, one.by, one.low if end == LOW else one.high),),
            )


def _bars(measure: str, inputs: Sequence[Input], answered: dict[int, Row]) -> Iterator[Bar]:
    for number, one in enumerate(inputs):
        places = (1 + 2 * number, 0, 2 + 2 * number)
        if not all(place in answered for place in places):
            continue
        rows = [answered[place] for place in places]
        values = [row.measures[measure] for row in rows]
        known = [value for value in values if value is not None]
        gaps = [row.gap for row in rows if row.gap is not None]
        yield Bar(
            measure=measure,
            input=one.name,
            low=values[0],
            low_at=places[0],
            base=values[1],
            high=values[2],
            high_at=places[2],
            swing=max(known) - min(known) if len(known) == len(rows) else None,
            gap=max(gaps) if len(gaps) == len(rows) else None,
        )


def _sorted(bars: Iterator[Bar]) -> list[Bar]:
    """Widest swing first; an end without a plan counts as the widest; equal swings keep their order."""
    return sorted(bars, key=lambda bar: (bar.swing is not None, -(bar.swing or 0.0)))
