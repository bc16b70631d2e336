"""`concord solve FILE`: one problem in, one proven plan out."""

from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.arguments import (
    Changes,
    ConfigFile,
    Gap,
    ProblemFile,
    Relaxed,
    TimeLimit,
    configuration,
    source_of,
)
from service.cli.documents import called, read_document, require_writable, write
from service.cli.error_output import ANYTHING_ELSE, INFEASIBLE, NO_PLAN_IN_LIMIT, refusals
from service.cli.terminal import answers, print_bytes, remarks

if TYPE_CHECKING:
    from models.config import Config
    from models.outcome import Outcome
    from models.problem.problem import Problem

Seed = Annotated[
    int | None,
    typer.Option(
        "--seed", metavar="N", help="Seed of the solver; one seed, one answer.  [default: 0]", show_default=False
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help="Print the outcome document (concord.outcome/1), and nothing else, on standard output."
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write the outcome document, as JSON, to this file.",
        show_default=False,
    ),
]


def solve(
    file: ProblemFile,
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
    """Find the best plan for a problem, and prove how good it is.

    Shows who contributes what to which activity under which framework, what that achieves in each theatre, how burdens
    compare, and the proof: value, bound, gap and an independent check. Ctrl-C stops early and keeps the best plan.
    """
    from models.reading import read_problem
    from service.cli.show.outcome import show_outcome

    with refusals(source_of(config)):
        configured = configuration(
            config, changes=changes, relax=relax, mip_gap=gap, time_limit_s=time_limit, seed=seed
        )
    with refusals(called(file)):
        if output is not None:
            require_writable(output, instead="use --json")
        problem = read_problem(read_document(file))
        outcome = _solved(problem, configured, quiet=as_json)
    document = outcome.model_dump_json(by_alias=True, indent=2)
    if output is not None:
        write(output, document + "\n")
    if as_json:
        print_bytes(document)
    else:
        show_outcome(answers(), outcome, problem)
    raise typer.Exit(_exit_status(outcome))


def _solved(problem: "Problem", config: "Config", *, quiet: bool) -> "Outcome":
    from optimizer import solve as optimise
    from service.cli.interrupt import interruption
    from service.cli.progress import shown_progress

    with interruption() as stop, shown_progress(remarks(), stop=stop, quiet=quiet) as show:
        return optimise(problem, config, on_progress=show, should_stop=stop.is_set)


def _exit_status(outcome: "Outcome") -> int:
    match outcome.status:
        case "optimal" | "feasible":
            return 0
        case "infeasible":
            return INFEASIBLE
        case "no_plan_in_limit":
            return NO_PLAN_IN_LIMIT
        case "unbounded" | "solver_error":
            return ANYTHING_ELSE
