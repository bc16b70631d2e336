"""C13: rivals do not serve together, or at a price."""

from collections.abc import Iterator

from models.ids import ContributorId
from models.problem.politics import Rivalry
from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C13, one row per hard rivalry, activity and period that runs: present_x + present_y ≤ 1  [contributors]."""
    for rivalry in facts.problem.rivalries:
        if rivalry.hard:
            for running in disputed(facts, rivalry):
                yield _row(facts, rivalry, running)


def disputed(facts: Facts, rivalry: Rivalry) -> Iterator[Running]:
    """The runs over which a rivalry holds: of its activities or in its theatres (never both are given), else all."""
    for activity, t in facts.flag:
        if rivalry.activities is not None:
            holds = activity in rivalry.activities
        else:
            holds = rivalry.theatres is None or facts.problem.activity[activity].theatre in rivalry.theatres
        if holds:
            yield activity, t


def _row(facts: Facts, rivalry: Rivalry, running: Running) -> Row:
    (activity, t), (one, other) = running, rivalry.between
    there = [who for who in rivalry.between if facts.is_there(ContributorId(who), running)]
    return Row(
        key=f"{one}:{other}/{activity}/{facts.period(t)}",
        left=float(len(there)),
        sense="<=",
        right=1.0,
        sentence=f"{one} and {other} are rivals and serve together in {activity}",
        tolerance=EXACT,
    )


def friction(facts: Facts) -> float:
    """Risk points lost because rivals serve together at a price: per activity and period, unweighted, undiscounted."""
    return sum(
        rivalry.friction
        for rivalry in facts.problem.rivalries
        if not rivalry.hard
        for running in disputed(facts, rivalry)
        if all(facts.is_there(ContributorId(who), running) for who in rivalry.between)
    )
