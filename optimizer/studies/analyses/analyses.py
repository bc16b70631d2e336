"""Every kind of study as a pure function: from what was asked and answered so far to what to ask next, or the report.

So a study that looks at its answers before it asks on is possible, and one that was interrupted is replayed.
"""

from collections.abc import Sequence

from models.problem.problem import Problem
from models.study.point import Point
from models.study.report import Findings, Row
from models.study.spec import Spec, Sweep, Tornado
from optimizer.studies.analyses import sweep, tornado


def next_round(spec: Spec, problem: Problem, rows: Sequence[Row]) -> tuple[Point, ...] | Findings:
    """The points to answer next, the problem as it stands before all others; the findings when none is left.

    `problem` has the overrides of the configuration put in; `rows` are in the order of their points.
    """
    asked = points(spec, problem)
    if not rows:
        return asked[:1]
    answered = {row.point.number for row in rows}
    return tuple(point for point in asked if point.number not in answered) or summary(spec, problem, rows)


def points(spec: Spec, problem: Problem) -> tuple[Point, ...]:
    """Every point that is known to be asked."""
    match spec:
        case Sweep():
            return sweep.points(spec)
        case Tornado():
            return tornado.points(spec, problem)


def summary(spec: Spec, problem: Problem, rows: Sequence[Row]) -> Findings:
    """What the rows that there are come to."""
    match spec:
        case Sweep():
            return sweep.summary(problem, rows)
        case Tornado():
            return tornado.summary(spec, problem, rows)
