"""Change of a plan from the plan in force (C33)."""

from optimizer.data.baseline import baseline_amounts, unit_cost
from optimizer.outcome.figures.scenario_decisions import ScenarioDecisions


def change_from_baseline(decisions: ScenarioDecisions) -> float:
    """Sum of absolute changes of contributions, in M EUR; includes baseline amounts that can no longer be given."""
    problem, now = decisions.problem, decisions.contributions
    if problem.baseline is None:
        return 0.0
    before = baseline_amounts(problem, decisions.scenario)
    keys = dict.fromkeys([*before, *now])
    return sum(unit_cost(problem, key[2]) * abs(now.get(key, 0.0) - before.get(key, 0.0)) for key in keys)
