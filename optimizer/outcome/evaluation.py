"""A plan judged: which rows of a problem it breaks, what it is worth, how far that is from the best. No solver.

The best comes from the outcome of a solve, whoever made it.
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

ZERO = 1e-9
"""Values below this are zero to the solver's tolerance."""


def judge(problem: Problem, plan: Plan, config: Config, outcome: Outcome | None) -> Evaluation:
    """Check and score `plan`; `outcome` is that of `problem` under `config`, None where there is none yet.

    A plan that breaks rows may be worth more than any that does not. Raises `InvalidDocument` if the problem cannot be
    solved as it stands.
    """
    submitted = effective_problem(problem, config)
    verdict, figures = check_apart(submitted, plan, relax=config.relax)
    return Evaluation(
        schema_="concord.evaluation/1",
        problem_digest=problem_digest(problem),
        versions=VERSIONS,
        config=config,
        check=verdict,
        figures=figures,
        scores=() if _is_unreadable(verdict) else tuple(_scores(submitted, plan, config, outcome)),
        outcome_status=None if outcome is None else outcome.status,
        warnings=warnings(submitted, config.relax),
    )


def _is_unreadable(verdict: CheckReport) -> bool:
    """Whether the plan names what the problem does not know: it is judged no further, and has no worth."""
    return any(violation.constraint == "plan" for violation in verdict.violations)


def _scores(problem: Problem, plan: Plan, config: Config, outcome: Outcome | None) -> Iterator[Score]:
    sought = effective_objectives(problem)
    bests = _bests(outcome) if any(aim.metric == "max_regret" for aim in sought) else {}
    values = score(problem, plan, relax=config.relax, best=bests)
    for metric in dict.fromkeys((*(aim.metric for aim in sought), *values)):
        if metric in values:
            bound = _bound(metric, sought, outcome)
            gap = None if bound is None else _short(metric, values[metric], sought, bound)
            yield Score(metric=metric, value=values[metric], bound=bound, gap=gap)


def _bests(outcome: Outcome | None) -> Mapping[ScenarioId, float]:
    """What was possible in each scenario: as the outcome says, and not as the plan may."""
    if outcome is None or outcome.plan is None:
        return {}
    return {one.id: one.risk_reduction + one.regret for one in outcome.plan.scenarios if one.regret is not None}


def _bound(metric: Metric, sought: tuple[Objective, ...], outcome: Outcome | None) -> float | None:
    """What is proven of every plan: of the first objective, where no other shares its priority."""
    first = _first(sought)
    if outcome is None or [metric] != [aim.metric for aim in first]:
        return None
    return next((result.bound for result in outcome.objectives if result.metric == metric), None)


def _first(sought: tuple[Objective, ...]) -> list[Objective]:
    priority = min(aim.priority or 1 for aim in sought)
    return [aim for aim in sought if (aim.priority or 1) == priority]


def _short(metric: Metric, value: float, sought: tuple[Objective, ...], bound: float) -> float:
    """How far the value falls short, relative to itself as in an outcome; 0 where it does not."""
    direction = next(aim.direction for aim in sought if aim.metric == metric)
    short = max(bound - value if direction == "maximize" else value - bound, 0.0)
    return short / abs(value) if abs(value) > ZERO else short
