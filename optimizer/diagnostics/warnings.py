"""What a reader of an outcome should know: warnings about the problem, and what was assumed where it was silent."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from models.address import problem_in_scenario
from models.config import Group
from models.ids import ContributorId, ScenarioId
from models.problem.activity import Effect, LinearEffect
from models.problem.burden import Benefit, Gini, LexicographicMinimax, Minimax, Proportional
from models.problem.problem import Problem
from models.problem.scenario import Budgeted
from optimizer.data.payers import willing
from optimizer.diagnostics.cascade_fixpoints import largest, smallest
from optimizer.diagnostics.scenario_conflicts import scenario_conflicts
from optimizer.diagnostics.unrunnable import ScenarioRules, unrunnable_activities

NOTABLE = 0.001
"""Share of a pivot: what differs by less is not worth a warning."""


def warnings(
    problem: Problem, relax: Collection[Group] = (), futures: Sequence[Problem] | None = None
) -> tuple[str, ...]:
    """What is probably not meant, in every future or in some; groups in `relax` do not apply.

    `futures` are the problem as each scenario changes it, for whoever has them: making them takes time.
    """
    worlds = _worlds(problem, frozenset(relax), futures)
    recourse = problem.criterion.recourse and len(worlds) > 1
    together = dict(
        unrunnable_activities([replace(world, flags_only=True) for world in worlds] if recourse else worlds)
    )
    said: dict[str, list[ScenarioId | None]] = {}
    for world in worlds:
        alone = dict(unrunnable_activities([world])) if recourse else {}
        for text in (*_of_one(world.problem), *(text for a, text in alone.items() if a not in together)):
            said.setdefault(text, []).append(world.name)
    apart = () if recourse or len(worlds) == 1 else scenario_conflicts(problem, worlds)
    return (*(_located(text, names, len(worlds)) for text, names in said.items()), *together.values(), *apart)


def _worlds(problem: Problem, relax: frozenset[Group], futures: Sequence[Problem] | None) -> tuple[ScenarioRules, ...]:
    """The problem as each future knows it."""
    if not problem.scenarios:
        return (ScenarioRules(name=None, problem=problem, relax=relax),)
    if futures is None:
        futures = [problem_in_scenario(problem, one.id) if one.overrides else problem for one in problem.scenarios]
    return tuple(
        ScenarioRules(name=one.id, problem=changed, relax=relax)
        for one, changed in zip(problem.scenarios, futures, strict=True)
    )


def _of_one(problem: Problem) -> Iterator[str]:
    yield from _forced_payers(problem)
    yield from _out_of_reach(problem)
    yield from _circles(problem)


def _located(text: str, names: Sequence[ScenarioId | None], futures: int) -> str:
    return text if len(names) == futures else f"in {', '.join(str(name) for name in names)}: {text}"


def assumptions(problem: Problem) -> tuple[str, ...]:
    """What the model assumes that the document does not say."""
    return tuple(_assumed(problem))


def _forced_payers(problem: Problem) -> Iterator[str]:
    """T3: over all members, one that pays nothing forces everybody to pay nothing at any tolerance below 1.

    Under a Gini cap it forces them where the cap is below the share of those that pay nothing.
    """
    rule = problem.burden_sharing
    if not isinstance(rule, Proportional | Gini) or rule.over != "members":
        return
    payers = willing(problem)
    unwilling = [i for i in problem.member if i not in payers]
    if isinstance(rule, Proportional):
        forced, limit = rule.tolerance < 1, f"a tolerance of {rule.tolerance:g}"
    else:
        forced, limit = rule.max < len(unwilling) / len(problem.member), f"a Gini coefficient of at most {rule.max:g}"
    if unwilling and forced:
        yield (
            f"burden_sharing counts all members, and {', '.join(unwilling)} would pay for nothing: "
            f"at {limit} nobody may pay anything; use over: willing"
        )


def _out_of_reach(problem: Problem) -> Iterator[str]:
    """C17: a military task does not reach structural drivers, whatever it says it reduces."""
    for activity in problem.activities:
        if activity.task != "military":
            continue
        for h in activity.theatres_served:
            named = activity.reduces or dict.fromkeys(problem.risk[h], 1.0)
            lost = [d for d in problem.theatre[h].structural if d in named or f"{h}/{d}" in named]
            if lost:
                where = f"{', '.join(lost)} in {h}, which is structural"
                yield f"{activity.id} is a military task and does not reduce {where}"


def _circles(problem: Problem) -> Iterator[str]:
    """T2: pivots that follow each other stay in the program because the others stay; alone they might not."""
    followers = {follower.member for cascade in problem.cascades for follower in cascade.followers}
    if not any(ContributorId(cascade.pivot) in followers for cascade in problem.cascades):
        return
    said: dict[str, None] = {}
    for h in problem.theatre:
        for t in problem.periods:
            least, most = smallest(problem, h, t), largest(problem, h, t)
            apart = [p for p in most if most[p] - least[p] > NOTABLE]
            if apart:
                together, alone = (" and ".join(f"{there[p]:.0%} of {p}" for p in apart) for there in (most, least))
                said[
                    f"in {h} cascades run in a circle: a plan may count on {together}, "
                    f"because each stays while the others stay; of their own accord {alone} would come"
                ] = None
    yield from said


def _assumed(problem: Problem) -> Iterator[str]:
    if not problem.positions and not any(member.threat for member in problem.members):
        yield f"every member stands at {problem.default_position:g} on everything: no positions given"
    if problem.scenarios and all(scenario.probability is None for scenario in problem.scenarios):
        yield "scenario probabilities equal: none given"
    if problem.burden_sharing is None:
        yield "burdens are reported against ability to pay, but nothing binds them: no burden_sharing given"
    yield from _assumed_of_burdens(problem)
    if isinstance(problem.criterion, Budgeted) and any(
        _may_disappoint(activity.effect) for activity in problem.activities
    ):
        yield (
            "disappointments are charged even where a risk is removed to the last point and would absorb them (C24); "
            "scenarios are exact"
        )


def _may_disappoint(effect: Effect) -> bool:
    return isinstance(effect, LinearEffect) and bool(effect.deviation)


def _assumed_of_burdens(problem: Problem) -> Iterator[str]:
    rule = problem.burden_sharing
    named = any(objective.metric == "max_burden" for objective in problem.objectives)
    if isinstance(rule, Minimax | LexicographicMinimax) and not named:
        yield f"max_burden is minimised right after the first objective: burden_sharing is {rule.type}"
    unmapped = [i for i, member in problem.member.items() if member.threat is None]
    if isinstance(rule, Benefit) and unmapped:
        yield f"benefit does not bind {', '.join(unmapped)}: no threat assessment given"
