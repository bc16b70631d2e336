"""C7 concessions: diplomacy buys off objections (C7) and votes (C8) within a budget, once for all periods."""

from collections.abc import Iterator

from models.problem.framework import Consensus, Majority
from optimizer.data.politics import dissenters, objectors
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Index, Rows, UpperLimit, VariableSet
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """g[i,a,f] in [0, gap]: points of position conceded to member i so that it accepts activity a under f."""
    gaps = _gaps(scenario)
    yield VariableSet(name="g", index=tuple(gaps), scope="politics", upper=gaps)


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C7, one row for the budget: sum over i, a, f of g[i,a,f] <= budget  [points of position]."""
    if scenario.problem.concessions is not None:
        yield ("budget",), total(d.own["g"].values()) <= scenario.problem.concessions.budget


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C7, for every member, activity and framework: g[i,a,f] <= max_per_case, 0 in scenarios without concessions."""
    concessions = scenario.problem.concessions
    cap = 0.0 if concessions is None else concessions.max_per_case
    for index, conceded in d.own["g"].items():
        says = f"at most {cap:g} can be conceded to {index[0]} over {index[1]} under {index[2]}"
        yield UpperLimit(index=index, variable=conceded, upper=cap, says=says)


def _gaps(scenario: ScenarioData) -> dict[Index, float]:
    """(i, a, f) with the points that win member i over: until it no longer objects, or until it votes in favour."""
    if scenario.problem.concessions is None:
        return {}
    gaps: dict[Index, float] = {}
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            rule = scenario.problem.framework[f].rule
            if isinstance(rule, Consensus):
                gaps |= {(i, a, f): gap for i, gap in objectors(scenario.problem, a, f)}
            elif isinstance(rule, Majority):
                gaps |= {(i, a, f): gap for i, gap in dissenters(scenario.problem, a, f)}
    return gaps


FAMILY = Family(
    number="C7",
    name="concessions",
    group="decision",
    says="diplomacy can buy off objections within a budget",
    declare=declare,
    rows=rows,
    limits=limits,
)
