"""C31: the other flank keeps its share."""

from collections.abc import Iterator, Sequence

from models.ids import ContributorId
from models.quantities import by_period
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C31, one row per reserve and period: use ≤ capacity − reserve  [unit of the resource].

    Of one contributor, or of all members together.
    """
    for reserve in facts.problem.policy.reserve:
        contributors: Sequence[ContributorId] = [ContributorId(member.id) for member in facts.problem.members]
        owner = "The members together use"
        if reserve.contributor is not None:
            contributors = [reserve.contributor]
            owner = f"{facts.titles.contributor[reserve.contributor]} uses"
        kept = by_period(reserve.amount, facts.problem.periods)
        for t in facts.periods:
            used = sum(facts.use[contributor, reserve.resource, t] for contributor in contributors)
            capacity = sum(facts.capacity(contributor, reserve.resource, t) for contributor in contributors)
            yield RuleRow(
                key=f"{reserve.contributor or 'members'}/{reserve.resource}/{facts.period(t)}",
                left=used,
                sense="<=",
                right=capacity - kept[t],
                sentence=f"{owner} {used:g} of {facts.titles.amount(reserve.resource, capacity)} "
                f"in {facts.period(t)}; {kept[t]:g} must be kept in reserve.",
                scale=max(capacity, facts.least_size.amount[reserve.resource]),
            )
