"""C11 cascade: when the pivot leaves or scales back, others follow."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, PeriodId, ResourceId, TheatreId
from models.problem.politics import Cascade
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Own, Rows
from optimizer.formulation.linear_expression import Relation, linear, minus
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import Decisions


def counts(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """The pivot, in every activity of the theatres where it is in or out."""
    for cascade in scenario.problem.cascades:
        if cascade.reference is None:
            pivot = ContributorId(cascade.pivot)
            yield from ((pivot, a) for h in _theatres(scenario, cascade) for a in _run_in(scenario, h))


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """there[p,h,t] in [0,1]: how far the pivot is present in a theatre."""
    index = tuple(
        (cascade.pivot, h, t)
        for cascade in scenario.problem.cascades
        for h in _theatres(scenario, cascade)
        for t in scenario.periods
    )
    yield Own(name="there", index=index, scope="effect", upper=1.0)


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C11, per cascade, theatre and period.

    pivot: there[p,h,t] <= sum over a in h of counts[p,a,t]; with a reference <= sum of v * x[p,a,r,t] / reference.
    follower, one row per follower j and resource: sum over a in h of x[j,a,r,t]
    <= (1 - phi) * (cap[j,r,t] + bought[j,r,t]) + phi * capmax[j,r,t] * there[p,h,t]  [unit of r].
    """
    for cascade in scenario.problem.cascades:
        for h in _theatres(scenario, cascade):
            for t in scenario.periods:
                yield ("pivot", cascade.pivot, h, t), _presence(scenario, d, cascade, h, t)
                yield from _followers(scenario, d, cascade, h, t)


def _presence(scenario: ScenarioData, d: Decisions, cascade: Cascade, h: TheatreId, t: PeriodId) -> Relation:
    there = d.own["there"][cascade.pivot, h, t]
    activities = _run_in(scenario, h)
    if cascade.reference is None:
        keys = ((ContributorId(cascade.pivot), a, t) for a in activities)
        return linear([(1.0, there), *((-1.0, d.counts[key]) for key in keys if key in d.counts)]) <= 0
    given = [key for a in activities for key in scenario.index.given_by.get((ContributorId(cascade.pivot), a, t), ())]
    return linear([(cascade.reference, there), *minus(spend(scenario, d, given, lambda _: 1.0))]) <= 0


def _followers(scenario: ScenarioData, d: Decisions, cascade: Cascade, h: TheatreId, t: PeriodId) -> Rows:
    there = d.own["there"][cascade.pivot, h, t]
    for follower in cascade.followers:
        j, phi = follower.member, follower.strength
        by_resource: dict[ResourceId, list[Contribution]] = {}
        for a in _run_in(scenario, h):
            for key in scenario.index.given_by.get((j, a, t), ()):
                by_resource.setdefault(key[2], []).append(key)
        for r, keys in by_resource.items():
            means = (j, r, t)
            bought = [(-(1 - phi) * units, n) for units, n in d.ledgers.bought.get(means, ()) if phi < 1]
            follows = (-phi * scenario.bounds.greatest_endowments.get(means, 0.0), there)
            given = [(1.0, d.contribution[key]) for key in keys]
            cap = scenario.bounds.endowments.get(means, 0.0)
            yield ("follower", cascade.pivot, j, h, r, t), linear([*given, follows, *bought]) <= (1 - phi) * cap


def _theatres(scenario: ScenarioData, cascade: Cascade) -> tuple[TheatreId, ...]:
    return tuple(scenario.problem.theatre) if cascade.theatres is None else cascade.theatres


def _run_in(scenario: ScenarioData, h: TheatreId) -> tuple[ActivityId, ...]:
    return tuple(activity.id for activity in scenario.problem.activities if activity.theatre == h)


FAMILY = Family(
    number="C11",
    name="cascade",
    group="cascade",
    says="when the pivot leaves or scales back, others follow",
    counts=counts,
    declare=declare,
    rows=rows,
)
