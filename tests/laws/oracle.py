"""The oracle: the optimum of a tiny problem by enumeration of every choice, with another solver for the rest.

It is written from the text of the model, and shares no code with the formulation or the independent check.
"""

from collections.abc import Collection, Mapping
from itertools import islice

from models.address import apply_overrides
from models.problem.objective import Objective
from models.problem.problem import Problem
from models.problem.scenario import Expected, Regret
from tests.laws import balance, rows
from tests.laws.choices import Choice, choices
from tests.laws.effects import Reach, ScenarioModel, effect_rows
from tests.laws.effort import Effort
from tests.laws.lp import Block, best
from tests.laws.metrics import metric
from tests.laws.world import ScenarioRules


class TooManyChoices(Exception):  # noqa: N818  (no error: a problem that is not tiny)
    """The problem has too many choices to enumerate."""


def optima(problem: Problem, relax: Collection[str] = (), *, most_choices: int) -> list[float] | None:
    """Return the value of each objective in the order of the list (no priorities), or None if there is no plan.

    Raises `TooManyChoices` if the problem has more than `most_choices` choices.
    """
    every = scenario_models(problem, frozenset(relax))
    recourse = problem.criterion.recourse and len(every) > 1
    tried = list(islice(choices([one.world for one in every], recourse=recourse), most_choices + 1))
    if len(tried) > most_choices:
        raise TooManyChoices
    bests = _bests(problem, most_choices)
    found = best([_block(problem, every, choice, bests) for choice in tried]) if tried else None
    if found is None:
        return None
    return [value * _sign(problem, objective) for value, objective in zip(found, problem.objectives, strict=True)]


def scenario_models(problem: Problem, relaxed: frozenset[str]) -> list[ScenarioModel]:
    if not problem.scenarios:
        return [ScenarioModel("base", 1.0, ScenarioRules(problem, relaxed), {}, {})]
    equal = 1 / len(problem.scenarios)
    return [
        ScenarioModel(
            one.id,
            equal if one.probability is None else one.probability,
            ScenarioRules(apply_overrides(problem, one.overrides) if one.overrides else problem, relaxed),
            dict(one.effect_multiplier),  # type: ignore[arg-type]
            dict(one.risk_multiplier),  # type: ignore[arg-type]
        )
        for one in problem.scenarios
    ]


def _bests(problem: Problem, most_choices: int) -> dict[str, float]:
    """Return the best risk reduction of each scenario alone, with nothing relaxed (T15)."""
    if not isinstance(problem.criterion, Regret):
        return {}
    alone = {
        "criterion": Expected(type="expected"),
        "objectives": (Objective(metric="risk_reduction"),),
    }
    found = {
        one.id: optima(
            problem.model_copy(update=alone | {"scenarios": (one.model_copy(update={"probability": 1.0}),)}),
            most_choices=most_choices,
        )
        for one in problem.scenarios
    }
    return {name: 0.0 if values is None else values[0] for name, values in found.items()}


def _sign(problem: Problem, objective: Objective) -> float:
    regretted = isinstance(problem.criterion, Regret) and objective.metric == "risk_reduction"
    return 1.0 if objective.direction == "maximize" and not regretted else -1.0


def _block(problem: Problem, every: list[ScenarioModel], choice: Choice, bests: Mapping[str, float]) -> Block:
    block, recourse = Block(), problem.criterion.recourse and len(every) > 1
    reaches = [
        Reach(scenario, Effort(scenario.name, scenario.world, choice, block, recourse=recourse)) for scenario in every
    ]
    if not recourse:
        _close_shared_amounts(reaches)
    for reach in reaches:
        rows.write(reach.effort)
        effect_rows(reach)
        reach.risk_rows()
        if "burden" not in reach.world.relaxed:
            balance.benefit(reach.effort, reach)
        if "policy" not in reach.world.relaxed:
            balance.coverage(reach.effort, reach)
    block.goals = [_sign(problem, one) * metric(one.metric, problem, reaches, bests) for one in problem.objectives]
    return block


def _close_shared_amounts(reaches: list[Reach]) -> None:
    """Without recourse, set an amount to 0 if any scenario does not allow it."""
    for kind in ("gifts", "pays"):
        amounts = [getattr(reach.effort, kind) for reach in reaches]
        for key in dict.fromkeys(key for one in amounts for key in one):
            somewhere = next(one[key] for one in amounts if key in one)
            if not all(key in one for one in amounts):
                reaches[0].block.equal(somewhere, 0.0)
