"""C32: build or borrow an instrument, not both."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import EXACT, RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C32, one row per set of alternatives: how many of them ever run ≤ at_most  [activities]."""
    ever = {activity for activity, _ in facts.framework}
    titles = facts.titles.activity
    for alternatives in facts.problem.alternatives:
        running = [activity for activity in alternatives.activities if activity in ever]
        names = ", ".join(titles[activity] for activity in alternatives.activities)
        running_names = ", ".join(titles[activity] for activity in running)
        yield RuleRow(
            key=":".join(alternatives.activities),
            left=float(len(running)),
            sense="<=",
            right=float(alternatives.at_most),
            sentence=f"{len(running)} of the alternatives {names} run ({running_names}); "
            f"at most {alternatives.at_most} may run.",
            tolerance=EXACT,
        )
