"""A study as a planner reads it: what was asked, what the points come to, and every point."""

from typing import Any, get_args

from rich.console import Console
from rich.text import Text

from models.problem.objective import Metric
from models.study.report import Bar, Row, StudyReport, SweepFindings, TornadoFindings
from service.cli.show.figures import TOLD, number, percent, reading
from service.cli.show.layout import DIM, heading, paragraph, table
from service.cli.show.names import plain

NONE = "–"
MOST_ROWS = 50
"""Points that are listed; the document has them all."""
ANSWERED = {
    "solve": "every point solved",
    "bound": "the choices of the problem as it stands held at every point, with what no plan can beat",
}

SMALL_SWINGS = (
    "A swing of the first objective that is smaller than the gap says nothing: other choices may make up for it."
)


def show_study(console: Console, report: StudyReport) -> None:
    """Print the findings and the points."""
    if report.study.title:
        console.print(Text(plain(report.study.title), style=DIM))
    done = f"{len(report.rows):,} of {report.points:,} points answered"
    style = "bold green" if report.is_complete else "bold yellow"
    verdict = "" if report.is_complete else "PARTIAL, stopped before its end: "
    console.print(Text(f"{verdict}{report.study.kind}, {done}; {ANSWERED[report.study.fidelity]}", style=style))
    match report.findings:
        case SweepFindings():
            _show_extremes(console, report.findings)
            _show_rows(console, report)
        case TornadoFindings():
            _show_bars(console, report.findings)
            if report.study.fidelity == "bound":
                paragraph(console, SMALL_SWINGS, style=DIM)
    _show_refused(console, report)


def _show_extremes(console: Console, findings: SweepFindings) -> None:
    heading(console, "The least and the greatest")
    console.print()
    columns = ("as it stands", "least", "at point", "greatest", "at point ")
    listed = table("measure", *columns, right=columns)
    for one in findings.extremes:
        best = {"lowest": one.lowest_at, "highest": one.highest_at, None: None}[one.best]
        listed.add_row(
            _called(one.measure),
            _figure(one.measure, one.base),
            _figure(one.measure, one.lowest),
            _place(one.lowest_at, best),
            _figure(one.measure, one.highest),
            _place(one.highest_at, best),
        )
    console.print(listed)
    paragraph(console, "* the better of the two", style=DIM)


def _show_bars(console: Console, findings: TornadoFindings) -> None:
    for measure in dict.fromkeys(bar.measure for bar in findings.bars):
        heading(console, f"What moves {_called(measure)}, the most first")
        console.print()
        columns = ("low", "as it stands", "high", "swing", "gap")
        listed = table("input", *columns, right=columns)
        for bar in findings.bars:
            if bar.measure == measure:
                listed.add_row(plain(bar.input), *_bar(bar))
        console.print(listed)


def _bar(bar: Bar) -> tuple[str, ...]:
    figures = (bar.low, bar.base, bar.high, bar.swing)
    return (*(_figure(bar.measure, value) for value in figures), NONE if bar.gap is None else percent(bar.gap))


def _show_rows(console: Console, report: StudyReport) -> None:
    if not report.rows:
        return
    heading(console, "Every point")
    console.print()
    axes = list(dict.fromkeys(axis for row in report.rows for axis in row.point.at))
    measures = list(report.rows[0].measures)
    figures = (*(_called(measure) for measure in measures), "gap")
    listed = table("point", *map(plain, axes), "status", *figures, right=("point", "status", *figures))
    for row in report.rows[:MOST_ROWS]:
        listed.add_row(*_row(row, axes, measures))
    console.print(listed)
    if len(report.rows) > MOST_ROWS:
        paragraph(console, f"and {len(report.rows) - MOST_ROWS:,} more: --json or -o has them all", style=DIM)


def _row(row: Row, axes: list[str], measures: list[str]) -> tuple[str, ...]:
    return (
        str(row.point.number),
        *(_at(row, axis, is_first=axis == axes[0]) for axis in axes),
        row.status.replace("_", " "),
        *(_figure(measure, row.measures[measure]) for measure in measures),
        NONE if row.gap is None else percent(row.gap),
    )


def _show_refused(console: Console, report: StudyReport) -> None:
    """Why points have no plan, where it is not simply that none is possible."""
    reasons = dict.fromkeys(
        row.reason
        for row in report.rows
        if row.reason and row.status in ("invalid", "solver_error", "no_plan_in_limit")
    )
    if reasons:
        heading(console, "Points without an answer")
        for reason in list(reasons)[:MOST_ROWS]:
            paragraph(console, plain(reason), bullet="!", style="yellow")


def _at(row: Row, axis: str, *, is_first: bool) -> str:
    value: Any = row.point.at.get(axis, "as it stands" if is_first else "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return plain(str(value))


def _called(measure: str) -> str:
    return next((told.words for metric, told in TOLD.items() if metric == measure), plain(measure))


def _figure(measure: str, value: float | None) -> str:
    if value is None:
        return NONE
    metric = next((one for one in get_args(Metric) if one == measure), None)
    return number(value) if metric is None else reading(metric, value)


def _place(point: int | None, best: int | None) -> str:
    return NONE if point is None else f"{point}{' *' if point == best else ''}"
