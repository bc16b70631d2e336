"""`concord solve FILE`: solves a problem and prints the plan with its proof."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.arguments import (
    Changes,
    ConfigFile,
    Gap,
    ProblemFiles,
    Relaxed,
    TimeLimit,
    configuration,
    source_of,
)
from service.cli.documents import read_document, require_writable, source_name, write
from service.cli.error_output import (
    BAD_INPUT,
    EXIT_OTHER_ERROR,
    INFEASIBLE,
    NO_PLAN_IN_LIMIT,
    Refused,
    exit_on_bad_input,
)
from service.cli.terminal import error_console, output_console, print_document

if TYPE_CHECKING:
    from threading import Event

    from models.config import Config
    from models.outcome import Outcome
    from models.problem.problem import Problem

FROM_BEST_TO_WORST = (0, INFEASIBLE, NO_PLAN_IN_LIMIT, BAD_INPUT, EXIT_OTHER_ERROR)
"""Exit statuses: an answer, an answer that nothing is possible, no answer, no question, a failure."""
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        metavar="N",
        help="Random seed of the solver; the same seed gives the same answer.  [default: 0]",
        show_default=False,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print only the outcome document (concord.outcome/1) on standard output; one line each for several files.",
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write the outcome document to this file, as JSON.",
        show_default=False,
    ),
]


def solve(
    files: ProblemFiles,
    *,
    changes: Changes = None,
    relax: Relaxed = None,
    config: ConfigFile = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    seed: Seed = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Find the best plan for a problem, and how good it is.

    Shows who contributes what to which activity under which framework, what the plan achieves in each theatre, and how
    burdens compare. Also shows the proof: the plan's value, the best possible value by the solver's search, the bound
    that is proven, the gaps to both and an independent check. Ctrl-C stops early and keeps the best plan.

    Several files are solved one after the other, with one line each, or one line of JSON; the exit status is the worst:
    1 is worse than 2, then 4, 3 and 0.
    """
    with exit_on_bad_input(source_of(config)):
        settings = configuration(config, changes=changes, relax=relax, mip_gap=gap, time_limit_s=time_limit, seed=seed)
        if len(files) > 1 and output is not None:
            raise Refused("-o takes the outcome of one problem; for several, use --json", "not_together")
    if len(files) > 1:
        raise typer.Exit(_solve_all(files, settings, as_json=as_json))
    raise typer.Exit(_solve_one(files[0], settings, as_json=as_json, output=output))


def _solve_one(file: str, settings: "Config", *, as_json: bool, output: str | None) -> int:
    """Solve and show one problem; returns the exit status."""
    from models.reading import read_problem
    from service.cli.interrupt import stop_on_interrupt
    from service.cli.show.outcome import show_outcome

    with exit_on_bad_input(source_name(file)):
        if output is not None:
            require_writable(output, instead="use --json")
        problem = read_problem(read_document(file))
        with stop_on_interrupt() as stop:
            outcome = _solved(problem, settings, stop, quiet=as_json)
    document = outcome.model_dump_json(by_alias=True, indent=2)
    if output is not None:
        write(output, document + "\n")
    if as_json:
        print_document(document)
    else:
        show_outcome(output_console(), outcome, problem)
    return _exit_status(outcome)


def _solve_all(files: list[str], settings: "Config", *, as_json: bool) -> int:
    """Solve several problems, with one line each; returns the worst exit status. Ctrl-C leaves out those not begun."""
    from service.cli.interrupt import stop_on_interrupt

    found = [0]
    with stop_on_interrupt() as stop:
        for file in files:
            if stop.is_set():
                break
            try:
                found.append(_solve_in_a_line(file, settings, stop, as_json=as_json))
            except typer.Exit as refused:  # already reported on standard error
                found.append(refused.exit_code)
    return max(found, key=FROM_BEST_TO_WORST.index)


def _solve_in_a_line(file: str, settings: "Config", stop: "Event", *, as_json: bool) -> int:
    from models.reading import read_problem
    from service.cli.show.names import single_line
    from service.cli.show.outcome import headline

    with exit_on_bad_input(source_name(file)):
        outcome = _solved(read_problem(read_document(file)), settings, stop, quiet=True)
    if as_json:
        print_document(outcome.model_dump_json(by_alias=True))
    else:
        console = output_console()
        console.print(f"{single_line(source_name(file))}: {headline(outcome).plain}", soft_wrap=True)
    return _exit_status(outcome)


def _solved(problem: "Problem", config: "Config", stop: "Event", *, quiet: bool) -> "Outcome":
    from optimizer import solve as solve_problem
    from service.cli.progress import progress_display

    with progress_display(error_console(), stop=stop, quiet=quiet) as show:
        return solve_problem(problem, config, on_progress=show, should_stop=stop.is_set)


def _exit_status(outcome: "Outcome") -> int:
    match outcome.status:
        case "optimal" | "feasible":
            return 0
        case "infeasible":
            return INFEASIBLE
        case "no_plan_in_limit":
            return NO_PLAN_IN_LIMIT
        case "unbounded" | "solver_error":
            return EXIT_OTHER_ERROR
