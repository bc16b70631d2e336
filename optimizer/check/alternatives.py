"""C32: build or borrow an instrument, not both."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, Row


def rows(facts: Facts) -> Iterator[Row]:
    """C32, one row per set of alternatives: how many of them ever run ≤ at_most  [activities]."""
    ever = {activity for activity, _ in facts.flag}
    for one in facts.problem.alternatives:
        running = [activity for activity in one.activities if activity in ever]
        yield Row(
            key=":".join(one.activities),
            left=float(len(running)),
            sense="<=",
            right=float(one.at_most),
            sentence=f"{', '.join(running)} run, at most {one.at_most} of {', '.join(one.activities)} may",
            tolerance=EXACT,
        )
