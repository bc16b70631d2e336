"""What the mathematics needs of a problem, answered before a job is accepted. No Pyomo, no solver."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from models.address import address_of, apply_overrides, problem_in_scenario
from models.config import Config
from models.errors import Finding, InvalidDocument, Issue, Location
from models.ids import ActivityId, MemberId, ScenarioId
from models.outcome import ProgramSize
from models.problem.incremental_read import reread
from models.problem.objective import NATURAL_SENSE
from models.problem.problem import Problem
from optimizer.data.index_sets import IndexSets

MAX_COLUMNS = 1_000_000
"""Columns of a program: six times the largest benchmark; beyond it one solve outlives any time limit people set."""

JUDGING = ("scenarios", "criterion", "objectives")
"""Fields that say how the futures are weighed and judged: of the document, never of one of its futures."""


def effective_problem(problem: Problem, config: Config) -> Problem:
    """The problem that is really solved: the overrides of `config` put in, and one future alone if it names one.

    Raises `InvalidDocument` if that problem cannot be solved as it stands.
    """
    changed = apply_overrides(problem, config.overrides) if config.overrides else problem
    issues = precheck(changed, config)
    if issues:
        raise InvalidDocument(issues)
    return changed if config.scenario is None else single_scenario_problem(changed, config.scenario)


def single_scenario_problem(problem: Problem, scenario: ScenarioId, **fields: Any) -> Problem:  # noqa: ANN401  (any JSON)
    """The problem as if one of its scenarios were certain, with `fields` of its document replaced.

    Made from the document, which is what the overrides of the scenario are applied to.
    """
    chosen = next(one for one in problem.document["scenarios"] if one["id"] == scenario)
    return reread({**problem.document, "scenarios": [{**chosen, "probability": 1}], **fields}, problem)


def precheck(problem: Problem, config: Config) -> tuple[Issue, ...]:
    """Everything that keeps the problem from being solved, with its address in the document; empty if it is sound."""
    issues = (*_unsound(problem), *_config_issues(problem, config))
    return issues or tuple(_scenario_issues(problem))


def _unsound(problem: Problem) -> Iterator[Issue]:
    return (_issue(finding, problem) for finding in _needs(problem))


def _scenario_issues(problem: Problem) -> Iterator[Issue]:
    """Each future must be sound, and have the same structure: one plan is held against all of them."""
    for number, scenario in enumerate(problem.scenarios):
        if not scenario.overrides:
            continue
        try:
            changed = problem_in_scenario(problem, scenario.id)
        except InvalidDocument as error:
            yield from error.issues
            continue
        where = f"scenarios/{scenario.id}/overrides"
        for issue in _unsound(changed):
            pointer = f"/scenarios/{number}/overrides"
            yield issue.model_copy(update={"address": f"{where}: {issue.address}", "pointer": pointer})
        judged = [name for name in JUDGING if getattr(changed, name) != getattr(problem, name)]
        if judged:
            yield Issue(
                address=where,
                pointer=f"/scenarios/{number}/overrides",
                code="not_allowed",
                message=f"{', '.join(judged)} cannot differ from future to future: all are judged together",
                suggestion="change it in the problem itself",
            )
        if _structure(changed) != _structure(problem):
            yield Issue(
                address=where,
                pointer=f"/scenarios/{number}/overrides",
                code="scenario_structure",
                message=(
                    "a scenario may change numbers, positions, consent and rules, but not which members, partners, "
                    "theatres, drivers, activities, frameworks, resources and periods there are, nor which resources "
                    "an activity needs or which frameworks it may run under"
                ),
                suggestion="write what exists in any future into the problem, and let scenarios switch it off",
            )


def _structure(problem: Problem) -> tuple[object, ...]:
    return (
        problem.periods,
        *(tuple(named) for named in (problem.resource, problem.member, problem.partner, problem.framework)),
        tuple((h, tuple(drivers)) for h, drivers in problem.risk.items()),
        tuple(
            (activity.id, problem.frameworks_of(activity), tuple(tuple(line.from_) for line in activity.need_lines))
            for activity in problem.activities
        ),
    )


def program_size(problem: Problem) -> ProgramSize:
    """About how large the program will be, without building it."""
    index = IndexSets(problems=(problem,))
    contributions, runs = len(index.contributions), len(index.runs)
    counted = len(index.given_by) if any(framework.rule.min_participants for framework in problem.frameworks) else 0
    pairs, cells = len(index.activity_periods), len(index.cells)
    apart = _pairs_of_members(problem, index)
    copies = max(len(problem.scenarios), 1) if problem.criterion.recourse else 1
    efforts = contributions + runs + 2 * pairs + len(problem.members)
    return ProgramSize(
        columns=copies * efforts + runs + counted + max(len(problem.scenarios), 1) * cells + apart,
        rows=copies * (contributions // 2 + 2 * counted + 2 * runs + 4 * pairs + cells) + apart,
        nonzeros=copies * (5 * contributions + 6 * runs + 4 * counted + 4 * pairs) + 5 * apart,
        integers=runs + counted,
    )


def _pairs_of_members(problem: Problem, index: IndexSets) -> int:
    """How many pairs of members are compared, under each framework, where distances are counted by pairs (C14)."""
    rule = problem.divergence
    if rule is None or rule.metric != "pairwise":
        return 0
    there = Counter((a, t) for c, a, t in index.given_by if MemberId(c) in problem.member)
    named = problem.activity if rule.activities is None else rule.activities
    return sum(n * (n - 1) // 2 * len(index.frameworks[a]) for (a, _), n in there.items() if a in named)


def _needs(problem: Problem) -> Iterator[Finding]:
    yield from _stakes(problem)
    yield from _least_levels(problem)
    yield from _senses(problem)
    yield from _comparisons(problem)
    if _most_columns(problem) <= MAX_COLUMNS:
        return
    size = program_size(problem)
    if size.columns > MAX_COLUMNS:
        yield Finding(
            loc=("activities",),
            code="too_large",
            message=f"the program would have about {size.columns:,} columns; at most {MAX_COLUMNS:,} are solved",
            suggestion="fewer periods, or members grouped where no rule tells them apart",
        )


def _most_columns(problem: Problem) -> int:
    """What `program_size` counts at most, if everybody could give everything: quick, and enough for most problems."""
    periods, futures = len(problem.periods), max(len(problem.scenarios), 1)
    everybody, apart = len(problem.contributor), len(problem.member) ** 2 if problem.divergence is not None else 0
    runs = periods * sum(len(problem.frameworks_of(activity)) for activity in problem.activities)
    resources = sum(len(line.from_) for activity in problem.activities for line in activity.need_lines)
    given_by = everybody * periods * len(problem.activities)
    efforts = everybody * periods * resources + runs + 2 * periods * len(problem.activities) + len(problem.member)
    cells = periods * sum(map(len, problem.risk.values()))
    return futures * (efforts + cells) + runs + given_by + apart * runs


def _stakes(problem: Problem) -> Iterator[Finding]:
    """T1: who gives nothing must not count, or quorum and presence would be free."""
    wanting: dict[MemberId, str] = {}
    stakes = {member.id: member.min_contribution for member in problem.members}
    suspected = {i for i, stake in stakes.items() if isinstance(stake, dict) or stake == 0}
    for i, a, why in _counted(problem) if suspected else ():
        if i in suspected and problem.member[i].stake(a) == 0:
            wanting.setdefault(i, why)
    if wanting:
        first, why = next(iter(wanting.items()))
        names = ", ".join(wanting)
        yield Finding(
            loc=("members", list(problem.member).index(first), "min_contribution"),
            code="min_contribution_required",
            message=(
                f"{why}, but from which contribution on {names} counts as taking part is not said: "
                "with nothing at stake that would cost nothing"
            ),
            given=0,
            allowed="a number above 0, in M EUR a period",
            suggestion=f"set defaults/members/min_contribution, or min_contribution of {names}",
        )


def _counted(problem: Problem) -> Iterator[tuple[MemberId, ActivityId, str]]:
    """Who is counted by a rule, where, and by which."""
    for activity in problem.activities:
        for f in problem.frameworks_of(activity):
            rule = problem.framework[f].rule
            if rule.min_participants:
                why = f"{f} asks for {rule.min_participants} participants in {activity.id}"
                yield from ((i, activity.id, why) for i in problem.member)
            yield from ((i, activity.id, f"{f} asks for a lead nation in {activity.id}") for i in rule.lead_nations)
        for cascade in problem.cascades:
            if cascade.reference is None and (cascade.theatres is None or activity.theatre in cascade.theatres):
                yield cascade.pivot, activity.id, f"others follow {cascade.pivot} in {activity.theatre}"


def _least_levels(problem: Problem) -> Iterator[Finding]:
    """T14: where a run alone satisfies something, running at level zero must not be possible."""
    for loc, a, why in _satisfied_by_running(problem):
        if problem.activity[a].min_level == 0:
            yield Finding(
                loc=loc,
                code="min_level_required",
                message=f"{a} {why}, but it has no min_level: running at level zero would do",
                given=a,
                suggestion=f"set activities/{a}/min_level above 0",
            )


def _satisfied_by_running(problem: Problem) -> Iterator[tuple[Location, ActivityId, str]]:
    """Where it is enough that an activity runs: a lock (C34), presence (C29), a synergy (C35)."""
    for n, lock in enumerate(problem.policy.run):
        yield ("policy", "run", n, "activity"), lock.activity, "must run"
    for n, activity in enumerate(problem.activities):
        for place, b in enumerate(activity.lead_time.presence_from if activity.lead_time is not None else ()):
            yield ("activities", n, "lead_time", "presence_from", place), b, f"gives {activity.id} presence"
    for n, synergy in enumerate(problem.synergies):
        for place, (a, other) in enumerate(zip(synergy.activities, reversed(synergy.activities), strict=True)):
            yield ("synergies", n, "activities", place), a, f"wins more together with {other}"


def _senses(problem: Problem) -> Iterator[Finding]:
    """All metrics but cost are bounded from one side: sought the other way, the program would say what is not so."""
    for n, objective in enumerate(problem.objectives):
        natural = NATURAL_SENSE[objective.metric]
        if objective.metric != "cost" and objective.direction != natural:
            yield Finding(
                loc=("objectives", n, "sense"),
                code="not_allowed",
                message=f"{objective.metric} can be sought in one sense only: {natural}",
                given=objective.sense,
                allowed=[natural],
                suggestion="leave out the sense",
            )


def _comparisons(problem: Problem) -> Iterator[Finding]:
    """C33: change is change from something."""
    for n, objective in enumerate(problem.objectives):
        if objective.metric == "change_from_baseline" and problem.baseline is None:
            yield Finding(
                loc=("objectives", n, "metric"),
                code="baseline_required",
                message="change_from_baseline is wanted, but there is no baseline to change from",
                given=objective.metric,
                suggestion="give the plan in force as baseline/plan",
            )


def _config_issues(problem: Problem, config: Config) -> Iterator[Issue]:
    scenarios = [scenario.id for scenario in problem.scenarios]
    if config.scenario is not None and config.scenario not in scenarios:
        yield Issue(
            address="config/scenario",
            pointer="/config/scenario",
            code="unknown_reference",
            message=f"there is no scenario {config.scenario!r}",
            given=config.scenario,
            allowed=scenarios,
        )
    if config.explain:
        yield Issue(
            address="config/explain",
            pointer="/config/explain",
            code="not_supported_yet",
            message="this version cannot explain yet",
            given=list(config.explain),
            suggestion="leave it out",
        )


def _issue(finding: Finding, problem: Problem) -> Issue:
    address, pointer = address_of(problem.document, finding.loc)
    return Issue(
        address=address,
        pointer=pointer,
        code=finding.code,
        message=finding.message,
        given=finding.given,
        allowed=finding.allowed,
        suggestion=finding.suggestion,
    )
