"""C31: the other flank keeps its share."""

from collections.abc import Iterator, Sequence

from models.ids import ContributorId
from models.quantities import by_period
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C31, one row per reserve and period: what is spent ≤ what there is − what is kept  [unit of the resource].

    Of one contributor, or of all members together.
    """
    for reserve in facts.problem.policy.reserve:
        whose: Sequence[ContributorId] = [ContributorId(member.id) for member in facts.problem.members]
        if reserve.contributor is not None:
            whose = [reserve.contributor]
        kept = by_period(reserve.amount, facts.problem.periods)
        for t in facts.periods:
            spent = sum(facts.use[one, reserve.resource, t] for one in whose)
            there = sum(facts.capacity(one, reserve.resource, t) for one in whose)
            who = reserve.contributor or "members"
            yield Row(
                key=f"{who}/{reserve.resource}/{facts.period(t)}",
                left=spent,
                sense="<=",
                right=there - kept[t],
                sentence=f"{who} spend {spent:g} of {there:g} {reserve.resource}, of which {kept[t]:g} are to be kept",
                scale=there,
            )
