"""C38: how much objection a plan may live with."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C38, one row per period: Σ over runs of the weighted objection to them ≤ max_opposition  [positions]."""
    most = facts.problem.policy.max_opposition
    if most is None:
        return
    for t in facts.periods:
        objection = sum(opposed(facts, running) for running in facts.flag if running[1] == t)
        sentence = f"opposition to what runs is {objection:g}, at most {most:g} is to be lived with"
        yield Row(key=facts.period(t), left=objection, sense="<=", right=most, sentence=sentence)


def opposed(facts: Facts, running: Running) -> float:
    """How far below acquiescence members stand on a run, by their share of the votes."""
    stands = facts.stances(running)
    votes = sum(member.votes for member in facts.problem.members)
    against = sum(member.votes * max(0.0, -stands[member.id]) for member in facts.problem.members)
    return against / votes if votes else 0.0


def opposition(facts: Facts) -> float:
    """The objection a plan lives with, summed over its runs in all periods."""
    return sum(opposed(facts, running) for running in facts.flag)
