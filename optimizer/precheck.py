"""What the mathematics needs of a problem, answered before a job is accepted. No Pyomo, no solver."""

from collections.abc import Iterator

from models.address import address_of
from models.config import Config
from models.errors import Finding, Issue
from models.ids import ActivityId, MemberId
from models.outcome import ProgramSize
from models.problem.problem import Problem
from optimizer.indices import Indices
from optimizer.supported import unsupported

MAX_COLUMNS = 1_000_000
"""Columns of a program: six times the largest benchmark; beyond it one solve outlives any time limit people set."""


def precheck(problem: Problem, config: Config) -> tuple[Issue, ...]:
    """Everything that keeps the problem from being solved, with its address in the document; empty if it is sound."""
    findings = (*unsupported(problem), *_needs(problem))
    return (*(_issue(finding, problem) for finding in findings), *_config_issues(problem, config))


def program_size(problem: Problem) -> ProgramSize:
    """About how large the program will be, without building it."""
    index = Indices(problems=(problem,))
    contributions, runs = len(index.contributions), len(index.runs)
    counted = len(index.given_by) if any(framework.rule.min_participants for framework in problem.frameworks) else 0
    pairs, cells = len(index.activity_periods), len(index.cells)
    return ProgramSize(
        columns=contributions + 2 * runs + counted + 2 * pairs + cells + len(problem.members),
        rows=contributions // 2 + 2 * counted + 2 * runs + 4 * pairs + cells,
        nonzeros=5 * contributions + 6 * runs + 4 * counted + 4 * pairs,
        integers=runs + counted,
    )


def _needs(problem: Problem) -> Iterator[Finding]:
    yield from _stakes(problem)
    yield from _least_levels(problem)
    size = program_size(problem)
    if size.columns > MAX_COLUMNS:
        yield Finding(
            loc=("activities",),
            code="too_large",
            message=f"the program would have about {size.columns:,} columns; at most {MAX_COLUMNS:,} are solved",
            suggestion="fewer periods, or members grouped where no rule tells them apart",
        )


def _stakes(problem: Problem) -> Iterator[Finding]:
    """T1: who gives nothing must not count, or quorum and presence would be free."""
    wanting: dict[MemberId, str] = {}
    for i, a, why in _counted(problem):
        if problem.member[i].stake(a) == 0:
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
    for n, lock in enumerate(problem.policy.run):
        if problem.activity[lock.activity].min_level == 0:
            yield Finding(
                loc=("policy", "run", n, "activity"),
                code="min_level_required",
                message=f"{lock.activity} must run, but it has no min_level: running at level zero would do",
                given=lock.activity,
                suggestion=f"set activities/{lock.activity}/min_level above 0",
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
