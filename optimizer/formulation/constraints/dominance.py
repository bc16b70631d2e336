"""C36 dominance: no single contributor pays for too much of a theatre."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.policy import ContributorShare
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows, VariableSet
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import DecisionVariables


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """spent[h] >= 0: spending of all contributors in a theatre that a share names, or everywhere, M EUR."""
    index = tuple(dict.fromkeys((_scope_of(rule),) for rule in _binding(scenario)))
    if index:
        yield VariableSet(name="spent", index=index, scope="effect")


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C36, over the whole horizon, in the theatre that a share names or everywhere  [M EUR].

    together, one row per scope: spent = sum of v[r] * x[c,a,r,t] in the scope.
    most, one row per share and contributor it covers: sum of v[r] * x[c,a,r,t] of c in the scope <= share * spent.
    """
    for (scope,), spent in d.own.get("spent", {}).items():
        in_scope = _in_scope(scenario, scope)
        yield ("together", scope), linear([(-1.0, spent), *spend(scenario, d, in_scope, lambda _: 1.0)]) == 0
    for rule in _binding(scenario):
        scope = _scope_of(rule)
        spent = d.own["spent"][(scope,)]
        for c, contributions in _by_contributor(_in_scope(scenario, scope)).items():
            own = spend(scenario, d, contributions, lambda _: 1.0)
            if own and rule.contributor in (None, c):
                yield ("most", scope, rule.contributor or EVERY, c), linear([*own, (-rule.share, spent)]) <= 0


def _binding(scenario: ScenarioData) -> Iterator[ContributorShare]:
    """The shares that exclude something: below 1."""
    return (rule for rule in scenario.problem.policy.max_contributor_share if rule.share < 1)


def _scope_of(rule: ContributorShare) -> str:
    return EVERY if rule.theatre is None else rule.theatre


def _in_scope(scenario: ScenarioData, scope: str) -> Iterator[Contribution]:
    activity = scenario.problem.activity
    return (key for key in scenario.index.contributions if scope in (EVERY, activity[key[1]].theatre))


def _by_contributor(contributions: Iterator[Contribution]) -> dict[ContributorId, list[Contribution]]:
    by_contributor: dict[ContributorId, list[Contribution]] = {}
    for key in contributions:
        by_contributor.setdefault(key[0], []).append(key)
    return by_contributor


FAMILY = Family(
    number="C36",
    name="dominance",
    group="policy",
    says="no single contributor pays for more than its allowed share of a theatre",
    declare=declare,
    rows=rows,
)
