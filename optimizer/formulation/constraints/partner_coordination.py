"""C6 partner_coordination: harnessing a partner has a price, paid by the willing."""

from collections.abc import Iterator

from models.ids import ContributorId, PartnerId
from models.problem.member import CoordinationCost
from optimizer.data.payers import groups_to_relax
from optimizer.data.politics import political_capital
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Limit, Own, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """used[k,t], binary: partner k is harnessed in t; pay[i,k,r,t] in [0, F]: what member i pays for that [unit of r].

    The bound follows from the rows and is stated all the same: without it HiGHS 1.15.1 never comes back from presolving
    a small program whose members are just short of the price (reserve's tests have one).
    """
    partners = tuple((k, t) for k, _ in _with_a_price(scenario) for t in scenario.periods)
    pays: dict[Index, float] = {
        (i, k, price.resource, t): price.amount
        for k, price in _with_a_price(scenario)
        for i in scenario.problem.member
        for t in scenario.periods
    }
    yield Own(name="used", index=partners, scope="politics", kind="binary")
    yield Own(name="pay", index=tuple(pays), scope="effort", upper=pays)


def charge(scenario: ScenarioData, d: Decisions) -> None:
    """Writes what members pay into their means and their cost."""
    for (i, _, r, t), pay in d.own["pay"].items():
        d.ledgers.use[i, r, t].append((1.0, pay))  # type: ignore[index]
        d.ledgers.cost[i].append((scenario.problem.resource[r].unit_cost, pay))  # type: ignore[index]


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C6, for every partner with a coordination cost.

    used, one row per contribution: x[k,a,r,t] <= U * used[k,t]  [unit of r].
    paid, one row per partner and period: sum over members i of pay[i,k,r,t] = F[k,r] * used[k,t]  [unit of r].
    """
    prices = {ContributorId(k): price for k, price in _with_a_price(scenario)}
    used, pay = d.own["used"], d.own["pay"]
    for key in scenario.index.contributions:
        if key[0] in prices:
            yield ("used", *key), d.contribution[key] <= scenario.bounds.contribution[key] * used[key[0], key[3]]
    for k, price in prices.items():
        for t in scenario.periods:
            paid = [(1.0, pay[i, k, price.resource, t]) for i in scenario.problem.member]
            yield ("paid", k, t), linear([*paid, (-price.amount, used[k, t])]) == 0


def limits(scenario: ScenarioData, d: Decisions) -> Iterator[Limit]:
    """C6, pay[i,k,r,t] = 0 for a member that is willing nowhere, with all that could be conceded.

    Relaxing what closes its runs makes it willing. A partner never pays its own coordination (T11).
    """
    if not d.own["pay"]:
        return
    freeing = groups_to_relax(scenario.problem, political_capital(scenario.problem))
    for index, pay in d.own["pay"].items():
        sets = freeing[index[0]]  # type: ignore[index]
        if frozenset() not in sets:
            says = f"{index[0]} is willing nowhere and pays for no partner"
            yield Limit(index=index, variable=pay, upper=0.0, says=says, freed_by=sets)


def _with_a_price(scenario: ScenarioData) -> Iterator[tuple[PartnerId, CoordinationCost]]:
    for k, partner in scenario.problem.partner.items():
        if partner.coordination_cost is not None and partner.coordination_cost.amount > 0:
            yield k, partner.coordination_cost


FAMILY = Family(
    number="C6",
    name="partner_coordination",
    group=None,
    says="harnessing a partner has a price, paid by the willing",
    declare=declare,
    terms=charge,
    rows=rows,
    limits=limits,
)
