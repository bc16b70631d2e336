"""C10: only the willing pay."""

from collections.abc import Iterator

from models.ids import MemberId
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C10, one row per contribution of a member: x ≤ 0 unless its position under the framework is high enough.

    In the unit of the resource; the threshold is contributes_from. C2 checks activities that do not run.
    """
    titles = facts.titles
    for (contributor, activity, t), bundle in facts.contributions.items():
        member = facts.problem.member.get(MemberId(contributor))
        if member is None or (activity, t) not in facts.framework:
            continue
        position = facts.stances((activity, t))[member.id]
        is_willing = position >= member.contributes_from
        for resource, amount in bundle.items():
            most = facts.endowment(contributor, resource)[t] + facts.most_added(contributor, resource, t)
            yield RuleRow(
                key=f"{contributor}/{activity}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=max(most, amount) if is_willing else 0.0,
                sentence=f"{titles.contributor[contributor]} gives {titles.amount(resource, amount)} "
                f"to {titles.activity[activity]} in {facts.period(t)}, but is not willing: "
                f"its position is {position:g}, it contributes from {member.contributes_from:g}.",
                scale=max(most, facts.least_size.amount[resource]),
            )
