"""C13: rivals do not serve together, or at a price."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.politics import Rivalry
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C13, one row per hard rivalry, activity and period that runs: present_x + present_y ≤ 1  [contributors]."""
    for rivalry in facts.problem.rivalries:
        if rivalry.hard:
            for running in disputed(facts, rivalry):
                yield _row(facts, rivalry, running)


def disputed(facts: Facts, rivalry: Rivalry) -> Iterator[Running]:
    """Yield the runs to which a rivalry applies: of its activities, in its theatres, or all if it names neither.

    A rivalry never names both.
    """
    for activity, t in facts.framework:
        if rivalry.activities is not None:
            applies = activity in rivalry.activities
        else:
            applies = rivalry.theatres is None or facts.problem.activity[activity].theatre in rivalry.theatres
        if applies:
            yield activity, t


def _row(facts: Facts, rivalry: Rivalry, running: Running) -> RuleRow:
    (activity, t), (first, second), titles = running, rivalry.between, facts.titles
    present = [rival for rival in rivalry.between if facts.participates(ContributorId(rival), running)]
    return RuleRow(
        key=f"{first}:{second}/{activity}/{facts.period(t)}",
        left=float(len(present)),
        sense="<=",
        right=1.0,
        sentence=f"{titles.contributor[first]} and {titles.contributor[second]} are rivals, "
        f"but both contribute to {titles.activity[activity]} in {facts.period(t)}.",
        tolerance=EXACT,
    )


def friction(facts: Facts) -> float:
    """Return the risk points lost to soft rivals in the same run, per activity and period, unweighted, undiscounted."""
    return sum(
        rivalry.friction
        for rivalry in facts.problem.rivalries
        if not rivalry.hard
        for running in disputed(facts, rivalry)
        if all(facts.participates(ContributorId(rival), running) for rival in rivalry.between)
    )
