"""C36: no single contributor owns a theatre."""

from collections.abc import Iterator

from optimizer.check.facts import Facts
from optimizer.check.prevention import in_scope
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C36, one row per rule and contributor under it: its spend in scope ≤ share · all spend in scope  [M EUR].

    Over the whole horizon; a rule without a contributor applies to each.
    """
    for rule in facts.problem.policy.max_contributor_share:
        scope = {activity.id for activity in in_scope(facts, rule.theatre)}
        spend = dict.fromkeys(facts.problem.contributor, 0.0)
        for (contributor, activity, _), bundle in facts.contributions.items():
            if activity in scope:
                spend[contributor] += facts.value(bundle)
        total = sum(spend.values())
        place = "all theatres" if rule.theatre is None else facts.titles.theatre[rule.theatre]
        for contributor in [rule.contributor] if rule.contributor is not None else spend:
            yield RuleRow(
                key=f"{rule.theatre or 'all'}/{contributor}",
                left=spend[contributor],
                sense="<=",
                right=rule.share * total,
                sentence=f"{facts.titles.contributor[contributor]} gives {spend[contributor]:g} of {total:g} M EUR "
                f"in {place}; its share may be at most {rule.share:.0%}.",
                scale=max(total, facts.least_size.money),
            )
