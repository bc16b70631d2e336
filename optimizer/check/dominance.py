"""C36: no single contributor owns a theatre."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.prevention import in_scope
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C36, one row per share and contributor it holds for: its spend in scope ≤ share · all spend in scope  [M EUR].

    Over the whole horizon; for each contributor where none is named.
    """
    for rule in facts.problem.policy.max_contributor_share:
        scope = {one.id for one in in_scope(facts, rule.theatre)}
        spend = dict.fromkeys(facts.problem.contributor, 0.0)
        for (contributor, activity, _), gift in facts.given.items():
            if activity in scope:
                spend[contributor] += facts.value(gift)
        total, where = sum(spend.values()), rule.theatre or "all"
        for who in [rule.contributor] if rule.contributor is not None else spend:
            yield Row(
                key=f"{where}/{who}",
                left=spend[who],
                sense="<=",
                right=rule.share * total,
                sentence=f"{who} gives {spend[who]:g} of {total:g} M EUR in {where}, it may give {rule.share:.0%}",
                scale=total,
            )
