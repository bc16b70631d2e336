"""C5 participation: taking part costs something before it counts."""

from collections.abc import Iterator

from optimizer.data.politics import has_access
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Limit, Rows
from optimizer.formulation.linear_expression import linear, total
from optimizer.formulation.variables import Decisions

TOKEN = 0.001
"""M EUR a period: from what on a partner without a stake counts; no rule counts a member without one (T1)."""


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C5, linked from one side: `counts` is bounded from below by the stake.

    runs, one row per counted contributor, activity and period: counts[i,a,t] <= sum over f of y[a,f,t].
    stake, one row each: sum over r of v[r] * x[i,a,r,t] >= min[i] * counts[i,a,t]  [M EUR]. A partner without a stake
    counts by anything worth 0.001 M EUR, a resource of unit cost 0 valued at 1.
    """
    index = scenario.index
    worth = {r: resource.unit_cost for r, resource in scenario.problem.resource.items()}
    token = {r: cost or 1.0 for r, cost in worth.items()}
    runs = {(a, t): total(d.run[a, f, t] for f in index.frameworks[a]) for a, t in index.activity_periods}
    for (i, a, t), counts in d.counts.items():
        yield ("runs", i, a, t), counts <= runs[a, t]
        stake = scenario.problem.contributor[i].stake(a)
        least, value = (stake, worth) if stake > 0 else (TOKEN, token)
        given = [(value[key[2]], d.contribution[key]) for key in index.given_by[i, a, t]]
        yield ("stake", i, a, t), linear([*given, (-least, counts)]) >= 0


def presence(scenario: ScenarioData, d: Decisions) -> Rows:
    """C5, linked from the other side: `present` bounds giving from above.

    present, one row per contribution where presence is forbidden to some: x[c,a,r,t] <= capmax * present[c,a,t].
    """
    for (c, a, t), present in d.present.items():
        for key in scenario.index.given_by[c, a, t]:
            yield ("present", *key), d.contribution[key] <= scenario.bounds.contribution[key] * present


def limits(scenario: ScenarioData, d: Decisions) -> Iterator[Limit]:
    """x[c,a,r,t] = 0 for a contributor without access to where a runs (it may have access in another scenario)."""
    if len(scenario.index.problems) == 1:
        return
    for key in scenario.index.contributions:
        if not has_access(scenario.problem, key[0], key[1]):
            yield Limit(index=key, variable=d.contribution[key], upper=0.0, says=f"{key[0]} has no access")


FAMILY = Family(
    number="C5",
    name="participation",
    group=None,
    says="taking part costs something before it counts",
    rows=rows,
    further_rows=presence,
    limits=limits,
)
