"""C36 dominance: no single contributor owns a theatre."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.policy import ContributorShare
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Own, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import Decisions


def declare(scenario: ScenarioData) -> Iterator[Own]:
    """spent[h] >= 0: what all contributors spend in a theatre that a share speaks of, or everywhere, M EUR."""
    index = tuple(dict.fromkeys((_where(rule),) for rule in _binding(scenario)))
    if index:
        yield Own(name="spent", index=index, scope="effect")


def rows(scenario: ScenarioData, d: Decisions) -> Rows:
    """C36, over the whole horizon, in M EUR; in the theatre that the share names, or everywhere.

    together, one row per scope: spent = sum of v[r] * x[c,a,r,t] in it.
    most, one row per share and contributor it holds for: sum of v[r] * x[c,a,r,t] of c in scope <= share * spent.
    """
    for (where,), spent in d.own.get("spent", {}).items():
        everything = _in_scope(scenario, where)
        yield ("together", where), linear([(-1.0, spent), *spend(scenario, d, everything, lambda _: 1.0)]) == 0
    for rule in _binding(scenario):
        where = _where(rule)
        spent = d.own["spent"][(where,)]
        for c, given in _by_contributor(_in_scope(scenario, where)).items():
            own = spend(scenario, d, given, lambda _: 1.0)
            if own and rule.contributor in (None, c):
                yield ("most", where, rule.contributor or EVERY, c), linear([*own, (-rule.share, spent)]) <= 0


def _binding(scenario: ScenarioData) -> Iterator[ContributorShare]:
    """The shares that exclude anything."""
    return (rule for rule in scenario.problem.policy.max_contributor_share if rule.share < 1)


def _where(rule: ContributorShare) -> str:
    return EVERY if rule.theatre is None else rule.theatre


def _in_scope(scenario: ScenarioData, where: str) -> Iterator[Contribution]:
    activity = scenario.problem.activity
    return (key for key in scenario.index.contributions if where in (EVERY, activity[key[1]].theatre))


def _by_contributor(given: Iterator[Contribution]) -> dict[ContributorId, list[Contribution]]:
    found: dict[ContributorId, list[Contribution]] = {}
    for key in given:
        found.setdefault(key[0], []).append(key)
    return found


FAMILY = Family(
    number="C36",
    name="dominance",
    group="policy",
    says="no single contributor owns a theatre",
    declare=declare,
    rows=rows,
)
