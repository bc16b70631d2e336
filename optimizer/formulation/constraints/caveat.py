"""C37 caveat: a national caveat binds when the nation is there."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from models.problem.member import Caveat
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import Decisions


def forbids(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """The member, in every activity that its presence caps as a whole."""
    for i, caveat, _, a in _caveats(scenario):
        if caveat.scope == "activity" and any(_binds(scenario, caveat, a, t) for t in scenario.periods):
            yield ContributorId(i), a


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C37, per caveat (its place in the member's list names it), activity and period; only where it binds.

    own, one row per need line L: sum over r of rho[L,r] * eta[i] * x[i,a,r,t] <= sum over f of q[L] * m[f] * l[f] *
    y[a,f,t]  [unit of the line], l[f] the max_level under the frameworks it names, elsewhere the greatest level U.
    activity, one row per framework it names: e[a,f,t] <= U - (U - max_level) * present[i,a,t]  [level].
    """
    for i, caveat, number, a in _caveats(scenario):
        for t in scenario.periods:
            if (ContributorId(i), a, t) not in scenario.index.given_by or not _binds(scenario, caveat, a, t):
                continue
            if caveat.scope == "own":
                yield from _own(scenario, d, caveat, (i, number, a, t))
            else:
                yield from _whole(scenario, d, caveat, (i, number, a, t))


Place = tuple[MemberId, str, ActivityId, PeriodId]


def _own(scenario: ScenarioData, d: Decisions, caveat: Caveat, place: Place) -> Rows:
    i, number, a, t = place
    for n, line in enumerate(scenario.bounds.need_lines[a]):
        productivity = scenario.problem.member[i].productivity
        given = [
            (line.from_[key[2]] * productivity, d.contribution[key])
            for key in scenario.index.given_by[ContributorId(i), a, t]
            if key[2] in line.from_
        ]
        if given:
            levels = {f: _most(scenario, caveat, a, f, t) for f in scenario.index.frameworks[a]}
            taken = [(-scenario.bounds.units_needed(a, n, f, level), d.run[a, f, t]) for f, level in levels.items()]
            yield ("own", i, number, a, str(n), t), linear([*given, *taken]) <= 0


def _whole(scenario: ScenarioData, d: Decisions, caveat: Caveat, place: Place) -> Rows:
    i, number, a, t = place
    present = d.present[ContributorId(i), a, t]
    for f in scenario.index.frameworks[a]:
        greatest, most = scenario.bounds.level[a, f, t], _most(scenario, caveat, a, f, t)
        if most < greatest:
            lowered = (greatest - most) * present
            yield ("activity", i, number, a, f, t), d.level[a, f, t] + lowered <= greatest


def _caveats(scenario: ScenarioData) -> Iterator[tuple[MemberId, Caveat, str, ActivityId]]:
    """Each caveat with its number and the activities it speaks of."""
    for i, member in scenario.problem.member.items():
        for number, caveat in enumerate(member.caveats, start=1):
            for a, activity in scenario.problem.activity.items():
                if caveat.place in (a, activity.theatre):
                    yield i, caveat, str(number), a


def _most(scenario: ScenarioData, caveat: Caveat, a: ActivityId, f: FrameworkId, t: PeriodId) -> float:
    """The greatest level of a under f that the caveat allows."""
    greatest = scenario.bounds.level[a, f, t]
    named = caveat.frameworks is None or f in caveat.frameworks
    return min(caveat.max_level, greatest) if named else greatest


def _binds(scenario: ScenarioData, caveat: Caveat, a: ActivityId, t: PeriodId) -> bool:
    return any(_most(scenario, caveat, a, f, t) < scenario.bounds.level[a, f, t] for f in scenario.index.frameworks[a])


FAMILY = Family(
    number="C37",
    name="caveat",
    group="caveat",
    says="a national caveat binds when the nation is there",
    forbids=forbids,
    rows=rows,
)
