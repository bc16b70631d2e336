"""`concord evaluate FILE --plan PLAN`: a plan somebody already has, checked row by row and held against the best."""

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
from service.cli.documents import STANDARD_INPUT, called, read_document
from service.cli.error_output import INFEASIBLE, Refused, refusals
from service.cli.terminal import answers, print_bytes, remarks

if TYPE_CHECKING:
    from models.config import Config
    from models.evaluation import Evaluation
    from models.plan import Plan
    from models.problem.problem import Problem

PlanFile = Annotated[
    str,
    typer.Option(
        "--plan",
        metavar="PLAN",
        help="The plan, as JSON or YAML: a plan document, or an outcome that holds one; - reads standard input.",
        show_default=False,
    ),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", help="Print the evaluation document (concord.evaluation/1), and nothing else, on standard output."
    ),
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
    """Check a plan somebody already has, and say what it is worth.

    Shows which rows of the problem the plan breaks, by how much; every metric of the plan; and how far it is from the
    best, for which the problem is solved. Exit status 0 when the plan keeps to every row, 3 when it breaks one.
    """
    from models.reading import read_plan_of, read_problem
    from service.cli.show.evaluation import show_evaluation

    with refusals(source_of(config)):
        configured = configuration(config, changes=changes, relax=relax, mip_gap=gap, time_limit_s=time_limit)
    with refusals(called(plan)):
        if STANDARD_INPUT == file == plan:
            raise Refused("problem and plan cannot both come from standard input: name a file for one", "not_a_file")
        judged = read_plan_of(read_document(plan))
    with refusals(called(file)):
        problem = read_problem(read_document(file))
        evaluation = _evaluated(problem, judged, configured, quiet=as_json)
    if as_json:
        print_bytes(evaluation.model_dump_json(by_alias=True, indent=2))
    else:
        show_evaluation(answers(), evaluation, problem)
    raise typer.Exit(0 if evaluation.check.passed else INFEASIBLE)


def _evaluated(problem: "Problem", plan: "Plan", config: "Config", *, quiet: bool) -> "Evaluation":
    from optimizer.solving.evaluate import evaluate as judge
    from service.cli.interrupt import interruption
    from service.cli.progress import shown_progress

    with interruption() as stop, shown_progress(remarks(), stop=stop, quiet=quiet) as show:
        return judge(problem, plan, config, on_progress=show, should_stop=stop.is_set)
