"""C26: build capability, members' or hosts'."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C26, one row per investment: units bought over the horizon ≤ max  [units].

    C1 contains what an investment costs and adds.
    """
    for investment in facts.problem.investments:
        units = sum(facts.bought_units[investment.id, t] for t in facts.periods)
        sentence = f"{units:g} units of {facts.titles.investment[investment.id]} are bought; "
        sentence += f"at most {investment.max} can be bought."
        more = units - investment.max  # units are counted, so the size is 1 however many may be bought
        yield RuleRow(key=investment.id, left=more, sense="<=", right=0.0, sentence=sentence, scale=1.0)
