"""Evaluation: a plan somebody already has is checked row by row, scored, and held against the bound."""

from collections.abc import Iterator

from models.address import apply_overrides
from models.config import Config
from models.digest import problem_digest
from models.errors import InvalidDocument
from models.evaluation import Evaluation, Score
from models.outcome import ObjectiveResult
from models.plan import Plan
from models.problem.objective import Metric
from models.problem.problem import Problem
from optimizer.aims import aims
from optimizer.check.check import check
from optimizer.check.score import score
from optimizer.levels import relative_gap
from optimizer.precheck import precheck
from optimizer.report import VERSIONS
from optimizer.solving import solve


def evaluate(problem: Problem, plan: Plan, config: Config | None = None) -> Evaluation:
    """Which rows of `problem` the plan breaks, what it is worth by every metric, and how far from the best that is.

    The bound is that of a solve under `config`; a plan that breaks rows may be worth more than any that does not.
    Raises `InvalidDocument` if the problem cannot be solved as it stands.
    """
    config = config or Config()
    changed = apply_overrides(problem, config.overrides) if config.overrides else problem
    issues = precheck(changed, config)
    if issues:
        raise InvalidDocument(issues)
    outcome = solve(problem, config)
    best = outcome.objectives[0] if outcome.objectives else None
    verdict = check(changed, plan, relax=config.relax)
    return Evaluation(
        schema_="concord.evaluation/1",
        problem_digest=problem_digest(problem),
        versions=VERSIONS,
        check=verdict,
        scores=tuple(_scores(changed, plan, config, best)),
        warnings=outcome.warnings,
    )


def _scores(problem: Problem, plan: Plan, config: Config, best: ObjectiveResult | None) -> Iterator[Score]:
    wanted = [aim.metric for aim in aims(problem)]
    values = score(problem, plan, relax=config.relax)
    for metric in dict.fromkeys((*wanted, *values)):
        if metric in values:
            bound = best.bound if best is not None and best.metric == metric else None
            yield _score(metric, values[metric], bound)


def _score(metric: Metric, value: float, bound: float | None) -> Score:
    gap = None if bound is None else relative_gap(value, bound) + relative_gap(bound, value)
    return Score(metric=metric, value=value, bound=bound, gap=gap)
