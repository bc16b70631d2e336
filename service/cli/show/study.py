"""Shows a study report: the findings and every point."""

from typing import Any, get_args

from rich.console import Console
from rich.text import Text

from models.problem.objective import Metric
from models.study.report import Bar, Row, RowStatus, StudyReport, SweepFindings, TornadoFindings
from service.cli.show.figures import METRIC_LABELS, NONE, gap_percent, metric_value, number
from service.cli.show.layout import DIM, heading, paragraph, table
from service.cli.show.names import single_line

MOST_ROWS = 50
"""Points that are listed; the report document has them all."""
ANSWERED = {
    "solve": "every point solved",
    "bound": "choices fixed as in the unchanged problem, with a bound at every point",
}
STATUSES: dict[RowStatus, str] = {
    "optimal": "optimal",
    "feasible": "not proven optimal",
    "infeasible": "no plan possible",
    "no_plan_in_limit": "no plan in time",
    "unbounded": "unbounded",
    "solver_error": "solver failed",
    "invalid": "invalid input",
}
"""Status of a point in words."""

SMALL_SWINGS = (
    "A swing of the first objective that is smaller than its gap is not conclusive: other choices could offset it."
)


def show_study(console: Console, report: StudyReport) -> None:
    """Print the findings and the points."""
    if report.study.title:
        console.print(Text(single_line(report.study.title), style=DIM))
    done = f"{len(report.rows):,} of {report.points:,} points answered"
    style = "bold green" if report.is_complete else "bold yellow"
    verdict = "" if report.is_complete else "PARTIAL (stopped early): "
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
    heading(console, "Lowest and highest values")
    console.print()
    columns = ("unchanged", "lowest", "at point", "highest", "at point ")
    listed = table("measure", *columns, right=columns)
    for extreme in findings.extremes:
        best = {"lowest": extreme.lowest_at, "highest": extreme.highest_at, None: None}[extreme.best]
        listed.add_row(
            _measure_name(extreme.measure),
            _figure(extreme.measure, extreme.base),
            _figure(extreme.measure, extreme.lowest),
            _place(extreme.lowest_at, best),
            _figure(extreme.measure, extreme.highest),
            _place(extreme.highest_at, best),
        )
    console.print(listed)
    paragraph(console, "* the better value", style=DIM)


def _show_bars(console: Console, findings: TornadoFindings) -> None:
    for measure in dict.fromkeys(bar.measure for bar in findings.bars):
        heading(console, f"Effect on {_measure_name(measure)}, largest first")
        console.print()
        columns = ("low", "unchanged", "high", "swing", "gap")
        listed = table("input", *columns, right=columns)
        for bar in findings.bars:
            if bar.measure == measure:
                listed.add_row(single_line(bar.input), *_bar(bar))
        console.print(listed)


def _bar(bar: Bar) -> tuple[str, ...]:
    figures = (bar.low, bar.base, bar.high, bar.swing)
    return (*(_figure(bar.measure, value) for value in figures), gap_percent(bar.gap))


def _show_rows(console: Console, report: StudyReport) -> None:
    if not report.rows:
        return
    heading(console, "Every point")
    console.print()
    axes = list(dict.fromkeys(axis for row in report.rows for axis in row.point.at))
    measures = list(report.rows[0].measures)
    figures = (*(_measure_name(measure) for measure in measures), "gap", "proven\ngap")
    listed = table("point", *map(single_line, axes), "status", *figures, right=("point", "status", *figures))
    for row in report.rows[:MOST_ROWS]:
        listed.add_row(*_row(row, axes, measures))
    console.print(listed)
    if len(report.rows) > MOST_ROWS:
        paragraph(console, f"and {len(report.rows) - MOST_ROWS:,} more; use --json or -o to see them all", style=DIM)


def _row(row: Row, axes: list[str], measures: list[str]) -> tuple[str, ...]:
    return (
        str(row.point.number),
        *(_at(row, axis, is_first=axis == axes[0]) for axis in axes),
        STATUSES[row.status],
        *(_figure(measure, row.measures[measure]) for measure in measures),
        gap_percent(row.gap),
        gap_percent(row.proven_gap),
    )


def _show_refused(console: Console, report: StudyReport) -> None:
    """Print why points have no answer; points where no plan is possible are not listed."""
    reasons = dict.fromkeys(
        row.reason
        for row in report.rows
        if row.reason and row.status in ("invalid", "solver_error", "no_plan_in_limit")
    )
    if reasons:
        heading(console, "Points without an answer")
        for reason in list(reasons)[:MOST_ROWS]:
            paragraph(console, single_line(reason), bullet="!", style="yellow")


def _at(row: Row, axis: str, *, is_first: bool) -> str:
    value: Any = row.point.at.get(axis, "unchanged" if is_first else "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return single_line(str(value))


def _measure_name(measure: str) -> str:
    return next((label.name for metric, label in METRIC_LABELS.items() if metric == measure), single_line(measure))


def _figure(measure: str, value: float | None) -> str:
    if value is None:
        return NONE
    metric = next((known for known in get_args(Metric) if known == measure), None)
    return number(value) if metric is None else metric_value(metric, value)


def _place(point: int | None, best: int | None) -> str:
    return NONE if point is None else f"{point}{' *' if point == best else ''}"
