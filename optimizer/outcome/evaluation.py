"""Evaluation of a plan: the rows it violates, its metrics, and its gap to the bound of an outcome. No solver.

The bound comes from the outcome of an earlier solve.
"""

from collections.abc import Iterator, Mapping

from models.config import Config
from models.digest import problem_digest
from models.evaluation import Evaluation, Score
from models.ids import ScenarioId
from models.outcome import CheckReport, ObjectiveResult, Outcome
from models.own_plan import OwnPlan
from models.plan import Plan
from models.problem.objective import Metric, Objective
from models.problem.problem import Problem
from optimizer.check.check import check_apart
from optimizer.check.score import score
from optimizer.data.effective_objectives import effective_objectives, first_objectives
from optimizer.diagnostics.precheck import effective_problem
from optimizer.diagnostics.warnings import warnings
from optimizer.outcome.own_plan import complete
from optimizer.outcome.versions import VERSIONS
from optimizer.tolerances import ZERO_SHARE


def evaluate_plan(problem: Problem, plan: OwnPlan | Plan, config: Config, outcome: Outcome | None) -> Evaluation:
    """Checks and scores `plan`. A plan that violates rows may score better than every plan that does not.

    Args:
        problem: The problem the plan is for.
        plan: The plan to evaluate; a plan of one's own is completed first, a whole plan is taken as it is.
        config: The configuration, with overrides and relaxed groups.
        outcome: The outcome of `problem` under `config`, for bounds; None if there is none yet.

    Raises:
        InvalidDocument: If the problem cannot be solved, or a record of the plan has no period where it needs one.
    """
    submitted = effective_problem(problem, config)
    bests = _bests(outcome)
    whole = plan if isinstance(plan, Plan) else complete(submitted, plan, config.relax, bests)
    report, figures = check_apart(submitted, whole, relax=config.relax, best=bests, best_gap=config.solver.mip_gap)
    return Evaluation(
        schema_="concord.evaluation/1",
        problem_digest=problem_digest(problem),
        versions=VERSIONS,
        config=config,
        plan=whole,
        check=report,
        figures=figures,
        scores=() if _is_unreadable(report) else tuple(_scores(submitted, whole, config, outcome)),
        outcome_status=None if outcome is None else outcome.status,
        infeasibility=None if outcome is None else outcome.infeasibility,
        warnings=(
            *warnings(submitted, config.relax),
            *_contradictions(report, outcome),
            *_unknown_regrets(submitted, whole, bests),
        ),
    )


def _contradictions(report: CheckReport, outcome: Outcome | None) -> Iterator[str]:
    """The warning that the plan keeps all rules of a problem that was found infeasible."""
    if report.passed and outcome is not None and outcome.status == "infeasible":
        yield "the solve found no plan possible, but this plan keeps all rules within the tolerances of the check"


def _unknown_regrets(problem: Problem, plan: Plan, bests: Mapping[ScenarioId, float]) -> Iterator[str]:
    """The warning that stated regrets were not recomputed; the only scenario has none, so there it always is."""
    if len(problem.scenarios) > 1:
        unknown = [one.id for one in plan.scenarios if one.regret is not None and one.id not in bests]
        if unknown:
            yield (
                f"the regret stated for {', '.join(unknown)} was not recomputed: "
                "the best value of the scenario alone is not known"
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
            result = _bounded(metric, objectives, outcome)
            bound, proven = (None, None) if result is None else (result.bound, result.proven)
            gap, proven_gap = (_relative_gap(metric, values[metric], objectives, one) for one in (bound, proven))
            yield Score(metric=metric, value=values[metric], bound=bound, proven=proven, gap=gap, proven_gap=proven_gap)


def _bests(outcome: Outcome | None) -> Mapping[ScenarioId, float]:
    """z* of each scenario, from the outcome; the plan's own figures are not trusted."""
    if outcome is None or outcome.plan is None:
        return {}
    scenarios = outcome.plan.scenarios
    return {result.id: result.risk_reduction + result.regret for result in scenarios if result.regret is not None}


def _bounded(metric: Metric, objectives: tuple[Objective, ...], outcome: Outcome | None) -> ObjectiveResult | None:
    """The result with the bounds of a metric: for the only objective of the first priority; None for all others."""
    if outcome is None or [metric] != [aim.metric for aim in first_objectives(objectives)]:
        return None
    return next((result for result in outcome.objectives if result.metric == metric), None)


def _relative_gap(metric: Metric, value: float, objectives: tuple[Objective, ...], bound: float | None) -> float | None:
    """The gap between value and bound, relative to the bound: how much the plan falls short of what it could be worth.

    Relative to the value if the bound is 0 beside it, 0 if the value reaches the bound, None without a bound.
    """
    if bound is None:
        return None
    direction = next(aim.direction for aim in objectives if aim.metric == metric)
    gap = max(bound - value if direction == "maximize" else value - bound, 0.0)
    size = abs(bound) if abs(bound) > ZERO_SHARE * abs(value) else abs(value)
    return gap / size if size > 0 else 0.0
