"""C36 dominance: no single contributor owns a theatre."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.policy import ContributorShare
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import Future
from optimizer.formulation.family import EVERY, Family, Own, Rows
from optimizer.formulation.linear_expression import linear
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import Decisions


def declare(future: Future) -> Iterator[Own]:
    """spent[h] >= 0: what all contributors spend in a theatre that a share speaks of, or everywhere, M EUR."""
    index = tuple(dict.fromkeys((_where(rule),) for rule in _binding(future)))
    if index:
        yield Own(name="spent", index=index, scope="effect")


def rows(future: Future, d: Decisions) -> Rows:
    """C36, over the whole horizon, in M EUR; in the theatre that the share names, or everywhere.

    together, one row per scope: spent = sum of v[r] * x[c,a,r,t] in it.
    most, one row per share and contributor it holds for: sum of v[r] * x[c,a,r,t] of c in scope <= share * spent.
    """
    for (where,), spent in d.own.get("spent", {}).items():
        everything = _in_scope(future, where)
        yield ("together", where), linear([(-1.0, spent), *spend(future, d, everything, lambda _: 1.0)]) == 0
    for rule in _binding(future):
        where = _where(rule)
        spent = d.own["spent"][(where,)]
        for c, given in _by_contributor(_in_scope(future, where)).items():
            own = spend(future, d, given, lambda _: 1.0)
            if own and rule.contributor in (None, c):
                yield ("most", where, rule.contributor or EVERY, c), linear([*own, (-rule.share, spent)]) <= 0


def _binding(future: Future) -> Iterator[ContributorShare]:
    """The shares that exclude anything."""
    return (rule for rule in future.problem.policy.max_contributor_share if rule.share < 1)


def _where(rule: ContributorShare) -> str:
    return EVERY if rule.theatre is None else rule.theatre


def _in_scope(future: Future, where: str) -> Iterator[Contribution]:
    activity = future.problem.activity
    return (key for key in future.index.contributions if where in (EVERY, activity[key[1]].theatre))


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
