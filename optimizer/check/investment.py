"""C26: build capability, members' or hosts'."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C26, one row per investment: units bought over the horizon ≤ max  [units].

    What it costs and what it adds are in C1.
    """
    for one in facts.problem.investments:
        units = sum(facts.bought_units[one.id, t] for t in facts.periods)
        sentence = f"{units:g} units of {one.id} are bought, there are {one.max}"
        yield Row(key=one.id, left=units, sense="<=", right=float(one.max), sentence=sentence)
