"""The problems whose optima regret is measured against (C25, T15)."""

from typing import Any

from models.ids import ScenarioId
from models.problem.incremental_read import reread
from models.problem.problem import Problem
from optimizer.data.scenarios import SINGLE_SCENARIO
from optimizer.diagnostics.precheck import single_scenario_problem


def reference_problems(problem: Problem) -> dict[ScenarioId, Problem]:
    """Each scenario alone and certain, with its risk reduction as the only objective; empty unless regret counts.

    A problem without scenarios is its own reference. `problem` is an effective problem.
    """
    if problem.criterion.type != "regret":
        return {}
    fields: dict[str, Any] = {"criterion": {"type": "expected"}, "objectives": [{"metric": "risk_reduction"}]}
    if not problem.scenarios:
        return {SINGLE_SCENARIO: reread({**problem.document, **fields}, problem)}
    return {one.id: single_scenario_problem(problem, one.id, **fields) for one in problem.scenarios}
