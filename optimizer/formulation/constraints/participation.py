"""C5 participation: a contributor counts as taking part only if it gives at least its stake."""

from collections.abc import Iterator

from optimizer.data.politics import has_access
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit
from optimizer.formulation.giving import token
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C5, rows that bound `counts` by the stake; no row links it to `present`.

    runs, one row per counted contributor, activity and period: counts[i,a,t] <= sum over f of y[a,f,t].
    stake, one row each: sum over r of v[r] * x[i,a,r,t] >= min[i] * counts[i,a,t]  [M EUR]. A partner k without a stake
    counts from a ten-thousandth of its means on: sum over r of x[k,a,r,t] / token[k,r] >= counts[k,a,t]  [tokens].
    """
    index = scenario.index
    unit_cost = {r: resource.unit_cost for r, resource in scenario.problem.resource.items()}
    problem = scenario.problem
    without_stake = {i for i, a, _ in d.counts if problem.contributor[i].stake(a) == 0}
    tokens = {(c, r): token(scenario, c, r) for c in without_stake for r in problem.resource}
    runs = {(a, t): total(d.run[a, f, t] for f in index.frameworks[a]) for a, t in index.activity_periods}
    for (i, a, t), counts in d.counts.items():
        yield ("runs", i, a, t), counts <= runs[a, t]
        stake = scenario.problem.contributor[i].stake(a)
        keys = index.given_by[i, a, t]
        if stake > 0:
            contributed = [(unit_cost[key[2]], d.contribution[key]) for key in keys]
            yield ("stake", i, a, t), linear([*contributed, (-stake, counts)]) >= 0
        else:
            contributed = [(1 / tokens[i, key[2]], d.contribution[key]) for key in keys if tokens[i, key[2]] > 0]
            yield ("stake", i, a, t), linear([*contributed, (-1.0, counts)]) >= 0


def presence(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C5, rows that bound contributions by `present`.

    present, one row per contribution where a rule can forbid presence: x[c,a,r,t] <= capmax * present[c,a,t].
    """
    for (c, a, t), present in d.present.items():
        for key in scenario.index.given_by[c, a, t]:
            yield ("present", *key), d.contribution[key] <= scenario.bounds.contribution[key] * present


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C5, for every contributor without access to where a runs, if another scenario has it: x[c,a,r,t] = 0."""
    if len(scenario.index.problems) == 1:
        return
    for key in scenario.index.contributions:
        if not has_access(scenario.problem, key[0], key[1]):
            yield UpperLimit(index=key, variable=d.contribution[key], upper=0.0, says=f"{key[0]} has no access")


FAMILY = Family(
    number="C5",
    name="participation",
    group=None,
    says="a contributor counts as taking part only if it gives at least its stake",
    rows=rows,
    further_rows=presence,
    limits=limits,
)
