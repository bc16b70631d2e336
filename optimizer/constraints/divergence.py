"""C14 divergence: a coalition too divided is not formed."""

from collections.abc import Iterator
from itertools import combinations
from math import inf

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from models.problem.politics import Divergence
from optimizer.decisions import Decisions
from optimizer.expressions import Variable, linear, minus
from optimizer.family import Family, Index, Own, Rows
from optimizer.future import Future
from optimizer.windows import windows

Pair = tuple[MemberId, MemberId, ActivityId, FrameworkId, PeriodId]


def forbids(future: Future) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Every member, where distances count who is there; everywhere if the least divergence is an objective.

    A range bounds what is given, without `present`; but with recourse who is there is decided for all futures.
    """
    rule = future.problem.divergence
    wanted = any(objective.metric == "divergence" for objective in future.problem.objectives)
    needless = rule is None or (rule.metric == "range" and not future.has_recourse)
    counted = () if rule is None or needless else _activities(future, rule)
    for a in future.index.frameworks if wanted else counted:
        yield from ((ContributorId(i), a) for i in future.problem.member)


def declare(future: Future) -> Iterator[Own]:
    """The variables of each way to count.

    window[w,a,f,t], binary: those who give are among w, members close enough under f. apart[i,a,t] >= 0: how far i
    stands from centre[a,t]. both[i,j,a,f,t] in [0,1]: i and j are there, under f.
    """
    yield Own(name="window", index=tuple(_windows(future)), scope="politics", kind="binary")
    centres = tuple(_centres(future))
    low = {(a, t): future.bounds.positions[a][0] for a, t in centres}
    high = {(a, t): future.bounds.positions[a][1] for a, t in centres}
    yield Own(name="centre", index=centres, scope="future", lower=low, upper=high)  # type: ignore[arg-type]
    members = tuple((i, a, t) for a, t in centres for i in _could_give(future, a, t))
    yield Own(name="apart", index=members, scope="future")
    yield Own(name="both", index=tuple(index for index, _ in _pairs(future)), scope="politics", upper=1.0)


def rows(future: Future, d: Decisions) -> Rows:
    """C14, for every activity it speaks of and period, over the members that could give; M from `bounds.positions`.

    range: window, one row per framework: sum over w of window[w,a,f,t] <= y[a,f,t]; gives, one row per contribution:
    x[i,a,r,t] <= U * sum over f and windows w with i of window[w,a,f,t] (y where all are in one)  [unit of r]; with
    recourse there, one row per member: present[i,a,t] <= the same sum.
    total_deviation: total: sum over i of apart[i,a,t] <= max; above and below, one row per member:
    apart[i,a,t] >= +-(sum over f of pi[i,a,f] * y[a,f,t] - centre[a,t]) - M * (1 - present[i,a,t])  [points].
    pairwise: pairs: sum over i < j and f of nu[i] * nu[j] * |pi[i] - pi[j]| * both[i,j,a,f,t] <= max; both, one row per
    pair and framework: both[i,j,a,f,t] >= present[i,a,t] + present[j,a,t] + y[a,f,t] - 2  [points times votes].
    """
    rule = future.problem.divergence
    if rule is None:
        return
    for a in _activities(future, rule):
        for t in future.periods:
            if rule.metric == "range":
                yield from _range(future, d, a, t)
            elif rule.metric == "total_deviation":
                yield from _total_deviation(future, d, a, t, rule.max)
    if rule.metric == "pairwise":
        yield from _pairwise(future, d, rule.max)


def _range(future: Future, d: Decisions, a: ActivityId, t: PeriodId) -> Rows:
    window = d.own["window"]
    allowed: dict[FrameworkId, tuple[tuple[frozenset[MemberId], Variable], ...]] = {}
    members = _could_give(future, a, t)
    for f in future.index.frameworks[a]:
        groups = _groups(future, a, f, t)
        if len(groups) > 1:
            chosen = tuple((frozenset(group), window[_name(group), a, f, t]) for group in groups)
            yield ("window", a, f, t), linear([*((1.0, one) for _, one in chosen), (-1.0, d.run[a, f, t])]) <= 0
            allowed[f] = chosen
        else:
            allowed[f] = ((frozenset(members), d.run[a, f, t]),)
    for i in members:
        if all(i in group for chosen in allowed.values() for group, _ in chosen):
            continue
        within = [one for chosen in allowed.values() for group, one in chosen if i in group]
        if future.has_recourse:
            present = (1.0, d.present[ContributorId(i), a, t])
            yield ("there", i, a, t), linear([present, *((-1.0, one) for one in within)]) <= 0
            continue
        for key in future.index.given_by[ContributorId(i), a, t]:
            most = future.bounds.contribution[key]
            yield ("gives", *key), linear([(1.0, d.contribution[key]), *((-most, one) for one in within)]) <= 0


def _total_deviation(future: Future, d: Decisions, a: ActivityId, t: PeriodId, most: float) -> Rows:
    members = _could_give(future, a, t)
    apart, centre = d.own["apart"], d.own["centre"]
    yield ("total", a, t), linear((1.0, apart[i, a, t]) for i in members) <= most
    for i in members:
        stands = [(future.problem.position(i, a, f), d.run[a, f, t]) for f in future.index.frameworks[a]]
        off = [*stands, (-1.0, centre[a, t])]
        above, below = future.bounds.from_centre(i, a)
        present = d.present[ContributorId(i), a, t]
        yield ("above", i, a, t), linear([(-1.0, apart[i, a, t]), *off, (above, present)]) <= above
        yield ("below", i, a, t), linear([(-1.0, apart[i, a, t]), *minus(off), (below, present)]) <= below


def _pairwise(future: Future, d: Decisions, most: float) -> Rows:
    both = d.own["both"]
    counted: dict[tuple[ActivityId, PeriodId], list[tuple[float, Variable]]] = {}
    for (i, j, a, f, t), distance in _pairs(future):
        counted.setdefault((a, t), []).append((distance, both[i, j, a, f, t]))
        there = d.present[ContributorId(i), a, t] + d.present[ContributorId(j), a, t] + d.run[a, f, t]
        yield ("both", i, j, a, f, t), there - both[i, j, a, f, t] <= 2  # noqa: PLR2004
    for (a, t), distances in counted.items():
        yield ("pairs", a, t), linear(distances) <= most


def _windows(future: Future) -> Iterator[Index]:
    rule = future.problem.divergence
    if rule is None or rule.metric != "range":
        return
    for a in _activities(future, rule):
        for f in future.index.frameworks[a]:
            for t in future.periods:
                groups = _groups(future, a, f, t)
                if len(groups) > 1:
                    yield from ((_name(group), a, f, t) for group in groups)


def _groups(future: Future, a: ActivityId, f: FrameworkId, t: PeriodId) -> tuple[tuple[MemberId, ...], ...]:
    """The windows of positions on a under f, over the members that could give."""
    rule = future.problem.divergence
    stands = {i: future.problem.position(i, a, f) for i in _could_give(future, a, t)}
    return windows(stands, inf if rule is None else rule.max)


def _name(group: tuple[MemberId, ...]) -> str:
    return "+".join(group)


def _centres(future: Future) -> Iterator[tuple[ActivityId, PeriodId]]:
    rule = future.problem.divergence
    if rule is not None and rule.metric == "total_deviation":
        yield from ((a, t) for a in _activities(future, rule) for t in future.periods)


def _pairs(future: Future) -> Iterator[tuple[Pair, float]]:
    """(i, j, a, f, t) with the distance of i and j, by their votes; only who is apart at all."""
    rule = future.problem.divergence
    if rule is None or rule.metric != "pairwise":
        return
    member = future.problem.member
    for a in _activities(future, rule):
        for f in future.index.frameworks[a]:
            stands = {i: future.problem.position(i, a, f) for i in member}
            for t in future.periods:
                for i, j in combinations(_could_give(future, a, t), 2):
                    distance = member[i].votes * member[j].votes * abs(stands[i] - stands[j])
                    if distance > 0:
                        yield (i, j, a, f, t), distance


def _could_give(future: Future, a: ActivityId, t: PeriodId) -> tuple[MemberId, ...]:
    return tuple(i for i in future.problem.member if (ContributorId(i), a, t) in future.index.given_by)


def _activities(future: Future, rule: Divergence) -> tuple[ActivityId, ...]:
    return tuple(future.problem.activity) if rule.activities is None else rule.activities


FAMILY = Family(
    number="C14",
    name="divergence",
    group="divergence",
    says="a coalition too divided is not formed",
    forbids=forbids,
    declare=declare,
    rows=rows,
)
