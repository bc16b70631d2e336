"""C7 concessions: what diplomacy can buy, once for all periods, for C7 and C8."""

from collections.abc import Iterator

from models.problem.framework import Consensus, Majority
from optimizer.data.politics import dissenters, objectors
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Limit, Own, Rows
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """g[i,a,f] >= 0: points of position conceded to i so that it lets a run under f, never more than its gap."""
    gaps = _gaps(scenario)
    yield Own(name="g", index=tuple(gaps), scope="politics", upper=gaps)


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C7, one row for the budget: sum of g[i,a,f] <= budget  [points of position]."""
    if scenario.problem.concessions is not None:
        yield ("budget",), total(d.own["g"].values()) <= scenario.problem.concessions.budget


def limits(scenario: ScenarioData, d: Decisions) -> Iterator[Limit]:
    """C7, g[i,a,f] <= max_per_case for every case; nothing where nothing can be conceded (but in another scenario)."""
    concessions = scenario.problem.concessions
    most = 0.0 if concessions is None else concessions.max_per_case
    for index, conceded in d.own["g"].items():
        says = f"at most {most:g} can be conceded to {index[0]} over {index[1]} under {index[2]}"
        yield Limit(index=index, variable=conceded, upper=most, says=says)


def _gaps(scenario: ScenarioData) -> dict[Index, float]:
    """(i, a, f) with the points that win i over: up to where it no longer objects, or to where it votes for."""
    if scenario.problem.concessions is None:
        return {}
    found: dict[Index, float] = {}
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            rule = scenario.problem.framework[f].rule
            if isinstance(rule, Consensus):
                found |= {(i, a, f): gap for i, gap in objectors(scenario.problem, a, f)}
            elif isinstance(rule, Majority):
                found |= {(i, a, f): gap for i, gap in dissenters(scenario.problem, a, f)}
    return found


FAMILY = Family(
    number="C7",
    name="concessions",
    group="decision",
    says="what diplomacy can buy, and no more",
    declare=declare,
    rows=rows,
    limits=limits,
)
