"""How far a plan departs from the plan in force (C33)."""

from optimizer.data.baseline import baseline_plan, worth
from optimizer.outcome.figures.decided import Decided


def change_from_baseline(decided: Decided) -> float:
    """M EUR that are given differently, up or down; what is announced and cannot be given any longer counts."""
    problem = decided.problem
    if problem.baseline is None:
        return 0.0
    before = baseline_plan(problem, decided.scenario)
    every = dict.fromkeys([*before, *decided.given])
    return sum(worth(problem, key[2]) * abs(decided.given.get(key, 0.0) - before.get(key, 0.0)) for key in every)
