"""C11 cascade: when a pivotal member leaves or scales back, its followers do too."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, TheatreId
from models.problem.politics import Cascade
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import Relation, linear, minus
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import DecisionVariables


def counts(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """The pivot and every activity of the theatres of a cascade, unless a reference amount measures its presence."""
    for cascade in scenario.problem.cascades:
        if cascade.reference is None:
            pivot = ContributorId(cascade.pivot)
            yield from ((pivot, a) for h in _theatres(scenario, cascade) for a in _activities_in(scenario, h))


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """pivot_presence[p,h,t] in [0,1]: presence of pivot p in a theatre, 1 is full."""
    index = tuple(
        (cascade.pivot, h, t)
        for cascade in scenario.problem.cascades
        for h in _theatres(scenario, cascade)
        for t in scenario.periods
    )
    yield VariableSet(name="pivot_presence", index=index, scope="effect", upper=1.0)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C11, rows per cascade, theatre and period.

    pivot, one row: pivot_presence[p,h,t] <= sum over a in h of counts[p,a,t]; with a reference amount instead
    reference * pivot_presence[p,h,t] <= sum over a in h of v[r] * x[p,a,r,t]  [M EUR].
    follower, one row per follower j and resource: sum over a in h of x[j,a,r,t]
    <= (1 - phi) * (cap[j,r,t] + bought[j,r,t]) + phi * capmax[j,r,t] * pivot_presence[p,h,t]  [unit of r]. phi is the
    strength of the follower, capmax its endowment plus all that it could buy by then.
    """
    for cascade in scenario.problem.cascades:
        for h in _theatres(scenario, cascade):
            for t in scenario.periods:
                yield ("pivot", cascade.pivot, h, t), _pivot_row(scenario, d, cascade, h, t)
                yield from _follower_rows(scenario, d, cascade, h, t)


def _pivot_row(scenario: ScenarioData, d: DecisionVariables, cascade: Cascade, h: TheatreId, t: PeriodId) -> Relation:
    presence = d.own["pivot_presence"][cascade.pivot, h, t]
    activities = _activities_in(scenario, h)
    if cascade.reference is None:
        keys = ((ContributorId(cascade.pivot), a, t) for a in activities)
        return linear([(1.0, presence), *((-1.0, d.counts[key]) for key in keys if key in d.counts)]) <= 0
    contributions = [
        key for a in activities for key in scenario.index.given_by.get((ContributorId(cascade.pivot), a, t), ())
    ]
    return linear([(cascade.reference, presence), *minus(spend(scenario, d, contributions, lambda _: 1.0))]) <= 0


def _follower_rows(scenario: ScenarioData, d: DecisionVariables, cascade: Cascade, h: TheatreId, t: PeriodId) -> Rows:
    presence = d.own["pivot_presence"][cascade.pivot, h, t]
    for follower in cascade.followers:
        j, phi = follower.member, follower.strength
        by_resource: dict[ResourceId, list[Contribution]] = {}
        for a in _activities_in(scenario, h):
            for key in scenario.index.given_by.get((j, a, t), ()):
                by_resource.setdefault(key[2], []).append(key)
        for r, keys in by_resource.items():
            endowment = (j, r, t)
            bought = [(-(1 - phi) * units, n) for units, n in d.ledgers.bought.get(endowment, ()) if phi < 1]
            from_presence = (-phi * scenario.bounds.greatest_endowments.get(endowment, 0.0), presence)
            contributed = [(1.0, d.contribution[key]) for key in keys]
            cap = scenario.bounds.endowments.get(endowment, 0.0)
            yield (
                ("follower", cascade.pivot, j, h, r, t),
                linear([*contributed, from_presence, *bought]) <= (1 - phi) * cap,
            )


def _theatres(scenario: ScenarioData, cascade: Cascade) -> tuple[TheatreId, ...]:
    return tuple(scenario.problem.theatre) if cascade.theatres is None else cascade.theatres


def _activities_in(scenario: ScenarioData, h: TheatreId) -> tuple[ActivityId, ...]:
    return tuple(activity.id for activity in scenario.problem.activities if activity.theatre == h)


FAMILY = Family(
    number="C11",
    name="cascade",
    group="cascade",
    says="when a pivotal member leaves or scales back, its followers do too",
    counts=counts,
    declare=declare,
    rows=rows,
)
