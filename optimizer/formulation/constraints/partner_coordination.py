"""C6 partner_coordination: a partner is harnessed at a price, which the willing members pay, and only if it gives."""

from collections.abc import Collection, Iterator, Mapping

from models.ids import ContributorId, PartnerId, PeriodId, ResourceId
from models.problem.member import CoordinationCost
from optimizer.data.payers import groups_to_relax
from optimizer.data.politics import political_capital
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, UpperLimit, VariableSet
from optimizer.formulation.giving import stakes_per_unit
from optimizer.formulation.linear_expression import Term, linear
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """used[k,t], binary: partner k is used in t; pay[i,k,r,t] in [0, F]: payment of member i for it  [unit of r].

    The bound F follows from the rows but is stated too. Without it HiGHS 1.15.1 never returns from the presolve of a
    small program whose members just cannot afford the price (see the tests of C31 reserve).
    """
    partner_periods = tuple((k, t) for k, _ in _with_coordination_cost(scenario) for t in scenario.periods)
    payments: dict[Index, float] = {
        (i, k, price.resource, t): price.amount
        for k, price in _with_coordination_cost(scenario)
        for i in scenario.problem.member
        for t in scenario.periods
    }
    yield VariableSet(name="used", index=partner_periods, scope="politics", kind="binary")
    yield VariableSet(name="pay", index=tuple(payments), scope="effort", upper=payments)


def charge(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Writes the payments pay[i,k,r,t] into the ledgers use[i,r,t] and cost[i]."""
    for (i, _, r, t), pay in d.own["pay"].items():
        d.ledgers.use[i, r, t].append((1.0, pay))  # type: ignore[index]
        d.ledgers.cost[i].append((scenario.problem.resource[r].unit_cost, pay))  # type: ignore[index]


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C6, for every partner k with a coordination cost F.

    used, one row per contribution: x[k,a,r,t] <= U * used[k,t]  [unit of r].
    all, one row per resource that several activities need, and period: sum over a of x[k,a,r,t] <= capmax[k,r,t] *
    used[k,t]  [unit of r]. It follows from C1 and C26, and brings `used` near 1 in the relaxation, where the rows of
    single contributions leave it low.
    paid, one row per partner and period: sum over members i of pay[i,k,r,t] = F[k,r] * used[k,t]  [unit of r].
    gives, one row per partner and period: sum over a and r of x[k,a,r,t], in stakes, >= used[k,t]  [stakes]. A partner
    without a stake in an activity gives tokens there: ten-thousandths of its means, as in C5.
    """
    prices = {ContributorId(k): price for k, price in _with_coordination_cost(scenario)}
    used, pay = d.own["used"], d.own["pay"]
    for key in scenario.index.contributions:
        if key[0] in prices:
            yield ("used", *key), d.contribution[key] <= scenario.bounds.contribution[key] * used[key[0], key[3]]
    yield from _all_used(scenario, d, prices)
    for k, price in prices.items():
        for t in scenario.periods:
            paid = [(1.0, pay[i, k, price.resource, t]) for i in scenario.problem.member]
            yield ("paid", k, t), linear([*paid, (-price.amount, used[k, t])]) == 0
    for (k, t), stakes in _given(scenario, d, prices).items():
        yield ("gives", k, t), linear([*stakes, (-1.0, used[k, t])]) >= 0


def _all_used(scenario: ScenarioData, d: DecisionVariables, partners: Collection[ContributorId]) -> Rows:
    given: dict[tuple[ContributorId, ResourceId, PeriodId], list[Term]] = {}
    for key in scenario.index.contributions:
        c, _, r, t = key
        if c in partners:
            given.setdefault((c, r, t), []).append((1.0, d.contribution[key]))
    for (k, r, t), terms in given.items():
        if len(terms) == 1:
            continue  # the row of that contribution says the same
        most = scenario.bounds.greatest_endowments.get((k, r, t), 0.0)
        yield ("all", k, r, t), linear([*terms, (-most, d.own["used"][k, t])]) <= 0


def _given(
    scenario: ScenarioData, d: DecisionVariables, partners: Collection[ContributorId]
) -> Mapping[tuple[ContributorId, PeriodId], list[Term]]:
    """What each of the partners gives in each period, in stakes."""
    given: dict[tuple[ContributorId, PeriodId], list[Term]] = {(k, t): [] for k in partners for t in scenario.periods}
    for key in scenario.index.contributions:
        if key[0] in partners:
            share = stakes_per_unit(scenario, key)
            if share > 0:
                given[key[0], key[3]].append((share, d.contribution[key]))
    return given


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C6, for every member that is willing nowhere, even with all concessions: pay[i,k,r,t] = 0.

    Relaxing the groups that close its activities makes it willing. A partner never pays its own coordination: `pay`
    exists for members only (T11).
    """
    if not d.own["pay"]:
        return
    opening_groups = groups_to_relax(scenario.problem, political_capital(scenario.problem))
    for index, pay in d.own["pay"].items():
        sets = opening_groups[index[0]]  # type: ignore[index]
        if frozenset() not in sets:
            says = f"{index[0]} is willing in no activity and pays for no partner"
            yield UpperLimit(index=index, variable=pay, upper=0.0, says=says, freed_by=sets)


def _with_coordination_cost(scenario: ScenarioData) -> Iterator[tuple[PartnerId, CoordinationCost]]:
    for k, partner in scenario.problem.partner.items():
        if partner.coordination_cost is not None and partner.coordination_cost.amount > 0:
            yield k, partner.coordination_cost


FAMILY = Family(
    number="C6",
    name="partner_coordination",
    group=None,
    says="working with a partner has a price, which the willing members pay, and only for a partner that gives",
    declare=declare,
    terms=charge,
    rows=rows,
    limits=limits,
)
