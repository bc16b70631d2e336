"""C14 divergence: a coalition whose members' positions lie too far apart is not formed."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.position_windows import position_windows
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, VariableSet
from optimizer.formulation.linear_expression import Variable, linear, minus
from optimizer.formulation.variables import DecisionVariables

DistanceMetric = Literal["range", "total_deviation", "pairwise"]
Pair = tuple[MemberId, MemberId, ActivityId, FrameworkId, PeriodId]


def forbids(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Each member and activity where a distance counts the members present; all of them if divergence is an objective.

    A range bounds contributions directly and needs no `present`. With recourse it does, because presence is decided
    once for all scenarios.
    """
    metrics: tuple[DistanceMetric, ...] = ("total_deviation", "pairwise")
    counted = {a for metric in metrics for a, _, _ in _measured(scenario, metric)}
    if scenario.has_recourse:
        counted |= {a for a, _, _ in _measured(scenario, "range")}
    if any(objective.metric == "divergence" for objective in scenario.problem.objectives):
        counted = set(scenario.index.frameworks)
    yield from ((ContributorId(i), a) for a in sorted(counted) for i in scenario.problem.member)


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """The variables of each metric.

    range: window[w,a,f,t], binary: only members of window w, who are close enough under f, contribute.
    total_deviation: deviation[i,a,t] >= 0: distance of member i from centre[a,t]  [points of position].
    pairwise: both_present[i,j,a,f,t] in [0,1]: i and j are present and a runs under f.
    """
    yield VariableSet(name="window", index=tuple(_window_index(scenario)), scope="politics", kind="binary")
    centres = [(a, t) for a, t, _ in _measured(scenario, "total_deviation")]
    low: dict[Index, float] = {(a, t): scenario.bounds.position_range[a][0] for a, t in centres}
    high: dict[Index, float] = {(a, t): scenario.bounds.position_range[a][1] for a, t in centres}
    yield VariableSet(name="centre", index=tuple(low), scope="scenario", lower=low, upper=high)
    members = tuple((i, a, t) for a, t in centres for i in _possible_members(scenario, a, t))
    yield VariableSet(name="deviation", index=members, scope="scenario")
    pairs = tuple(pair for a, t, _ in _measured(scenario, "pairwise") for pair, _ in _pairs(scenario, a, t))
    yield VariableSet(name="both_present", index=pairs, scope="politics", upper=1.0)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C14, for every activity that the rule covers and period, over the members i, j that can contribute.

    range, by the windows w of positions under each framework, w a largest set of members within max of each other:
      window, one row per framework with several windows: sum over w of window[w,a,f,t] <= y[a,f,t];
      gives, one row per contribution: x[i,a,r,t] <= U * (sum over f and w with i of window[w,a,f,t])  [unit of r],
      where y[a,f,t] replaces the window of a framework under which all members are close enough;
      present, one row per member instead of `gives` with recourse: present[i,a,t] <= the same sum.
    total_deviation, M from `bounds.distance_from_centre`:
      total, one row: sum over i of deviation[i,a,t] <= max  [points of position];
      above, below, one row each per member:
      deviation[i,a,t] >= +-(sum over f of pi[i,a,f] * y[a,f,t] - centre[a,t]) - M * (1 - present[i,a,t]).
    pairwise:
      pairs, one row: sum over i < j and f of nu[i] * nu[j] * |pi[i,a,f] - pi[j,a,f]| * both_present[i,j,a,f,t] <= max
      [points * votes];
      both, one row per pair and framework: both_present[i,j,a,f,t] >= present[i,a,t] + present[j,a,t] + y[a,f,t] - 2.
    """
    for a, t, cap in _measured(scenario, "range"):
        yield from _range(scenario, d, (a, t), cap)
    for a, t, cap in _measured(scenario, "total_deviation"):
        yield from _total_deviation(scenario, d, (a, t), cap)
    for a, t, cap in _measured(scenario, "pairwise"):
        yield from _pairwise(scenario, d, (a, t), cap)


def _range(scenario: ScenarioData, d: DecisionVariables, key: ActivityPeriod, cap: float) -> Rows:
    (a, t), members = key, _possible_members(scenario, *key)
    allowed: list[tuple[frozenset[MemberId], Variable]] = []
    for f in scenario.index.frameworks[a]:
        run = d.run[a, f, t]
        groups = _windows_under(scenario, a, f, t, cap)
        if len(groups) > 1:
            chosen = [(frozenset(group), d.own["window"][_window_name(group), a, f, t]) for group in groups]
            yield ("window", a, f, t), linear([*((1.0, window) for _, window in chosen), (-1.0, run)]) <= 0
            allowed += chosen
        else:
            allowed.append((frozenset(members), run))
    for i in members:
        if not all(i in group for group, _ in allowed):
            yield from _window_rows(scenario, d, (i, a, t), [window for group, window in allowed if i in group])


def _window_rows(
    scenario: ScenarioData, d: DecisionVariables, key: tuple[MemberId, ActivityId, PeriodId], windows: list[Variable]
) -> Rows:
    i, a, t = key
    if scenario.has_recourse:
        present = d.present[ContributorId(i), a, t]
        yield ("present", i, a, t), linear([(1.0, present), *((-1.0, window) for window in windows)]) <= 0
        return
    # One row per contribution: one row per member gives a weaker bound where the cap is tight (docs/decisions/0009).
    for contribution in scenario.index.given_by[ContributorId(i), a, t]:
        most = scenario.bounds.contribution[contribution]
        given = d.contribution[contribution]
        yield ("gives", *contribution), linear([(1.0, given), *((-most, window) for window in windows)]) <= 0


def _total_deviation(scenario: ScenarioData, d: DecisionVariables, key: ActivityPeriod, cap: float) -> Rows:
    (a, t), members = key, _possible_members(scenario, *key)
    deviation, centre = d.own["deviation"], d.own["centre"]
    yield ("total", a, t), linear((1.0, deviation[i, a, t]) for i in members) <= cap
    for i in members:
        position = [(scenario.problem.position(i, a, f), d.run[a, f, t]) for f in scenario.index.frameworks[a]]
        offset = [*position, (-1.0, centre[a, t])]
        above, below = scenario.bounds.distance_from_centre(i, a)
        present = d.present[ContributorId(i), a, t]
        yield ("above", i, a, t), linear([(-1.0, deviation[i, a, t]), *offset, (above, present)]) <= above
        yield ("below", i, a, t), linear([(-1.0, deviation[i, a, t]), *minus(offset), (below, present)]) <= below


def _pairwise(scenario: ScenarioData, d: DecisionVariables, key: ActivityPeriod, cap: float) -> Rows:
    (a, t), both, weighted = key, d.own["both_present"], []
    for (i, j, _, f, _), distance in _pairs(scenario, a, t):
        weighted.append((distance, both[i, j, a, f, t]))
        joint_presence = d.present[ContributorId(i), a, t] + d.present[ContributorId(j), a, t] + d.run[a, f, t]
        yield ("both", i, j, a, f, t), joint_presence - both[i, j, a, f, t] <= 2  # noqa: PLR2004  (three binaries less 1)
    yield ("pairs", a, t), linear(weighted) <= cap


def _measured(scenario: ScenarioData, metric: DistanceMetric) -> Iterator[tuple[ActivityId, PeriodId, float]]:
    """The activities and periods whose distance this metric caps, with the cap."""
    rule = scenario.problem.divergence
    if rule is not None and rule.metric == metric:
        for a, t in scenario.index.activity_periods:
            if rule.activities is None or a in rule.activities:
                yield a, t, rule.max


def _window_index(scenario: ScenarioData) -> Iterator[Index]:
    for a, t, cap in _measured(scenario, "range"):
        for f in scenario.index.frameworks[a]:
            groups = _windows_under(scenario, a, f, t, cap)
            if len(groups) > 1:
                yield from ((_window_name(group), a, f, t) for group in groups)


def _windows_under(
    scenario: ScenarioData, a: ActivityId, f: FrameworkId, t: PeriodId, cap: float
) -> tuple[tuple[MemberId, ...], ...]:
    """The windows of positions on a under f, over the members that can contribute."""
    return position_windows({i: scenario.problem.position(i, a, f) for i in _possible_members(scenario, a, t)}, cap)


def _window_name(group: tuple[MemberId, ...]) -> str:
    return "+".join(group)


def _pairs(scenario: ScenarioData, a: ActivityId, t: PeriodId) -> Iterator[tuple[Pair, float]]:
    """(i, j, a, f, t) with the distance of i and j, weighted by votes, if it is above 0."""
    member = scenario.problem.member
    for f in scenario.index.frameworks[a]:
        for i, j in combinations(_possible_members(scenario, a, t), 2):
            distance = abs(scenario.problem.position(i, a, f) - scenario.problem.position(j, a, f))
            weighted = member[i].votes * member[j].votes * distance
            if weighted > 0:
                yield (i, j, a, f, t), weighted


def _possible_members(scenario: ScenarioData, a: ActivityId, t: PeriodId) -> tuple[MemberId, ...]:
    return tuple(i for i in scenario.problem.member if (ContributorId(i), a, t) in scenario.index.given_by)


FAMILY = Family(
    number="C14",
    name="divergence",
    group="divergence",
    says="a coalition whose positions lie too far apart is not formed",
    forbids=forbids,
    declare=declare,
    rows=rows,
)
