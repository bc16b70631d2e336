"""Scenarios in which the same contribution would support different levels: without recourse, C2 excludes it.

Needs are equalities, so that waste does not satisfy floors and stakes. Without recourse, the same contributions must
support the same level in every scenario.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from models.address import apply_overrides
from models.errors import InvalidDocument
from models.ids import ActivityId, ContributorId, FrameworkId, PartnerId, ResourceId
from models.problem.address_tree import join
from models.problem.problem import Problem
from optimizer.data.titles import listed, title, titles
from optimizer.diagnostics.notice import Notice
from optimizer.diagnostics.unrunnable import ScenarioRules
from optimizer.tolerances import POSITION_ROUNDING

UNEQUAL_LEVELS = "the same contribution supports different levels in different scenarios"
SHARED = "decided once for all scenarios; set criterion/recourse to true to decide them per scenario"
Rates = dict[tuple[int, ContributorId, ResourceId], float]
"""(need line, c, r) -> levels that one unit of r from c supports."""


def scenario_conflicts(problem: Problem, scenarios: Sequence[ScenarioRules]) -> Iterator[Notice]:
    """A sentence for each activity or partner that differing scenarios rule out or limit."""
    yield from _activity_conflicts(problem, scenarios)
    yield from _partner_conflicts(problem, scenarios)


def _partner_conflicts(problem: Problem, scenarios: Sequence[ScenarioRules]) -> Iterator[Notice]:
    """C6: the payments for a partner must equal its price in every scenario."""
    for k in problem.partner:
        if len({price for rules in scenarios if (price := _price(rules.problem, k))}) > 1:
            causes = _causes(problem, lambda changed, k=k: _price(changed, k))  # type: ignore[misc]
            text = (
                f"nobody can pay for {title(problem.partner, k)}: its price differs between scenarios "
                f"({', '.join(causes)}), but payments are {SHARED}"
            )
            yield Notice(join(("partners", k)), text)


def _price(problem: Problem, k: PartnerId) -> float:
    cost = problem.partner[k].coordination_cost
    return 0.0 if cost is None else cost.amount


def _activity_conflicts(problem: Problem, scenarios: Sequence[ScenarioRules]) -> Iterator[Notice]:
    """C2: the contributions must support the same level in every scenario."""
    for a, activity in problem.activity.items():
        if len({repr(_rate_inputs(rules.problem, a)) for rules in scenarios}) == 1:
            continue
        frameworks = [f for f in problem.frameworks_of(activity) if _can_run(scenarios, a, f)]
        excluded = {f: _excluded_contributions(scenarios, a, f) for f in frameworks}
        impossible = [f for f in frameworks if excluded[f] is None]
        idle = {key: None for found in excluded.values() for key in found or ()}
        if not impossible and not idle:
            continue
        name = title(problem.activity, a)
        if len(impossible) == len(frameworks):
            conclusion = f"{name} cannot run"
        elif impossible:
            conclusion = f"{name} cannot run under {titles(problem.framework, impossible)}"
        else:
            nothing = [f"no {title(problem.resource, r)} from {title(problem.contributor, c)}" for c, r in idle]
            conclusion = f"{name} gets {listed(nothing)}"
        causes = _causes(problem, lambda changed, a=a: _rate_inputs(changed, a))  # type: ignore[misc]
        yield Notice(
            join(("activities", a)),
            f"{conclusion}: {UNEQUAL_LEVELS} ({', '.join(causes)}), but contributions are {SHARED}",
        )


def _can_run(scenarios: Sequence[ScenarioRules], a: ActivityId, f: FrameworkId) -> bool:
    """Whether, by facts, rules and endowments, a could run under f in some period in all scenarios."""
    return any(
        all(
            not rules.is_ruled_out(a, f, t)
            and all(rules.level(line, a, f, t) > 0 for line in rules.problem.activity[a].need_lines)
            for rules in scenarios
        )
        for t in scenarios[0].problem.periods
    )


def _excluded_contributions(
    scenarios: Sequence[ScenarioRules], a: ActivityId, f: FrameworkId
) -> set[tuple[ContributorId, ResourceId]] | None:
    """The (c, r) that must be 0 in a under f, because nothing offsets their differing rates; None if all must be 0.

    Between two scenarios, the sum of (rate - rate') * x over a need line is 0. If all nonzero differences have one
    sign, only contributions with equal rates can be above 0.
    """
    idle: set[tuple[ContributorId, ResourceId]] = set()
    rates = [_rates(rules, a, f) for rules in scenarios]
    common = [key for key in rates[0] if all(key in other for other in rates)]
    for line in {number for number, _, _ in common}:
        keys = [key for key in common if key[0] == line]
        for first, second in combinations(rates, 2):
            more = [key for key in keys if first[key] > second[key] * (1 + POSITION_ROUNDING)]
            less = [key for key in keys if second[key] > first[key] * (1 + POSITION_ROUNDING)]
            if bool(more) == bool(less):
                continue
            if len(more) + len(less) == len(keys):
                return None
            idle |= {(c, r) for _, c, r in (*more, *less)}
    return idle


def _rates(rules: ScenarioRules, a: ActivityId, f: FrameworkId) -> Rates:
    """C2: rate * productivity / (amount * cost multiplier), for each resource of a willing contributor."""
    problem = rules.problem
    multiplier = problem.framework[f].cost_multiplier
    return {
        (number, c, r): rate * contributor.productivity / (line.amount * multiplier)
        for number, line in enumerate(problem.activity[a].need_lines)
        for c, contributor in problem.contributor.items()
        for r, rate in line.from_.items()
        if any(rules.endowments.get((c, r, t), 0.0) > 0 and rules.can_give(c, a, f, t) for t in problem.periods)
    }


def _causes(problem: Problem, read: Callable[[Problem], object]) -> Iterator[str]:
    """The addresses of the scenario overrides that, each alone, change the value of `read`."""
    before = read(problem)
    for scenario in problem.scenarios:
        for address, value in scenario.overrides.items():
            try:
                changed = apply_overrides(problem, {address: value})
            except InvalidDocument:  # valid only together with other overrides
                continue
            if read(changed) != before:
                yield f"scenarios/{scenario.id}/overrides: {address}"


def _rate_inputs(problem: Problem, a: ActivityId) -> tuple[object, ...]:
    """All data that the rates of a depend on: two problems with equal values have equal rates."""
    activity = problem.activity[a]
    return (
        [(dict(line.from_), line.amount) for line in activity.need_lines],
        [problem.framework[f].cost_multiplier for f in problem.frameworks_of(activity)],
        [contributor.productivity for contributor in problem.contributor.values()],
    )
