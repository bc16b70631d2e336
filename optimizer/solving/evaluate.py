"""Evaluation: a plan somebody already has is checked row by row, scored, and held against the bound."""

from models.config import Config
from models.evaluation import Evaluation
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.outcome.evaluation import evaluate_plan
from optimizer.search.lexicographic import OnProgress, ShouldStop
from optimizer.solving.cold import solve


def evaluate(
    problem: Problem,
    plan: Plan,
    config: Config | None = None,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> Evaluation:
    """Which rows of `problem` the plan breaks, what it is worth by every metric, and how far from the best that is.

    The bound is that of a solve under `config`, which is told and stopped as any. Raises `InvalidDocument` if the
    problem cannot be solved as it stands.
    """
    config = config or Config()
    outcome = solve(problem, config, on_progress=on_progress, should_stop=should_stop)
    return evaluate_plan(problem, plan, config, outcome)
