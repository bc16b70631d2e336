"""C13 rivalry: rivals do not serve together, or only at a price."""

from collections.abc import Iterator

from models.ids import ActivityId, ContributorId, PeriodId
from models.problem.politics import Rivalry
from optimizer.data.politics import rivalry_applies
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import Family, Rows, VariableSet
from optimizer.formulation.linear_expression import total
from optimizer.formulation.variables import DecisionVariables

Pair = tuple[ContributorId, ContributorId]


def forbids(scenario: ScenarioData) -> Iterator[tuple[ContributorId, ActivityId]]:
    """Both rivals, in every activity that both can contribute to; none if the friction is 0."""
    for rivalry, a, _ in _disputes(scenario):
        yield from ((c, a) for c in rivalry.between)


def declare(scenario: ScenarioData) -> Iterator[VariableSet]:
    """friction[x,y,a,t] in [0,1]: both rivals of a soft rivalry serve in a."""
    index = tuple((*rivalry.between, a, t) for rivalry, a, t in _disputes(scenario) if not rivalry.hard)
    yield VariableSet(name="friction", index=index, scope="politics", upper=1.0)


def charge(scenario: ScenarioData, d: DecisionVariables) -> None:
    """Takes the friction of every soft rivalry off the score per activity and period, unweighted, undiscounted."""
    for rivalry, a, t in _disputes(scenario):
        if not rivalry.hard:
            d.ledgers.score.append((-rivalry.friction, d.own["friction"][(*rivalry.between, a, t)]))


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C13, for every activity and period that both rivals can contribute to.

    hard, one row per group of mutual rivals: sum over the group of present[c,a,t] <= 1  [contributors].
    soft, one row per pair: friction[x,y,a,t] >= present[x,a,t] + present[y,a,t] - 1.
    """
    hard: dict[tuple[ActivityId, PeriodId], list[Pair]] = {}
    for rivalry, a, t in _disputes(scenario):
        x, y = rivalry.between
        if rivalry.hard:
            hard.setdefault((a, t), []).append((x, y))
        else:
            both = d.present[x, a, t] + d.present[y, a, t]
            yield ("soft", x, y, a, t), both - d.own["friction"][x, y, a, t] <= 1
    for (a, t), pairs in hard.items():
        for group in cliques(pairs):
            yield ("hard", "+".join(group), a, t), total(d.present[c, a, t] for c in group) <= 1


def cliques(pairs: list[Pair]) -> Iterator[tuple[ContributorId, ...]]:
    """Groups of mutual rivals, grown as large as possible, that together cover every pair.

    One row per group replaces the rows of its pairs and gives a tighter relaxation.
    """
    rivals: dict[ContributorId, list[ContributorId]] = {}
    for x, y in pairs:
        rivals.setdefault(x, []).append(y)
        rivals.setdefault(y, []).append(x)
    covered: set[frozenset[ContributorId]] = set()
    for x, y in pairs:
        if frozenset((x, y)) in covered:
            continue
        group = [x, y]
        for c in rivals[x]:
            if c not in group and all(c in rivals[other] for other in group):
                group.append(c)
        covered |= {frozenset((c, other)) for c in group for other in group}
        yield tuple(sorted(group))


def _disputes(scenario: ScenarioData) -> Iterator[tuple[Rivalry, ActivityId, PeriodId]]:
    """Each rivalry that is hard or has friction, with each activity and period that both rivals can contribute to."""
    given_by = scenario.index.given_by
    for rivalry in scenario.problem.rivalries:
        if not rivalry.hard and rivalry.friction == 0:
            continue
        x, y = rivalry.between
        for a, t in scenario.index.activity_periods:
            if rivalry_applies(scenario.problem, rivalry, a) and (x, a, t) in given_by and (y, a, t) in given_by:
                yield rivalry, a, t


FAMILY = Family(
    number="C13",
    name="rivalry",
    group="rivalry",
    says="rivals do not serve together, or only at a price",
    forbids=forbids,
    declare=declare,
    terms=charge,
    rows=rows,
)
