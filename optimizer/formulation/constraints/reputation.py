"""C27 reputation: failing to deliver the day after costs trust, and so later access."""

from collections.abc import Iterator
from itertools import pairwise

from models.ids import ActivityId, PeriodId, TheatreId
from models.problem.activity import DayAfter
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, VariableSet
from optimizer.formulation.linear_expression import Relation, Term, linear, minus
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """shortfall[a,t] >= 0, levels that operation a's day after lacks; trust[h,t] >= 0, to one period past the last."""
    short = tuple((a, t) for a, _, _ in _with_trust_loss(scenario) for t in scenario.periods[1:])
    trust: dict[Index, float] = {
        (h, t): scenario.problem.theatre[h].trust
        for h in dict.fromkeys(scenario.problem.activity[a].theatre for a, _, _ in _with_trust_loss(scenario))
        for t in (*scenario.periods, _period_after_last(scenario))
    }
    yield VariableSet(name="shortfall", index=short, scope="effect")
    yield VariableSet(name="trust", index=tuple(trust), scope="effect", upper=trust)


def forgive(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes -shortfall[a,t] into the ledger owed[follow_on,t]: it is not delivered and costs trust instead."""
    for a, duty, _ in _with_trust_loss(scenario):
        for t in scenario.periods[1:]:
            d.ledgers.owed[duty.follow_on, t].append((-1.0, d.own["shortfall"][a, t]))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C27, never relaxed.

    short, one row per operation with a trust_loss, and period:
    shortfall[a,t] <= ratio * sum over k, f of e[a,f,t-k]  [level].
    trust, one row per theatre with such an operation, and period:
    trust[h,t+1] <= trust[h,t] - sum over a in h of loss * shortfall[a,t].
    footprint, one row per theatre with a cap, and period:
    sum over a in h and f of footprint * e[a,f,t] <= cap * trust[h,t].
    """
    operations = tuple(_with_trust_loss(scenario))
    for a, duty, _ in operations:
        for t in scenario.periods[1:]:
            owed = _owed(scenario, d, a, duty, t)
            yield ("short", a, t), linear([(1.0, d.own["shortfall"][a, t]), *minus(owed)]) <= 0
    yield from _trust(scenario, d)
    for h, theatre in scenario.problem.theatre.items():
        if theatre.footprint_cap is not None:
            for t in scenario.periods:
                yield ("footprint", h, t), _footprint(scenario, d, h, t, theatre.footprint_cap)


def _trust(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    trust = d.own["trust"]
    for h in dict.fromkeys(key[0] for key in trust):
        for t, following in pairwise((*scenario.periods, _period_after_last(scenario))):
            lost = [
                (loss, d.own["shortfall"][a, t])
                for a, _, loss in _with_trust_loss(scenario)
                if scenario.problem.activity[a].theatre == h and (a, t) in d.own["shortfall"]
            ]
            yield ("trust", h, t), linear([(1.0, trust[h, following]), (-1.0, trust[h, t]), *lost]) <= 0


def _footprint(scenario: ScenarioData, d: DecisionVariables, h: TheatreId, t: PeriodId, cap: float) -> Relation:
    footprint = [
        (activity.footprint, d.level[a, f, t])
        for a, activity in scenario.problem.activity.items()
        if activity.theatre == h and activity.footprint > 0
        for f in scenario.index.frameworks[a]
    ]
    if footprint and (h, t) in d.own["trust"]:
        return linear([*footprint, (-cap, d.own["trust"][h, t])]) <= 0
    return linear(footprint) <= cap * scenario.problem.theatre[h].trust


def _owed(scenario: ScenarioData, d: DecisionVariables, a: ActivityId, duty: DayAfter, t: PeriodId) -> list[Term]:
    earlier = (scenario.before(t, lag) for lag in range(1, duty.periods + 1))
    return [
        (duty.ratio, d.level[a, f, period])
        for period in earlier
        if period is not None
        for f in scenario.index.frameworks[a]
    ]


def _with_trust_loss(scenario: ScenarioData) -> Iterator[tuple[ActivityId, DayAfter, float]]:
    for a, activity in scenario.problem.activity.items():
        duty = activity.day_after
        if duty is not None and duty.trust_loss is not None and duty.ratio > 0:
            yield a, duty, duty.trust_loss


def _period_after_last(scenario: ScenarioData) -> str:
    """Name of the period after the last, which cannot be an id of a document because of the plus sign."""
    return f"{scenario.periods[-1]}+1"


FAMILY = Family(
    number="C27",
    name="reputation",
    group=None,
    says="failing to deliver the day after costs later access",
    declare=declare,
    terms=forgive,
    rows=rows,
)
