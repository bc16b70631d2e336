"""`concord solve FILE`: solves a problem and prints the plan with its proof."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.arguments import (
    OPTIONS,
    Changes,
    ConfigFile,
    Gap,
    ProblemFiles,
    Relaxed,
    TimeLimit,
    configuration,
    source_of,
)
from service.cli.documents import STANDARD_INPUT, read_document, require_writable, source_name, write
from service.cli.error_output import Refused, exit_on_bad_input
from service.cli.exit_status import exit_status, worst
from service.cli.solve_many import solve_many
from service.cli.terminal import error_console, output_console, print_document

if TYPE_CHECKING:
    from models.config import Config
    from models.outcome import Outcome
    from models.own_plan import OwnPlan
    from models.problem.problem import Problem

Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        metavar="N",
        help="Random seed of the solver; the same seed gives the same answer.  [default: 0]",
        show_default=False,
    ),
]
StartFile = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="PLAN",
        help="Start from this plan, JSON or YAML: a plan document, or an outcome with a plan in it. If it keeps the "
        "rules, the answer is never worse.",
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
    start: StartFile = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Find the best plan for a problem, and how good it is.

    Shows who contributes what to which activity under which framework, what the plan achieves in each theatre, and how
    burdens compare. Also shows the proof: the plan's value, the best possible value by the solver's search, the bound
    that is proven, the gaps to both and an independent check. Ctrl-C stops early and keeps the best plan.

    Several files are solved one after the other, with one line each; the exit status is the worst: 1 is worse than 2,
    then 4, 3 and 0.
    """
    from models.reading import read_plan_of, read_problem
    from service.cli.show.outcome import show_outcome

    with exit_on_bad_input(source_of(config)):
        settings = configuration(config, changes=changes, relax=relax, mip_gap=gap, time_limit_s=time_limit, seed=seed)
        if len(files) > 1 and output is not None:
            raise Refused("-o takes the outcome of one problem; for several, use --json", "not_together")
        if len(files) > 1 and start is not None:
            raise Refused("--start is a plan of one problem; solve several problems without it", "not_together")
    if len(files) > 1:
        raise typer.Exit(worst(solve_many(files, settings, as_json=as_json)))
    (file,) = files
    with exit_on_bad_input(OPTIONS if start is None else source_name(start)):
        if STANDARD_INPUT == file == start:
            raise Refused(
                "problem and plan cannot both come from standard input; give a file name for one of them", "not_a_file"
            )
        given = None if start is None else read_document(start)
    with exit_on_bad_input(source_name(file)):
        if output is not None:
            require_writable(output, instead="use --json")
        problem = read_problem(read_document(file))
    with exit_on_bad_input(OPTIONS if start is None else source_name(start)):
        plan = None if given is None else read_plan_of(given, problem.periods)
    with exit_on_bad_input(source_name(file)):
        outcome = _solved(problem, settings, plan, quiet=as_json)
    document = outcome.model_dump_json(by_alias=True, indent=2)
    if output is not None:
        write(output, document + "\n")
    if as_json:
        print_document(document)
    else:
        show_outcome(output_console(), outcome, problem)
    raise typer.Exit(exit_status(outcome))


def _solved(problem: "Problem", config: "Config", start: "OwnPlan | None", *, quiet: bool) -> "Outcome":
    from optimizer import solve as solve_problem
    from service.cli.interrupt import stop_on_interrupt
    from service.cli.progress import progress_display

    with stop_on_interrupt() as stop, progress_display(error_console(), stop=stop, quiet=quiet) as show:
        return solve_problem(problem, config, on_progress=show, should_stop=stop.is_set, start=start)
