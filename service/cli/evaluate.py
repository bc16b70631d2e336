"""`concord evaluate FILE --plan PLAN`: checks an existing plan against every rule and compares it with the best."""

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
from service.cli.documents import STANDARD_INPUT, read_document, source_name
from service.cli.error_output import INFEASIBLE, Refused, exit_on_bad_input
from service.cli.terminal import error_console, output_console, print_document

if TYPE_CHECKING:
    from models.config import Config
    from models.evaluation import Evaluation
    from models.own_plan import OwnPlan
    from models.problem.problem import Problem

PlanFile = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="The plan, JSON or YAML: who gives what ({allocations: […]}), or an outcome with a plan in it; - reads "
        "standard input.",
        show_default=False,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print only the evaluation document (concord.evaluation/1) on standard output."),
]


def evaluate(
    file: ProblemFile,
    *,
    plan: PlanFile,
    changes: Changes = None,
    relax: Relaxed = None,
    config: ConfigFile = None,
    gap: Gap = None,
    time_limit: TimeLimit = None,
    as_json: AsJson = False,
) -> None:
    """Check an existing plan, and compare it with the best possible.

    Lists the rules that the plan breaks and by how much, and every metric of the plan. Also solves the problem, to show
    how far the plan is from the best possible. Exit status: 0 if the plan keeps all rules, 3 if it breaks one.
    """
    from models.reading import read_plan_of, read_problem
    from service.cli.show.evaluation import show_evaluation

    with exit_on_bad_input(source_of(config)):
        settings = configuration(config, changes=changes, relax=relax, mip_gap=gap, time_limit_s=time_limit)
    with exit_on_bad_input(source_name(plan)):
        if STANDARD_INPUT == file == plan:
            raise Refused(
                "problem and plan cannot both come from standard input; give a file name for one of them", "not_a_file"
            )
        document = read_document(plan)
    with exit_on_bad_input(source_name(file)):
        problem = read_problem(read_document(file))
    with exit_on_bad_input(source_name(plan)):
        examined = read_plan_of(document, problem.periods)
    with exit_on_bad_input(source_name(file)):
        evaluation = _evaluated(problem, examined, settings, quiet=as_json)
    if as_json:
        print_document(evaluation.model_dump_json(by_alias=True, indent=2))
    else:
        show_evaluation(output_console(), evaluation, problem)
    raise typer.Exit(0 if evaluation.check.passed else INFEASIBLE)


def _evaluated(problem: "Problem", plan: "OwnPlan", config: "Config", *, quiet: bool) -> "Evaluation":
    from optimizer.solving.evaluate import evaluate as evaluate_plan
    from service.cli.interrupt import stop_on_interrupt
    from service.cli.progress import progress_display

    with stop_on_interrupt() as stop, progress_display(error_console(), stop=stop, quiet=quiet) as show:
        return evaluate_plan(problem, plan, config, on_progress=show, should_stop=stop.is_set)
