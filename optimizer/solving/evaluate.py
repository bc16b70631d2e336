"""Evaluates a plan that exists already: checks its rows, computes its metrics, compares them with the bound."""

from models.config import Config
from models.evaluation import Evaluation
from models.own_plan import OwnPlan
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.outcome.evaluation import evaluate_plan
from optimizer.search.lexicographic import OnProgress
from optimizer.search.time_budget import ShouldStop
from optimizer.solving.solve import solve


def evaluate(
    problem: Problem,
    plan: OwnPlan | Plan,
    config: Config | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Evaluation:
    """The rows of `problem` that the plan violates, its metrics, and its gap to the best possible value.

    The bound is that of a solve under `config`; `on_progress` and `should_stop` are those of the solve. A plan of
    one's own (`models.reading.read_plan`) is completed first. Raises `InvalidDocument` if the problem cannot be solved
    as it stands, or if the plan leaves out periods that the problem does not determine.
    """
    config = config or Config()
    outcome = solve(problem, config, on_progress=on_progress, should_stop=should_stop)
    return evaluate_plan(problem, plan, config, outcome)
