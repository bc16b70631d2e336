"""C25, one row per activity and period that runs: all futures share one politics.

Each future is its own problem: overrides first, multipliers after. Without recourse all is decided once; with it
amounts are each future's own, and who runs what, who counts and who is there is still decided once.
"""

from collections.abc import Collection, Iterator, Sequence

from models.address import apply_overrides
from models.config import Group
from models.ids import FrameworkId, ScenarioId
from models.plan import Plan
from models.problem.problem import Problem
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Decisions, Future, Running, Taking
from optimizer.check.reading import Politics
from optimizer.check.row import EXACT, Row
from optimizer.check.votes import won


def futures(problem: Problem) -> tuple[Future, ...]:
    """The futures of a problem, at least one; equal probabilities where none is given."""
    if not problem.scenarios:
        certain = Future(
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
        Future(
            id=one.id,
            criterion=problem.criterion,
            probability=equal if one.probability is None else one.probability,
            problem=_overridden(problem, one.overrides),
            effect_multiplier=one.effect_multiplier,
            risk_multiplier=one.risk_multiplier,
        )
        for one in problem.scenarios
    )


def _overridden(problem: Problem, overrides: dict[str, object]) -> Problem:
    return apply_overrides(problem, overrides) if overrides else problem


def read(problem: Problem, plan: Plan, relax: Collection[Group]) -> tuple[Facts, ...]:
    """A plan as it stands in each future."""
    decided = tuple(Decisions(future=future, plan=plan) for future in futures(problem))
    shared = politics(decided)
    return tuple(_facts(one, shared, frozenset(relax)) for one in decided)


def _facts(decided: Decisions, shared: Politics, relaxed: frozenset[Group]) -> Facts:
    facts = Facts(future=decided.future, plan=decided.plan, politics=shared, relaxed=relaxed)
    vars(facts).update(vars(decided) | vars(facts))  # what is indexed of the plan need not be indexed again
    return facts


def politics(decided: Sequence[Decisions]) -> Politics:
    """What all futures share: whoever counts does so in each, whoever gives anything in one is there, votes are won."""
    flag: dict[Running, FrameworkId] = {}
    for one in decided:
        for run in one.plan.activities:
            flag.setdefault((run.id, one.number_of[run.period]), run.framework)
    present = frozenset[Taking]().union(*(one.there for one in decided))
    return Politics(decided=decided, flag=flag, present=present, won=won(decided))


def rows(facts: Sequence[Facts]) -> Iterator[Row]:
    """C25, one row per run: the framework that runs an activity in a future is the one that runs it in all."""
    first = facts[0]
    for run in first.plan.activities:
        running = run.id, first.number_of[run.period]
        if first.flag[running] != run.framework and run.scenario is not None:
            yield Row(
                key=f"{run.id}/{run.period}/{run.scenario}",
                left=1.0,
                sense="=",
                right=0.0,
                sentence=f"{run.id} runs under {run.framework} here and under {first.flag[running]} in another future",
                tolerance=EXACT,
            )


def spoken_of(problem: Problem) -> frozenset[ScenarioId | None]:
    """The futures that amounts of a plan may speak of: each under recourse, else all at once."""
    if problem.scenarios and problem.criterion.recourse:
        return frozenset(one.id for one in problem.scenarios)
    return frozenset({None})
