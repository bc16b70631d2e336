"""Evaluation of a plan: the rows it violates, its metrics, and its gap to the bound of an outcome. No solver.

The bound comes from the outcome of an earlier solve.
"""

from collections.abc import Iterator, Mapping

from models.config import Config
from models.digest import problem_digest
from models.evaluation import Evaluation, Score
from models.ids import ScenarioId
from models.outcome import CheckReport, Outcome
from models.plan import Plan
from models.problem.objective import Metric, Objective
from models.problem.problem import Problem
from optimizer.check.check import check_apart
from optimizer.check.score import score
from optimizer.data.effective_objectives import effective_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.diagnostics.warnings import warnings
from optimizer.outcome.versions import VERSIONS
from optimizer.tolerances import ZERO_SHARE


def evaluate_plan(problem: Problem, plan: Plan, config: Config, outcome: Outcome | None) -> Evaluation:
    """Checks and scores `plan`. A plan that violates rows may score better than every plan that does not.

    Args:
        problem: The problem the plan is for.
        plan: The plan to evaluate.
        config: The configuration, with overrides and relaxed groups.
        outcome: The outcome of `problem` under `config`, for bounds; None if there is none yet.

    Raises:
        InvalidDocument: If the problem cannot be solved.
    """
    submitted = effective_problem(problem, config)
    report, figures = check_apart(submitted, plan, relax=config.relax)
    return Evaluation(
        schema_="concord.evaluation/1",
        problem_digest=problem_digest(problem),
        versions=VERSIONS,
        config=config,
        check=report,
        figures=figures,
        scores=() if _is_unreadable(report) else tuple(_scores(submitted, plan, config, outcome)),
        outcome_status=None if outcome is None else outcome.status,
        warnings=warnings(submitted, config.relax),
    )


def _is_unreadable(report: CheckReport) -> bool:
    """Whether the plan names records that the problem does not have; such a plan is not checked further or scored."""
    return any(violation.constraint == "plan" for violation in report.violations)


def _scores(problem: Problem, plan: Plan, config: Config, outcome: Outcome | None) -> Iterator[Score]:
    objectives = effective_objectives(problem)
    bests = _bests(outcome) if any(aim.metric == "max_regret" for aim in objectives) else {}
    values = score(problem, plan, relax=config.relax, best=bests)
    for metric in dict.fromkeys((*(aim.metric for aim in objectives), *values)):
        if metric in values:
            bound = _bound(metric, objectives, outcome)
            gap = None if bound is None else _relative_gap(metric, values[metric], objectives, bound)
            yield Score(metric=metric, value=values[metric], bound=bound, gap=gap)


def _bests(outcome: Outcome | None) -> Mapping[ScenarioId, float]:
    """z* of each scenario, from the outcome; the plan's own figures are not trusted."""
    if outcome is None or outcome.plan is None:
        return {}
    scenarios = outcome.plan.scenarios
    return {result.id: result.risk_reduction + result.regret for result in scenarios if result.regret is not None}


def _bound(metric: Metric, objectives: tuple[Objective, ...], outcome: Outcome | None) -> float | None:
    """The proven bound of a metric: for the only objective of the first priority; None for all others."""
    first = _first(objectives)
    if outcome is None or [metric] != [aim.metric for aim in first]:
        return None
    return next((result.bound for result in outcome.objectives if result.metric == metric), None)


def _first(objectives: tuple[Objective, ...]) -> list[Objective]:
    priority = min(aim.priority or 1 for aim in objectives)
    return [aim for aim in objectives if (aim.priority or 1) == priority]


def _relative_gap(metric: Metric, value: float, objectives: tuple[Objective, ...], bound: float) -> float:
    """The gap between value and bound, relative to the value as in an outcome; 0 if the value reaches the bound.

    Relative to the bound if the value is 0 beside it.
    """
    direction = next(aim.direction for aim in objectives if aim.metric == metric)
    gap = max(bound - value if direction == "maximize" else value - bound, 0.0)
    size = abs(value) if abs(value) > ZERO_SHARE * abs(bound) else abs(bound)
    return gap / size if size > 0 else 0.0
