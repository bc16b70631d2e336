"""`concord study FILE`: a question answered by many solves."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.documents import STANDARD_INPUT, called, read_document, require_writable, write
from service.cli.error_output import ANYTHING_ELSE, NO_PLAN_IN_LIMIT, Refused, refusals
from service.cli.terminal import answers, print_bytes, remarks

if TYPE_CHECKING:
    from models.problem.problem import Problem
    from models.study.report import StudyReport
    from models.study.spec import Spec

StudyFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="The study (concord.study/1), as JSON or YAML; - reads standard input.", show_default=False
    ),
]
ProblemOption = Annotated[
    str | None,
    typer.Option(
        "--problem",
        metavar="PROBLEM",
        help="The problem that the study is about, where FILE does not bring it as `problem`.",
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
        help="Processes that answer points, one solver thread each. The report is the same for any number.",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print the report (concord.study_report/1), and nothing else, on standard output."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Also write the report, as JSON, to this file.", show_default=False
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
    """Answer a question about a problem by many solves: a sweep over a grid, a tornado of what matters most.

    Every point has a status; one without a plan is an answer too. Ctrl-C stops early and reports the points so far.
    """
    from service.cli.show.study import show_study

    if STANDARD_INPUT == file == problem:
        with refusals(called(file)):
            raise Refused("study and problem cannot both come from standard input: name a file for one", "not_a_file")
    about = None if problem is None else _problem(problem)
    with refusals(called(file)):
        if output is not None:
            require_writable(output, instead="use --json")
        asked, spec = _read(read_document(file), about)
        report = _answered(asked, spec, workers, quiet=as_json)
    document = report.model_dump_json(by_alias=True, indent=2)
    if output is not None:
        write(output, document + "\n")
    if as_json:
        print_bytes(document)
    else:
        show_study(answers(), report)
    raise typer.Exit(_exit_status(report))


def _problem(file: str) -> "Problem":
    from models.reading import read_problem

    with refusals(called(file)):
        return read_problem(read_document(file))


def _read(document: Any, problem: "Problem | None") -> "tuple[Problem, Spec]":  # noqa: ANN401  (any document)
    from models.study.reading import read_study

    return read_study(document, problem)


def _answered(problem: "Problem", spec: "Spec", workers: int, *, quiet: bool) -> "StudyReport":
    from optimizer import study as answer
    from service.cli.interrupt import interruption
    from service.cli.study_progress import shown_points

    with interruption() as stop, shown_points(remarks(), stop=stop, quiet=quiet) as show:
        return answer(problem, spec, workers=workers, on_progress=show, should_stop=stop.is_set).report


def _exit_status(report: "StudyReport") -> int:
    """Points without a plan are answers; no answer at all is none."""
    if not report.rows:
        return NO_PLAN_IN_LIMIT
    return ANYTHING_ELSE if all(row.status == "solver_error" for row in report.rows) else 0
