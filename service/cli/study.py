"""`concord study FILE`: answers a question about a problem by many solves."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.documents import STANDARD_INPUT, read_document, require_writable, source_name, write
from service.cli.error_output import EXIT_OTHER_ERROR, NO_PLAN_IN_LIMIT, Refused, exit_on_bad_input
from service.cli.terminal import error_console, output_console, print_document

if TYPE_CHECKING:
    from models.problem.problem import Problem
    from models.study.report import StudyReport
    from models.study.spec import Spec

StudyFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="The study document (concord.study/1), JSON or YAML; - reads standard input.",
        show_default=False,
    ),
]
ProblemOption = Annotated[
    str | None,
    typer.Option(
        "--problem",
        metavar="PROBLEM",
        help="The problem document to study. Not needed if FILE contains it under `problem`.",
        show_default=False,
    ),
]
WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        max=64,
        help="Number of solver processes, one thread each. The report does not depend on it.",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print only the report (concord.study_report/1) on standard output."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Also write the report to this file, as JSON.", show_default=False
    ),
]


def study(
    file: StudyFile,
    *,
    problem: ProblemOption = None,
    workers: WorkersOption = 2,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Solve many variants of a problem: a sweep over a grid of values, or a tornado that ranks inputs by effect.

    The report lists every point with its status, points without a plan included. Ctrl-C stops early and reports the
    points answered so far.
    """
    from service.cli.show.study import show_study

    if STANDARD_INPUT == file == problem:
        with exit_on_bad_input(source_name(file)):
            raise Refused(
                "study and problem cannot both come from standard input; give a file name for one of them", "not_a_file"
            )
    base = None if problem is None else _problem(problem)
    with exit_on_bad_input(source_name(file)):
        if output is not None:
            require_writable(output, instead="use --json")
        studied, spec = _read(read_document(file), base)
        report = _answered(studied, spec, workers, quiet=as_json)
    document = report.model_dump_json(by_alias=True, indent=2)
    if output is not None:
        write(output, document + "\n")
    if as_json:
        print_document(document)
    else:
        show_study(output_console(), report)
    raise typer.Exit(_exit_status(report))


def _problem(file: str) -> "Problem":
    from models.reading import read_problem

    with exit_on_bad_input(source_name(file)):
        return read_problem(read_document(file))


def _read(document: Any, problem: "Problem | None") -> "tuple[Problem, Spec]":  # noqa: ANN401  (any document)
    from models.study.reading import read_study

    return read_study(document, problem)


def _answered(problem: "Problem", spec: "Spec", workers: int, *, quiet: bool) -> "StudyReport":
    from optimizer import study as run_study
    from service.cli.interrupt import stop_on_interrupt
    from service.cli.study_progress import study_progress_display

    with stop_on_interrupt() as stop, study_progress_display(error_console(), stop=stop, quiet=quiet) as show:
        return run_study(problem, spec, workers=workers, on_progress=show, should_stop=stop.is_set).report


def _exit_status(report: "StudyReport") -> int:
    """0 if any point was answered, with or without a plan; 4 if none was; 1 if the solver failed on every point."""
    if not report.rows:
        return NO_PLAN_IN_LIMIT
    return EXIT_OTHER_ERROR if all(row.status == "solver_error" for row in report.rows) else 0
