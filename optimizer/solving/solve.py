"""The front door: a problem and a configuration in, an outcome out."""

from collections.abc import Sequence

from models.config import Config
from models.outcome import Outcome
from models.own_plan import OwnPlan
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.formulation.families import FAMILIES
from optimizer.formulation.family import Family
from optimizer.search.lexicographic import OnProgress
from optimizer.search.time_budget import ShouldStop
from optimizer.solving.warm import WarmAnswer, WarmProblem


def solve(  # noqa: PLR0913  (callbacks)
    problem: Problem,
    config: Config | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    start: OwnPlan | Plan | None = None,
    families: Sequence[Family] = FAMILIES,
) -> Outcome:
    """The best plan for `problem` under `config` with its proof, or the reason why there is none.

    `on_progress` receives the progress of the solve several times a second. `should_stop` is asked as often; a solve
    that is stopped keeps its best plan. `start` is a plan of one's own: if it keeps the rules, the answer is never
    worse; if not, a warning says so and the search begins near it. `families` are the constraints of the program.
    Raises `InvalidDocument` if the problem, with the overrides of the configuration, cannot be solved as it stands.
    """
    config = config or Config()
    solving = WarmProblem(problem, config, families=families)
    last: WarmAnswer | None = None
    for answer in solving.answers(problem, config, on_progress=on_progress, should_stop=should_stop, start=start):
        last = answer
        if answer.stage == "whole":
            break  # before the program is prepared for another answer
    if last is None:
        raise RuntimeError("a solve that is not abandoned gives an answer")
    return last.outcome
