"""C21: prevention before reconstruction; a mixture of instruments; a ceiling on the total cost."""

from collections.abc import Iterator, Sequence

from models.ids import TheatreId
from models.problem.activity import Activity
from models.problem.policy import PillarShare, TagShare
from optimizer.check.facts import Facts
from optimizer.check.row import RuleRow


def rows(facts: Facts) -> Iterator[RuleRow]:
    """C21, one row per ceiling and per bound of a share, over the whole horizon  [M EUR].

    (1−α)·spend before conflict ≥ α·spend after; cost of all members ≤ max_total_cost; the spend of a pillar or tag
    within its shares of all spend in scope.
    """
    policy = facts.problem.policy
    if policy.max_total_cost is not None:
        cost = sum(facts.cost.values())
        sentence = f"The members pay {cost:g} M EUR; the policy allows {policy.max_total_cost:g} M EUR."
        yield RuleRow(
            key="max_total_cost",
            left=cost,
            sense="<=",
            right=policy.max_total_cost,
            sentence=sentence,
            scale=facts.least_size.money,
        )
    if policy.min_pre_conflict_share is not None:
        yield _pre_conflict(facts, policy.min_pre_conflict_share)
    for pillar in policy.pillar_share:
        yield from _shares(facts, pillar, ("pillar_share", pillar.pillar), _of_pillar(facts, pillar))
    for tag in policy.tag_share:
        yield from _shares(facts, tag, ("tag_share", tag.tag), _of_tag(facts, tag))


def _pre_conflict(facts: Facts, share: float) -> RuleRow:
    before, after = (
        facts.spend(activity for activity in facts.problem.activities if activity.phase == phase)
        for phase in ("pre_conflict", "post_conflict")
    )
    return RuleRow(
        key="min_pre_conflict_share",
        left=(1 - share) * before,
        sense=">=",
        right=share * after,
        sentence=f"{before:g} M EUR are spent before conflict and {after:g} M EUR after; "
        f"the policy requires at least {share:.0%} before.",
        scale=max(before + after, facts.least_size.money),
    )


def in_scope(facts: Facts, theatre: TheatreId | None) -> list[Activity]:
    """Return the activities run in a theatre, or all activities if `theatre` is None."""
    return [activity for activity in facts.problem.activities if theatre in (None, activity.theatre)]


def _of_pillar(facts: Facts, share: PillarShare) -> list[Activity]:
    return [activity for activity in in_scope(facts, share.theatre) if activity.pillar == share.pillar]


def _of_tag(facts: Facts, share: TagShare) -> list[Activity]:
    return [activity for activity in in_scope(facts, share.theatre) if share.tag in activity.tags]


def _shares(
    facts: Facts, share: PillarShare | TagShare, name: tuple[str, str], part: Sequence[Activity]
) -> Iterator[RuleRow]:
    spent, total = facts.spend(part), facts.spend(in_scope(facts, share.theatre))
    key = "/".join(name if share.theatre is None else (*name, share.theatre))
    place = "" if share.theatre is None else f" in {facts.titles.theatre[share.theatre]}"
    sentence = f"{spent:g} of {total:g} M EUR{place} are spent on {name[1].replace('_', ' ')}"
    size = max(total, facts.least_size.money)
    if share.min is not None:
        least = f"{sentence}; the policy requires at least {share.min:.0%}."
        yield RuleRow(key=f"{key}/min", left=spent, sense=">=", right=share.min * total, sentence=least, scale=size)
    if share.max is not None:
        most = f"{sentence}; the policy allows at most {share.max:.0%}."
        yield RuleRow(key=f"{key}/max", left=spent, sense="<=", right=share.max * total, sentence=most, scale=size)
