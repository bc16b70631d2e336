"""C8 majority: a vote needs its quota, and an abstention counts against."""

from collections.abc import Iterator

from models.ids import ActivityId, FrameworkId
from models.problem.framework import Majority
from optimizer.data.politics import (
    dissenters,
    is_affordable,
    points_per_case,
    political_capital,
    shortfall_after_concessions,
)
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, UpperLimit, VariableSet
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """vote[i,a,f,t], binary: a concession wins the vote of i; only where votes are missing and can be won."""
    index = tuple(
        (i, a, f, t)
        for a, f, _ in _contested(scenario)
        for i, _ in dissenters(scenario.problem, a, f)
        for t in scenario.periods
    )
    yield VariableSet(name="vote", index=index, scope="politics", kind="binary")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C8, for every framework decided by majority that lacks votes. A member at position 0 or above votes in favour.

    votes, one row per activity and period: sum of nu[i] * vote[i,a,f,t] >= missing votes * y[a,f,t]  [votes], where
    missing votes = quota * sum of nu - nu of the members in favour.
    members, likewise with `quota_members`: sum of vote[i,a,f,t] >= missing members * y[a,f,t]  [members].
    vote, one row per member that can be won: vote[i,a,f,t] <= y[a,f,t].
    bought, one row per member: gap * vote[i,a,f,t] <= g[i,a,f], gap = 0 - pi[i,a,f]  [points].
    """
    vote, problem = d.own["vote"], scenario.problem
    for a, f, (votes, heads) in _contested(scenario):
        gaps = dict(dissenters(problem, a, f))
        for t in scenario.periods:
            run = d.run[a, f, t]
            if votes > 0:
                won = ((problem.member[i].votes, vote[i, a, f, t]) for i in gaps)
                yield ("votes", a, f, t), linear([*won, (-votes, run)]) >= 0
            if heads > 0:
                yield ("members", a, f, t), linear([*((1.0, vote[i, a, f, t]) for i in gaps), (-heads, run)]) >= 0
            for i, gap in gaps.items():
                yield ("vote", i, a, f, t), vote[i, a, f, t] - run <= 0
                yield ("bought", i, a, f, t), gap * vote[i, a, f, t] - d.own["g"][i, a, f] <= 0


def limits(scenario: ScenarioData, d: DecisionVariables) -> Iterator[UpperLimit]:
    """C8, for every framework by majority: y = 0 if no concessions reach the quota; vote = 0 if none can win it."""
    problem = scenario.problem
    for a, f, rule in _by_majority(scenario):
        votes, heads = shortfall_after_concessions(problem, rule, a, f, political_capital(problem))
        if max(votes, heads) > 0:
            missing, what = (votes, "vote") if votes > 0 else (heads, "member")
            says = f"{a} under {f} lacks {missing:g} {what}{'s' * (missing != 1)} of its majority"
            for t in scenario.periods:
                yield UpperLimit(index=(a, f, t), variable=d.run[a, f, t], upper=0.0, says=says)
    max_per_case = points_per_case(problem, political_capital(problem))
    for a, f, _ in _contested(scenario):
        for i, gap in dissenters(problem, a, f):
            if not is_affordable(gap, max_per_case):
                says = f"{i} is {gap:g} points short of a vote for {a} under {f}"
                says += f", and at most {max_per_case:g} can be conceded"
                for t in scenario.periods:
                    yield UpperLimit(index=(i, a, f, t), variable=d.own["vote"][i, a, f, t], upper=0.0, says=says)


def _contested(scenario: ScenarioData) -> Iterator[tuple[ActivityId, FrameworkId, tuple[float, float]]]:
    """Each activity and framework that lacks votes or members, with the missing numbers.

    None if concessions are not possible.
    """
    problem = scenario.problem
    if problem.concessions is None:
        return
    for a, f, rule in _by_majority(scenario):
        missing = shortfall_after_concessions(problem, rule, a, f, 0.0)
        if max(missing) > 0:
            yield a, f, missing


def _by_majority(scenario: ScenarioData) -> Iterator[tuple[ActivityId, FrameworkId, Majority]]:
    for a, frameworks in scenario.index.frameworks.items():
        for f in frameworks:
            rule = scenario.problem.framework[f].rule
            if isinstance(rule, Majority):
                yield a, f, rule


FAMILY = Family(
    number="C8",
    name="majority",
    group="decision",
    says="a vote needs its quota, and an abstention counts against",
    declare=declare,
    rows=rows,
    limits=limits,
)
