"""Every kind of analysis as a pure function from the rows so far to the next points, or to the findings.

So an analysis can look at its rows before it asks for more points, and an interrupted study can be replayed.
"""

from collections.abc import Sequence

from models.problem.problem import Problem
from models.study.point import Point
from models.study.report import Findings, Row
from models.study.spec import Spec, Sweep, Tornado
from optimizer.studies.analyses import sweep, tornado


def next_round(spec: Spec, problem: Problem, rows: Sequence[Row]) -> tuple[Point, ...] | Findings:
    """The points to solve next, the base problem first; the findings if no point is left.

    `problem` has the overrides of the configuration applied; `rows` are in the order of their points.
    """
    wanted = points(spec, problem)
    if not rows:
        return wanted[:1]
    answered = {row.point.number for row in rows}
    return tuple(point for point in wanted if point.number not in answered) or summary(spec, problem, rows)


def points(spec: Spec, problem: Problem) -> tuple[Point, ...]:
    """Every point that the study is known to need."""
    match spec:
        case Sweep():
            return sweep.points(spec)
        case Tornado():
            return tornado.points(spec, problem)


def summary(spec: Spec, problem: Problem, rows: Sequence[Row]) -> Findings:
    """The findings from the rows so far."""
    match spec:
        case Sweep():
            return sweep.summary(problem, rows)
        case Tornado():
            return tornado.summary(spec, problem, rows)
