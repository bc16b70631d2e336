"""Warnings about a problem, and assumptions of the model where the document says nothing; in sentences."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from models.address import problem_in_scenario
from models.config import Group
from models.ids import ActivityId, ContributorId, MemberId
from models.problem.address_tree import join
from models.problem.burden import Benefit, LexicographicMinimax, Minimax
from models.problem.problem import Problem
from optimizer.data.titles import listed, title, titles
from optimizer.data.uncertainty import has_uncertain_effects
from optimizer.diagnostics.cascade_fixpoints import Presence, greatest_presence, least_presence
from optimizer.diagnostics.empty_plans import rules_for_nothing
from optimizer.diagnostics.notice import Notice
from optimizer.diagnostics.pivots_by_scenario import absent_pivots
from optimizer.diagnostics.plausibility import implausible_numbers
from optimizer.diagnostics.scenario_conflicts import scenario_conflicts
from optimizer.diagnostics.unrunnable import ScenarioRules, scenario_names, unrunnable_activities
from optimizer.tolerances import NOTABLE_SHARE


def warnings(
    problem: Problem, relax: Collection[Group] = (), scenario_problems: Sequence[Problem] | None = None
) -> tuple[str, ...]:
    """Probable mistakes in the problem, as sentences: see `notices`."""
    return tuple(notice.text for notice in notices(problem, relax, scenario_problems))


def notices(
    problem: Problem, relax: Collection[Group] = (), scenario_problems: Sequence[Problem] | None = None
) -> tuple[Notice, ...]:
    """Probable mistakes in the problem, in all scenarios or in those the sentence names, with their addresses.

    Args:
        problem: The problem to warn about.
        relax: Groups of constraints that do not apply.
        scenario_problems: The problem of each scenario, if the caller has them already; otherwise they are created.
    """
    scenarios = _scenario_rules(problem, frozenset(relax), scenario_problems)
    recourse = problem.criterion.recourse and len(scenarios) > 1
    together = dict(
        unrunnable_activities(
            [replace(rules, is_framework_only=True) for rules in scenarios] if recourse else scenarios
        )
    )
    scenarios_of: dict[Notice, list[str]] = {}
    for rules in scenarios:
        alone = dict(unrunnable_activities([rules])) if recourse else {}
        unrunnable = (_of_activity(a, text) for a, text in alone.items() if a not in together)
        for notice in (*_in_one_scenario(rules, {*together, *alone}), *unrunnable):
            scenarios_of.setdefault(notice, []).append(rules.name)
    conflicts = () if recourse or len(scenarios) == 1 else scenario_conflicts(problem, scenarios)
    located = (_located(notice, names, len(scenarios)) for notice, names in scenarios_of.items())
    return (*located, *(_of_activity(a, text) for a, text in together.items()), *conflicts)


def _of_activity(a: ActivityId, text: str) -> Notice:
    return Notice(join(("activities", a)), text)


def _scenario_rules(
    problem: Problem, relax: frozenset[Group], scenario_problems: Sequence[Problem] | None
) -> tuple[ScenarioRules, ...]:
    """The rules of each scenario, in the order of the document."""
    if not problem.scenarios:
        return (ScenarioRules(scenario=None, problem=problem, relax=relax),)
    if scenario_problems is None:
        scenario_problems = [
            problem_in_scenario(problem, scenario.id) if scenario.overrides else problem
            for scenario in problem.scenarios
        ]
    return tuple(
        ScenarioRules(scenario=scenario.id, problem=changed, relax=relax)
        for scenario, changed in zip(problem.scenarios, scenario_problems, strict=True)
    )


def _in_one_scenario(rules: ScenarioRules, cannot_run: Collection[ActivityId]) -> Iterator[Notice]:
    yield from rules_for_nothing(rules, cannot_run)
    yield from implausible_numbers(rules)
    yield from _out_of_reach(rules.problem)
    yield from _circles(rules.problem)


def _located(notice: Notice, names: Sequence[str], scenarios: int) -> Notice:
    is_everywhere = len(names) == scenarios
    return notice if is_everywhere else replace(notice, text=f"in {scenario_names(names)}: {notice.text}")


def assumptions(problem: Problem) -> tuple[str, ...]:
    """What the model assumes because the document does not say otherwise."""
    return tuple(_assumptions(problem))


def _out_of_reach(problem: Problem) -> Iterator[Notice]:
    """C17: a military task does not reach structural drivers, even if `reduces` names them."""
    for activity in problem.activities:
        if activity.task != "military":
            continue
        for h in activity.theatres_served:
            named = dict.fromkeys(problem.risk[h], 1.0) if activity.reduces is None else activity.reduces
            unreached = [d for d in problem.theatre[h].structural if d in named or f"{h}/{d}" in named]
            if unreached:
                drivers = f"{listed(unreached)} in {title(problem.theatre, h)}"
                verb = "is" if len(unreached) == 1 else "are"
                name = title(problem.activity, activity.id)
                yield Notice(
                    join(("activities", activity.id)),
                    f"{name} is a military task and does not reduce {drivers}, which {verb} structural",
                )


def _circles(problem: Problem) -> Iterator[Notice]:
    """T2: pivots that follow each other can stay in the program only because the others stay."""
    followers = {follower.member for cascade in problem.cascades for follower in cascade.followers}
    if not any(ContributorId(cascade.pivot) in followers for cascade in problem.cascades):
        return
    found: dict[str, None] = {}
    for h in problem.theatre:
        for t in problem.periods:
            least, greatest = least_presence(problem, h, t), greatest_presence(problem, h, t)
            pivots = [p for p in greatest if greatest[p] - least[p] > NOTABLE_SHARE]
            if pivots:
                found[
                    f"in {title(problem.theatre, h)} cascades form a circle: a plan may count on "
                    f"{_shares(problem, greatest, pivots)}, because each stays while the others stay; "
                    f"starting with none of them, only {_shares(problem, least, pivots)} would join"
                ] = None
    yield from (Notice("cascades", text) for text in found)


def _shares(problem: Problem, presence: Presence, pivots: Sequence[MemberId]) -> str:
    return " and ".join(f"{presence[p]:.0%} of {title(problem.member, p)}" for p in pivots)


def _assumptions(problem: Problem) -> Iterator[str]:
    if not problem.positions and not any(member.threat for member in problem.members):
        yield f"every member has position {problem.default_position:g} on every activity: no positions given"
    if problem.scenarios and all(scenario.probability is None for scenario in problem.scenarios):
        yield "scenario probabilities equal: none given"
    if problem.burden_sharing is None:
        yield "burdens are reported relative to ability to pay but not constrained: no burden_sharing given"
    yield from _burden_assumptions(problem)
    yield from absent_pivots(problem)
    if has_uncertain_effects(problem):
        yield (
            "the budgeted criterion charges every shortfall of an effect, even if a surplus effect would absorb it "
            "(C24); scenarios give the exact value"
        )


def _burden_assumptions(problem: Problem) -> Iterator[str]:
    rule = problem.burden_sharing
    named = any(objective.metric == "max_burden" for objective in problem.objectives)
    if isinstance(rule, Minimax | LexicographicMinimax) and not named:
        yield f"max_burden is minimised right after the first objective: burden_sharing is {rule.type}"
    unassessed = [i for i, member in problem.member.items() if member.threat is None]
    if isinstance(rule, Benefit) and unassessed:
        names = titles(problem.member, unassessed)
        yield f"burden sharing by benefit does not limit {names}: no threat assessment given"
