"""C14 divergence: a coalition too divided is not formed."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from optimizer.data.index_sets import ActivityPeriod
from optimizer.data.position_windows import position_windows
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Own, Rows
from optimizer.formulation.linear_expression import Variable, linear, minus
from optimizer.formulation.variables import Decisions

Counted = Literal["range", "total_deviation", "pairwise"]
Pair = tuple[MemberId, MemberId, ActivityId, FrameworkId, PeriodId]


def forbids(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Every member, where distances count who is there; everywhere if the least divergence is an objective.

    A range bounds what is given, without `present`; but with recourse who is there is decided for all scenarios.
    """
    metrics: tuple[Counted, ...] = ("total_deviation", "pairwise")
    counted = {a for metric in metrics for a, _, _ in _measured(scenario, metric)}
    if scenario.has_recourse:
        counted |= {a for a, _, _ in _measured(scenario, "range")}
    if any(objective.metric == "divergence" for objective in scenario.problem.objectives):
        counted = set(scenario.index.frameworks)
    yield from ((ContributorId(i), a) for a in sorted(counted) for i in scenario.problem.member)


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """The variables of each way to count.

    range: window[w,a,f,t], binary: those who give are among w, members close enough under f.
    total_deviation: apart[i,a,t] >= 0: how far i stands from centre[a,t]  [points].
    pairwise: both[i,j,a,f,t] in [0,1]: i and j are there, under f.
    """
    yield Own(name="window", index=tuple(_windows(scenario)), scope="politics", kind="binary")
    centres = [(a, t) for a, t, _ in _measured(scenario, "total_deviation")]
    low: dict[Index, float] = {(a, t): scenario.bounds.position_range[a][0] for a, t in centres}
    high: dict[Index, float] = {(a, t): scenario.bounds.position_range[a][1] for a, t in centres}
    yield Own(name="centre", index=tuple(low), scope="scenario", lower=low, upper=high)
    members = tuple((i, a, t) for a, t in centres for i in _could_give(scenario, a, t))
    yield Own(name="apart", index=members, scope="scenario")
    pairs = tuple(pair for a, t, _ in _measured(scenario, "pairwise") for pair, _ in _pairs(scenario, a, t))
    yield Own(name="both", index=pairs, scope="politics", upper=1.0)


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C14, for every activity it speaks of and period, over the members i, j that could give  [points of position].

    range, by the windows w of positions under each framework:
      window, one row per framework with several: sum over w of window[w,a,f,t] <= y[a,f,t];
      gives, one row per contribution: x[i,a,r,t] <= U * (sum over f and w with i of window[w,a,f,t])  [unit of r],
      where y[a,f,t] stands for the one window of a framework under which all are close enough;
      there, instead, with recourse, one row per member: present[i,a,t] <= the same sum.
    total_deviation, M from `bounds.distance_from_centre`:
      total: sum over i of apart[i,a,t] <= max;
      above, below, one row each per member:
      apart[i,a,t] >= +-(sum over f of pi[i,a,f] * y[a,f,t] - centre[a,t]) - M * (1 - present[i,a,t]).
    pairwise:
      pairs: sum over i < j and f of nu[i] * nu[j] * |pi[i,a,f] - pi[j,a,f]| * both[i,j,a,f,t] <= max  [points * votes];
      both, one row per pair and framework: both[i,j,a,f,t] >= present[i,a,t] + present[j,a,t] + y[a,f,t] - 2.
    """
    for a, t, most in _measured(scenario, "range"):
        yield from _range(scenario, d, (a, t), most)
    for a, t, most in _measured(scenario, "total_deviation"):
        yield from _total_deviation(scenario, d, (a, t), most)
    for a, t, most in _measured(scenario, "pairwise"):
        yield from _pairwise(scenario, d, (a, t), most)


def _range(scenario: ScenarioData, d: Decisions, where: ActivityPeriod, most: float) -> Rows:
    (a, t), members = where, _could_give(scenario, *where)
    allowed: list[tuple[frozenset[MemberId], Variable]] = []
    for f in scenario.index.frameworks[a]:
        run = d.run[a, f, t]
        groups = _groups(scenario, a, f, t, most)
        if len(groups) > 1:
            chosen = [(frozenset(group), d.own["window"][_name(group), a, f, t]) for group in groups]
            yield ("window", a, f, t), linear([*((1.0, window) for _, window in chosen), (-1.0, run)]) <= 0
            allowed += chosen
        else:
            allowed.append((frozenset(members), run))
    for i in members:
        if not all(i in group for group, _ in allowed):
            yield from _within(scenario, d, (i, a, t), [window for group, window in allowed if i in group])


def _within(
    scenario: ScenarioData, d: Decisions, who: tuple[MemberId, ActivityId, PeriodId], windows: list[Variable]
) -> Rows:
    i, a, t = who
    if scenario.has_recourse:
        present = d.present[ContributorId(i), a, t]
        yield ("there", i, a, t), linear([(1.0, present), *((-1.0, window) for window in windows)]) <= 0
        return
    # One row per member would be fewer, and lose what a tight cap does to the bound (docs/decisions/0009).
    for key in scenario.index.given_by[ContributorId(i), a, t]:
        most = scenario.bounds.contribution[key]
        yield ("gives", *key), linear([(1.0, d.contribution[key]), *((-most, window) for window in windows)]) <= 0


def _total_deviation(scenario: ScenarioData, d: Decisions, where: ActivityPeriod, most: float) -> Rows:
    (a, t), members = where, _could_give(scenario, *where)
    apart, centre = d.own["apart"], d.own["centre"]
    yield ("total", a, t), linear((1.0, apart[i, a, t]) for i in members) <= most
    for i in members:
        stands = [(scenario.problem.position(i, a, f), d.run[a, f, t]) for f in scenario.index.frameworks[a]]
        off = [*stands, (-1.0, centre[a, t])]
        above, below = scenario.bounds.distance_from_centre(i, a)
        present = d.present[ContributorId(i), a, t]
        yield ("above", i, a, t), linear([(-1.0, apart[i, a, t]), *off, (above, present)]) <= above
        yield ("below", i, a, t), linear([(-1.0, apart[i, a, t]), *minus(off), (below, present)]) <= below


def _pairwise(scenario: ScenarioData, d: Decisions, where: ActivityPeriod, most: float) -> Rows:
    (a, t), both, counted = where, d.own["both"], []
    for (i, j, _, f, _), distance in _pairs(scenario, a, t):
        counted.append((distance, both[i, j, a, f, t]))
        there = d.present[ContributorId(i), a, t] + d.present[ContributorId(j), a, t] + d.run[a, f, t]
        yield ("both", i, j, a, f, t), there - both[i, j, a, f, t] <= 2  # noqa: PLR2004  (one less than the three)
    yield ("pairs", a, t), linear(counted) <= most


def _measured(scenario: ScenarioData, metric: Counted) -> Iterator[tuple[ActivityId, PeriodId, float]]:
    """Where distances are capped in this way, and at how much."""
    rule = scenario.problem.divergence
    if rule is not None and rule.metric == metric:
        for a, t in scenario.index.activity_periods:
            if rule.activities is None or a in rule.activities:
                yield a, t, rule.max


def _windows(scenario: ScenarioData) -> Iterator[Index]:
    for a, t, most in _measured(scenario, "range"):
        for f in scenario.index.frameworks[a]:
            groups = _groups(scenario, a, f, t, most)
            if len(groups) > 1:
                yield from ((_name(group), a, f, t) for group in groups)


def _groups(
    scenario: ScenarioData, a: ActivityId, f: FrameworkId, t: PeriodId, most: float
) -> tuple[tuple[MemberId, ...], ...]:
    """The windows of positions on a under f, over the members that could give."""
    return position_windows({i: scenario.problem.position(i, a, f) for i in _could_give(scenario, a, t)}, most)


def _name(group: tuple[MemberId, ...]) -> str:
    return "+".join(group)


def _pairs(scenario: ScenarioData, a: ActivityId, t: PeriodId) -> Iterator[tuple[Pair, float]]:
    """(i, j, a, f, t) with the distance of i and j, by their votes; only who is apart at all."""
    member = scenario.problem.member
    for f in scenario.index.frameworks[a]:
        for i, j in combinations(_could_give(scenario, a, t), 2):
            apart = abs(scenario.problem.position(i, a, f) - scenario.problem.position(j, a, f))
            distance = member[i].votes * member[j].votes * apart
            if distance > 0:
                yield (i, j, a, f, t), distance


def _could_give(scenario: ScenarioData, a: ActivityId, t: PeriodId) -> tuple[MemberId, ...]:
    return tuple(i for i in scenario.problem.member if (ContributorId(i), a, t) in scenario.index.given_by)


FAMILY = Family(
    number="C14",
    name="divergence",
    group="divergence",
    says="a coalition too divided is not formed",
    forbids=forbids,
    declare=declare,
    rows=rows,
)
