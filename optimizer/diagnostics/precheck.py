"""Errors that keep a problem from being solved, found before a job is accepted. No Pyomo, no solver."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from models.address import address_of, apply_overrides, problem_in_scenario
from models.config import Config
from models.errors import Finding, InvalidDocument, Issue, Location
from models.ids import ActivityId, MemberId, ResourceId, ScenarioId
from models.outcome import ProgramSize
from models.problem.incremental_read import reread
from models.problem.objective import NATURAL_SENSE
from models.problem.problem import Problem
from optimizer.data.endowments import greatest_endowments
from optimizer.data.index_sets import IndexSets

MAX_COLUMNS = 1_000_000
"""Limit on the columns of a program: six times the largest benchmark. A larger solve exceeds practical time limits."""

SHARED_FIELDS = ("scenarios", "criterion", "objectives")
"""Fields that apply to all scenarios together, so a scenario cannot override them."""


def effective_problem(problem: Problem, config: Config) -> Problem:
    """The problem to solve: with the overrides of `config`, and reduced to one scenario if `config` names one.

    Raises `InvalidDocument` if that problem cannot be solved.
    """
    changed = apply_overrides(problem, config.overrides) if config.overrides else problem
    issues = precheck(changed, config)
    if issues:
        raise InvalidDocument(issues)
    return changed if config.scenario is None else single_scenario_problem(changed, config.scenario)


def single_scenario_problem(problem: Problem, scenario: ScenarioId, **fields: Any) -> Problem:  # noqa: ANN401  (any JSON)
    """The problem with only `scenario`, at probability 1, and with `fields` of its document replaced.

    Read from the document again, because the overrides of the scenario apply to the document.
    """
    chosen = next(stated for stated in problem.document["scenarios"] if stated["id"] == scenario)
    return reread({**problem.document, "scenarios": [{**chosen, "probability": 1}], **fields}, problem)


def precheck(problem: Problem, config: Config) -> tuple[Issue, ...]:
    """All errors that keep the problem from being solved, with addresses in the document; empty if there are none."""
    issues = (*_problem_issues(problem), *_config_issues(problem, config))
    return issues or tuple(_scenario_issues(problem))


def _problem_issues(problem: Problem) -> Iterator[Issue]:
    return (_issue(finding, problem) for finding in _findings(problem))


def _scenario_issues(problem: Problem) -> Iterator[Issue]:
    """Errors in scenarios: each must be solvable and have the structure of the problem, since one plan serves all."""
    for number, scenario in enumerate(problem.scenarios):
        if not scenario.overrides:
            continue
        try:
            changed = problem_in_scenario(problem, scenario.id)
        except InvalidDocument as error:
            yield from error.issues
            continue
        where = f"scenarios/{scenario.id}/overrides"
        for issue in _problem_issues(changed):
            pointer = f"/scenarios/{number}/overrides"
            yield issue.model_copy(update={"address": f"{where}: {issue.address}", "pointer": pointer})
        overridden = [name for name in SHARED_FIELDS if getattr(changed, name) != getattr(problem, name)]
        if overridden:
            yield Issue(
                address=where,
                pointer=f"/scenarios/{number}/overrides",
                code="not_allowed",
                message=f"{', '.join(overridden)} cannot differ between scenarios",
                suggestion=f"change {', '.join(overridden)} in the problem itself",
            )
        if _structure(changed) != _structure(problem):
            yield Issue(
                address=where,
                pointer=f"/scenarios/{number}/overrides",
                code="scenario_structure",
                message=(
                    "a scenario may change numbers, positions, consent and rules, but not which members, partners, "
                    "theatres, drivers, activities, frameworks, resources and periods exist, which resources an "
                    "activity needs, or which frameworks it may run under"
                ),
                suggestion="put every record of any scenario into the problem, and let scenarios switch it off",
            )


def _structure(problem: Problem) -> tuple[object, ...]:
    """What all scenarios must share: the ids of all records, and the resources and frameworks of each activity."""
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
    """Estimated size of the program, without building it."""
    index = IndexSets(problems=(problem,))
    contributions, runs = len(index.contributions), len(index.runs)
    counted = len(index.given_by) if any(framework.rule.min_participants for framework in problem.frameworks) else 0
    pairs, cells = len(index.activity_periods), len(index.cells)
    compared = _compared_pairs(problem, index)
    copies = max(len(problem.scenarios), 1) if problem.criterion.recourse else 1
    efforts = contributions + runs + 2 * pairs + len(problem.members)
    return ProgramSize(
        columns=copies * efforts + runs + counted + max(len(problem.scenarios), 1) * cells + compared,
        rows=copies * (contributions // 2 + 2 * counted + 2 * runs + 4 * pairs + cells) + compared,
        nonzeros=copies * (5 * contributions + 6 * runs + 4 * counted + 4 * pairs) + 5 * compared,
        integers=runs + counted,
    )


def _compared_pairs(problem: Problem, index: IndexSets) -> int:
    """Number of pairs of members that pairwise divergence (C14) compares, over activities, frameworks and periods."""
    rule = problem.divergence
    if rule is None or rule.metric != "pairwise":
        return 0
    able = Counter((a, t) for c, a, t in index.given_by if MemberId(c) in problem.member)
    named = problem.activity if rule.activities is None else rule.activities
    return sum(n * (n - 1) // 2 * len(index.frameworks[a]) for (a, _), n in able.items() if a in named)


def _findings(problem: Problem) -> Iterator[Finding]:
    yield from _stakes(problem)
    yield from _least_levels(problem)
    yield from _senses(problem)
    yield from _comparisons(problem)
    columns = least_columns(problem)
    if columns <= MAX_COLUMNS < _most_columns(problem):
        columns = program_size(problem).columns
    if columns > MAX_COLUMNS:
        yield Finding(
            loc=("activities",),
            code="too_large",
            message=f"the program would have about {columns:,} columns; the limit is {MAX_COLUMNS:,}",
            suggestion="use fewer periods, or group members that no rule distinguishes",
        )


def least_columns(problem: Problem) -> int:
    """Lower bound on `program_size(problem).columns`: all but counted participants and compared pairs.

    Counts without listing anything that the program would have.
    """
    held = Counter((c, r) for c, r, _ in greatest_endowments(problem))
    total: Counter[ResourceId] = Counter()
    for (_, r), periods in held.items():
        total[r] += periods
    contributions = 0
    for activity in problem.activities:
        access = problem.theatre[activity.theatre].access
        for line in activity.need_lines:
            contributions += sum(total[r] if access is None else sum(held[c, r] for c in access) for r in line.from_)
    periods = len(problem.periods)
    runs = periods * sum(len(problem.frameworks_of(activity)) for activity in problem.activities)
    cells = periods * sum(map(len, problem.risk.values()))
    copies = max(len(problem.scenarios), 1) if problem.criterion.recourse else 1
    efforts = contributions + runs + 2 * periods * len(problem.activities) + len(problem.members)
    return copies * efforts + runs + max(len(problem.scenarios), 1) * cells


def _most_columns(problem: Problem) -> int:
    """Upper bound on `program_size(problem).columns`, as if every contributor could give every resource; fast."""
    periods, scenarios = len(problem.periods), max(len(problem.scenarios), 1)
    contributors, compared = len(problem.contributor), len(problem.member) ** 2 if problem.divergence is not None else 0
    runs = periods * sum(len(problem.frameworks_of(activity)) for activity in problem.activities)
    resources = sum(len(line.from_) for activity in problem.activities for line in activity.need_lines)
    given_by = contributors * periods * len(problem.activities)
    efforts = contributors * periods * resources + runs + 2 * periods * len(problem.activities) + len(problem.member)
    cells = periods * sum(map(len, problem.risk.values()))
    return scenarios * (efforts + cells) + runs + given_by + compared * runs


def _stakes(problem: Problem) -> Iterator[Finding]:
    """T1: a member that a rule counts needs a min_contribution above 0, or quorum and presence would be free."""
    lacking: dict[MemberId, str] = {}
    stakes = {member.id: member.min_contribution for member in problem.members}
    candidates = {i for i, stake in stakes.items() if isinstance(stake, dict) or stake == 0}
    for i, a, why in _counted(problem) if candidates else ():
        if i in candidates and problem.member[i].stake(a) == 0:
            lacking.setdefault(i, why)
    if lacking:
        first, why = next(iter(lacking.items()))
        names = ", ".join(lacking)
        yield Finding(
            loc=("members", list(problem.member).index(first), "min_contribution"),
            code="min_contribution_required",
            message=(f"{why}, but min_contribution is 0 for {names}: taking part would cost nothing"),
            given=0,
            allowed="a number above 0, in M EUR a period",
            suggestion=f"set defaults/members/min_contribution, or min_contribution of {names}",
        )


def _counted(problem: Problem) -> Iterator[tuple[MemberId, ActivityId, str]]:
    """Each member that a rule counts, the activity, and the rule in words."""
    for activity in problem.activities:
        for f in problem.frameworks_of(activity):
            rule = problem.framework[f].rule
            if rule.min_participants:
                why = f"{f} requires {rule.min_participants} participants in {activity.id}"
                yield from ((i, activity.id, why) for i in problem.member)
            yield from ((i, activity.id, f"{f} requires a lead nation in {activity.id}") for i in rule.lead_nations)
        for cascade in problem.cascades:
            if cascade.reference is None and (cascade.theatres is None or activity.theatre in cascade.theatres):
                yield cascade.pivot, activity.id, f"others follow {cascade.pivot} in {activity.theatre}"


def _least_levels(problem: Problem) -> Iterator[Finding]:
    """T14: an activity whose run alone satisfies a rule needs a min_level above 0."""
    for loc, a, why in _satisfied_by_running(problem):
        if problem.activity[a].min_level == 0:
            yield Finding(
                loc=loc,
                code="min_level_required",
                message=f"{a} {why}, but its min_level is 0: a run at level zero would be enough",
                given=a,
                suggestion=f"set activities/{a}/min_level above 0",
            )


def _satisfied_by_running(problem: Problem) -> Iterator[tuple[Location, ActivityId, str]]:
    """Rules that a run alone satisfies: a lock (C34), presence (C29), a synergy (C35); with address and words."""
    for n, lock in enumerate(problem.policy.run):
        yield ("policy", "run", n, "activity"), lock.activity, "must run"
    for n, activity in enumerate(problem.activities):
        for place, b in enumerate(activity.lead_time.presence_from if activity.lead_time is not None else ()):
            yield ("activities", n, "lead_time", "presence_from", place), b, f"counts as presence for {activity.id}"
    for n, synergy in enumerate(problem.synergies):
        for place, (a, other) in enumerate(zip(synergy.activities, reversed(synergy.activities), strict=True)):
            yield ("synergies", n, "activities", place), a, f"has a synergy with {other}"


def _senses(problem: Problem) -> Iterator[Finding]:
    """The program bounds every metric except cost from one side only, so the opposite sense would give false values."""
    for n, objective in enumerate(problem.objectives):
        natural = NATURAL_SENSE[objective.metric]
        if objective.metric != "cost" and objective.direction != natural:
            yield Finding(
                loc=("objectives", n, "sense"),
                code="not_allowed",
                message=f"the only sense of {objective.metric} is {natural}",
                given=objective.sense,
                allowed=[natural],
                suggestion="leave out sense",
            )


def _comparisons(problem: Problem) -> Iterator[Finding]:
    """C33: the objective change_from_baseline needs a baseline."""
    for n, objective in enumerate(problem.objectives):
        if objective.metric == "change_from_baseline" and problem.baseline is None:
            yield Finding(
                loc=("objectives", n, "metric"),
                code="baseline_required",
                message="change_from_baseline needs a baseline, but the problem has none",
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
            message="this version gives no explanations",
            given=list(config.explain),
            suggestion="leave out explain",
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
