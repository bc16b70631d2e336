"""C38: the opposition to the running activities that the policy allows."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.plan_index import Running
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C38, one row per period: Σ over runs of the weighted opposition to the runs ≤ max_opposition  [positions]."""
    most = facts.problem.policy.max_opposition
    if most is None:
        return
    for t in facts.periods:
        objection = sum(opposition_to(facts, running) for running in facts.framework if running[1] == t)
        sentence = f"Opposition to the running activities is {objection:g} in {facts.period(t)}; "
        sentence += f"the policy allows {most:g}."
        yield RuleRow(key=facts.period(t), left=objection, sense="<=", right=most, sentence=sentence, scale=1.0)


def opposition_to(facts: Facts, running: Running) -> float:
    """Return the opposition to a run: the distance of positions below 0, weighted by the share of votes."""
    stances = facts.stances(running)
    votes = sum(member.votes for member in facts.problem.members)
    against = sum(member.votes * max(0.0, -stances[member.id]) for member in facts.problem.members)
    return against / votes if votes else 0.0


def opposition(facts: Facts) -> float:
    """Return the opposition to all runs of a plan, summed over its periods, in positions."""
    return sum(opposition_to(facts, running) for running in facts.framework)
