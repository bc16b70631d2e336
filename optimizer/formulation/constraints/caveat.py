"""C37 caveat: a national caveat limits an activity, or the member's part in it, when the member takes part."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, FrameworkId, MemberId, PeriodId
from models.problem.member import Caveat
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def forbids(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Each member and activity with a binding caveat of scope `activity`, which limits the whole activity."""
    for i, caveat, _, a in _caveats(scenario):
        if caveat.scope == "activity" and any(_binds(scenario, caveat, a, t) for t in scenario.periods):
            yield ContributorId(i), a


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C37, rows per caveat that binds, activity and period; a caveat is named by its number in the member's list.

    own, one row per need line L: sum over r of rho[L,r] * eta[i] * x[i,a,r,t] <= sum over f of q[L] * m[f] * l[f] *
    y[a,f,t]  [unit of the line]. l[f] is max_level under the frameworks that the caveat names, else the greatest level
    U.
    activity, one row per framework it names: e[a,f,t] <= U - (U - max_level) * present[i,a,t]  [level].
    """
    for i, caveat, number, a in _caveats(scenario):
        for t in scenario.periods:
            if (ContributorId(i), a, t) not in scenario.index.given_by or not _binds(scenario, caveat, a, t):
                continue
            if caveat.scope == "own":
                yield from _own_part(scenario, d, caveat, (i, number, a, t))
            else:
                yield from _whole_activity(scenario, d, caveat, (i, number, a, t))


CaveatKey = tuple[MemberId, str, ActivityId, PeriodId]


def _own_part(scenario: ScenarioData, d: DecisionVariables, caveat: Caveat, key: CaveatKey) -> Rows:
    i, number, a, t = key
    for n, line in enumerate(scenario.bounds.need_lines[a]):
        productivity = scenario.problem.member[i].productivity
        contributed = [
            (line.from_[r] * productivity, d.contribution[contribution])
            for contribution in scenario.index.given_by[ContributorId(i), a, t]
            if (r := contribution[2]) in line.from_
        ]
        if contributed:
            levels = {f: _allowed_level(scenario, caveat, a, f, t) for f in scenario.index.frameworks[a]}
            permitted = [(-scenario.bounds.units_needed(a, n, f, level), d.run[a, f, t]) for f, level in levels.items()]
            yield ("own", i, number, a, str(n), t), linear([*contributed, *permitted]) <= 0


def _whole_activity(scenario: ScenarioData, d: DecisionVariables, caveat: Caveat, key: CaveatKey) -> Rows:
    i, number, a, t = key
    present = d.present[ContributorId(i), a, t]
    for f in scenario.index.frameworks[a]:
        greatest, allowed = scenario.bounds.level[a, f, t], _allowed_level(scenario, caveat, a, f, t)
        if allowed < greatest:
            lowered = (greatest - allowed) * present
            yield ("activity", i, number, a, f, t), d.level[a, f, t] + lowered <= greatest


def _caveats(scenario: ScenarioData) -> Iterator[tuple[MemberId, Caveat, str, ActivityId]]:
    """Each caveat with its member, its number from 1 and every activity that it covers."""
    for i, member in scenario.problem.member.items():
        for number, caveat in enumerate(member.caveats, start=1):
            for a, activity in scenario.problem.activity.items():
                if caveat.place in (a, activity.theatre):
                    yield i, caveat, str(number), a


def _allowed_level(scenario: ScenarioData, caveat: Caveat, a: ActivityId, f: FrameworkId, t: PeriodId) -> float:
    """The greatest level of a under f that the caveat allows."""
    greatest = scenario.bounds.level[a, f, t]
    is_named = caveat.frameworks is None or f in caveat.frameworks
    return min(caveat.max_level, greatest) if is_named else greatest


def _binds(scenario: ScenarioData, caveat: Caveat, a: ActivityId, t: PeriodId) -> bool:
    return any(
        _allowed_level(scenario, caveat, a, f, t) < scenario.bounds.level[a, f, t] for f in scenario.index.frameworks[a]
    )


FAMILY = Family(
    number="C37",
    name="caveat",
    group="caveat",
    says="a national caveat limits what a member supports, or the whole activity while it takes part",
    forbids=forbids,
    rows=rows,
)
