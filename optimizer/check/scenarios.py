"""C25, one row per activity and period that runs: all scenarios share one politics.

Each scenario is its own problem: overrides first, multipliers after. Without recourse every decision is shared. With
recourse amounts differ by scenario; frameworks, participants and who counts are still shared.
"""

from collections.abc import Collection, Iterator, Sequence

from models.address import apply_overrides
from models.config import Group
from models.ids import FrameworkId, ScenarioId
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Participation, PlanIndex, Running, ScenarioProblem
from optimizer.check.plan_view import Politics
from optimizer.check.row import EXACT, RuleRow
from optimizer.check.votes import bought_votes


def scenario_problems(problem: Problem) -> tuple[ScenarioProblem, ...]:
    """Return the scenarios of a problem, at least one; probabilities default to equal ones."""
    if not problem.scenarios:
        certain = ScenarioProblem(
            id=None,
            criterion=problem.criterion,
            probability=1.0,
            problem=problem,
            effect_multiplier={},
            risk_multiplier={},
        )
        return (certain,)
    equal = 1 / len(problem.scenarios)
    return tuple(
        ScenarioProblem(
            id=scenario.id,
            criterion=problem.criterion,
            probability=equal if scenario.probability is None else scenario.probability,
            problem=_overridden(problem, scenario.overrides),
            effect_multiplier=scenario.effect_multiplier,
            risk_multiplier=scenario.risk_multiplier,
        )
        for scenario in problem.scenarios
    )


def _overridden(problem: Problem, overrides: dict[str, object]) -> Problem:
    return apply_overrides(problem, overrides) if overrides else problem


def read(problem: Problem, plan: Plan, relax: Collection[Group]) -> tuple[Facts, ...]:
    """Return the facts of a plan in each scenario."""
    indexes = tuple(PlanIndex(scenario=scenario, plan=plan) for scenario in scenario_problems(problem))
    shared = politics(indexes)
    return tuple(_facts(index, shared, frozenset(relax)) for index in indexes)


def _facts(index: PlanIndex, shared: Politics, relaxed: frozenset[Group]) -> Facts:
    facts = Facts(scenario=index.scenario, plan=index.plan, politics=shared, relaxed=relaxed)
    vars(facts).update(vars(index) | vars(facts))  # reuses the cached properties of the index
    return facts


def politics(indexes: Sequence[PlanIndex]) -> Politics:
    """Return the politics that all scenarios share.

    A contributor takes part if it gives anything in some scenario, and counts only if it counts in every scenario.
    """
    framework: dict[Running, FrameworkId] = {}
    for index in indexes:
        for run in index.plan.activities:
            framework.setdefault((run.id, index.period_index[run.period]), run.framework)
    participations = frozenset[Participation]().union(*(index.participations for index in indexes))
    return Politics(
        indexes=indexes, framework=framework, participations=participations, bought_votes=bought_votes(indexes)
    )


def rows(facts: Sequence[Facts]) -> Iterator[RuleRow]:
    """C25, rows per run of a scenario: its framework is that of all scenarios, and so is its level without recourse."""
    yield from _frameworks(facts)
    if len(facts) > 1 and not facts[0].scenario.criterion.recourse:
        yield from _levels(facts)


def _levels(facts: Sequence[Facts]) -> Iterator[RuleRow]:
    """Without recourse, one row per run and scenario: its level = the greatest of any scenario  [level].

    A run that the plan does not list for a scenario has level 0 there.
    """
    greatest = {running: max(view.level[running] for view in facts) for running in facts[0].framework}
    for view in facts:
        scenario = view.titles.scenario[view.scenario.id or ""]
        for (activity, t), level in greatest.items():
            own, period = view.level[activity, t], view.period(t)
            yield RuleRow(
                key=f"{activity}/{period}/level@{view.scenario.id}",
                left=own,
                sense="=",
                right=level,
                sentence=f"{view.titles.activity[activity]} runs in {period} at level {own:g} in scenario "
                f"{scenario}, but at {level:g} in another; without recourse "
                "levels are the same in all.",
                scale=view.least_size.level[activity],
            )


def _frameworks(facts: Sequence[Facts]) -> Iterator[RuleRow]:
    first, titles = facts[0], facts[0].titles
    for run in first.plan.activities:
        shared = first.framework[run.id, first.period_index[run.period]]
        if shared != run.framework and run.scenario is not None:
            yield RuleRow(
                key=f"{run.id}/{run.period}/{run.scenario}",
                left=1.0,
                sense="=",
                right=0.0,
                sentence=f"{titles.activity[run.id]} runs in {run.period} under {titles.framework[run.framework]} "
                f"in scenario {titles.scenario[run.scenario]}, but under {titles.framework[shared]} in another.",
                tolerance=EXACT,
            )


def entry_scenarios(problem: Problem) -> frozenset[ScenarioId | None]:
    """Return the scenarios that the entries of a plan may name: each under recourse, otherwise None for all at once."""
    if problem.scenarios and problem.criterion.recourse:
        return frozenset(scenario.id for scenario in problem.scenarios)
    return frozenset({None})


def run_scenarios(problem: Problem) -> frozenset[ScenarioId | None]:
    """Return the scenarios that the runs of a plan may name: each also without recourse, since figures may differ."""
    return entry_scenarios(problem) | {scenario.id for scenario in problem.scenarios}
