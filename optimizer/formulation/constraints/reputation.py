"""C27 reputation: failure costs later access."""

from collections.abc import Iterator
from itertools import pairwise

from models.ids import ActivityId, PeriodId, TheatreId
from models.problem.activity import DayAfter
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Own, Rows
from optimizer.formulation.linear_expression import Relation, Term, linear, minus
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """shortfall[a,t] >= 0: levels that operation a's day after lacks; trust[h,t] >= 0, one period past the last."""
    short = tuple((a, t) for a, _, _ in _lossy(scenario) for t in scenario.periods[1:])
    trust: dict[Index, float] = {
        (h, t): scenario.problem.theatre[h].trust
        for h in dict.fromkeys(scenario.problem.activity[a].theatre for a, _, _ in _lossy(scenario))
        for t in (*scenario.periods, _past(scenario))
    }
    yield Own(name="shortfall", index=short, scope="effect")
    yield Own(name="trust", index=tuple(trust), scope="effect", upper=trust)


def forgive(scenario: ScenarioData, d: Decisions) -> None:
    """Writes -shortfall[a,t] into owed[follow_on,t]: it is not delivered, and trust pays."""
    for a, after, _ in _lossy(scenario):
        for t in scenario.periods[1:]:
            d.ledgers.owed[after.follow_on, t].append((-1.0, d.own["shortfall"][a, t]))


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C27, never relaxed.

    short, per operation with a trust_loss, and period: shortfall[a,t] <= ratio * sum over k, f of e[a,f,t-k]  [level].
    trust, per theatre with such an operation, and period: trust[h,t+1] <= trust[h,t] - sum of loss * shortfall[a,t].
    footprint, per theatre with a cap, and period: sum over a in h and f of footprint * e[a,f,t] <= cap * trust[h,t].
    """
    lossy = tuple(_lossy(scenario))
    for a, after, _ in lossy:
        for t in scenario.periods[1:]:
            owed = _owed(scenario, d, a, after, t)
            yield ("short", a, t), linear([(1.0, d.own["shortfall"][a, t]), *minus(owed)]) <= 0
    yield from _trust(scenario, d)
    for h, theatre in scenario.problem.theatre.items():
        if theatre.footprint_cap is not None:
            for t in scenario.periods:
                yield ("footprint", h, t), _footprint(scenario, d, h, t, theatre.footprint_cap)


def _trust(scenario: ScenarioData, d: Decisions) -> Rows:
    trust = d.own["trust"]
    for h in dict.fromkeys(key[0] for key in trust):
        for t, then in pairwise((*scenario.periods, _past(scenario))):
            lost = [
                (loss, d.own["shortfall"][a, t])
                for a, _, loss in _lossy(scenario)
                if scenario.problem.activity[a].theatre == h and (a, t) in d.own["shortfall"]
            ]
            yield ("trust", h, t), linear([(1.0, trust[h, then]), (-1.0, trust[h, t]), *lost]) <= 0


def _footprint(scenario: ScenarioData, d: Decisions, h: TheatreId, t: PeriodId, cap: float) -> Relation:
    left = [
        (activity.footprint, d.level[a, f, t])
        for a, activity in scenario.problem.activity.items()
        if activity.theatre == h and activity.footprint > 0
        for f in scenario.index.frameworks[a]
    ]
    if left and (h, t) in d.own["trust"]:
        return linear([*left, (-cap, d.own["trust"][h, t])]) <= 0
    return linear(left) <= cap * scenario.problem.theatre[h].trust


def _owed(scenario: ScenarioData, d: Decisions, a: ActivityId, after: DayAfter, t: PeriodId) -> list[Term]:
    earlier = (scenario.before(t, back) for back in range(1, after.periods + 1))
    return [
        (after.ratio, d.level[a, f, before])
        for before in earlier
        if before is not None
        for f in scenario.index.frameworks[a]
    ]


def _lossy(scenario: ScenarioData) -> Iterator[tuple[ActivityId, DayAfter, float]]:
    for a, activity in scenario.problem.activity.items():
        after = activity.day_after
        if after is not None and after.trust_loss is not None and after.ratio > 0:
            yield a, after, after.trust_loss


def _past(scenario: ScenarioData) -> str:
    """The period past the last: no id of a document looks like this."""
    return f"{scenario.periods[-1]}+1"


FAMILY = Family(
    number="C27",
    name="reputation",
    group=None,
    says="failure costs later access",
    declare=declare,
    terms=forgive,
    rows=rows,
)
