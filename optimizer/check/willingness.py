"""C10: only the willing pay."""

from collections.abc import Iterator

from models.ids import MemberId
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C10, one row per member's gift: x ≤ 0 unless its position under the flag that runs is one it contributes from.

    In the unit of the resource. What does not run at all is given nothing (C2).
    """
    for (contributor, activity, t), gift in facts.given.items():
        member = facts.problem.member.get(MemberId(contributor))
        if member is None or (activity, t) not in facts.flag:
            continue
        position = facts.stances((activity, t))[member.id]
        willing = position >= member.contributes_from
        for resource, amount in gift.items():
            most = facts.endowment(contributor, resource)[t] + facts.could_buy(contributor, resource, t)
            yield Row(
                key=f"{contributor}/{activity}/{resource}/{facts.period(t)}",
                left=amount,
                sense="<=",
                right=max(most, amount) if willing else 0.0,
                sentence=f"{contributor} gives {amount:g} {resource} to {activity} and is not willing to "
                f"({position:g} < {member.contributes_from:g})",
                scale=most,
            )
