"""C21: prevention before reconstruction; a mixture of instruments; a ceiling on what it all costs."""

from collections.abc import Iterator, Sequence

from models.ids import TheatreId
from models.problem.activity import Activity
from models.problem.policy import PillarShare, TagShare
from optimizer.check.facts import Facts
from optimizer.check.row import Row


def rows(facts: Facts) -> Iterator[Row]:
    """C21, one row per ceiling and per bound of a share, over the whole horizon  [M EUR].

    (1−α)·spend before conflict ≥ α·spend after; what members pay ≤ max_total_cost; a pillar's or tag's spend within
    its shares of all spend in scope.
    """
    policy = facts.problem.policy
    if policy.max_total_cost is not None:
        cost = sum(facts.cost.values())
        sentence = f"members pay {cost:g} M EUR, at most {policy.max_total_cost:g} is allowed"
        yield Row(key="max_total_cost", left=cost, sense="<=", right=policy.max_total_cost, sentence=sentence)
    if policy.min_pre_conflict_share is not None:
        yield _pre_conflict(facts, policy.min_pre_conflict_share)
    for pillar in policy.pillar_share:
        yield from _shares(facts, pillar, ("pillar_share", pillar.pillar), _of_pillar(facts, pillar))
    for tag in policy.tag_share:
        yield from _shares(facts, tag, ("tag_share", tag.tag), _of_tag(facts, tag))


def _pre_conflict(facts: Facts, share: float) -> Row:
    phases = {
        phase: facts.spend(one for one in facts.problem.activities if one.phase == phase)
        for phase in ("pre_conflict", "post_conflict")
    }
    before, after = phases["pre_conflict"], phases["post_conflict"]
    return Row(
        key="min_pre_conflict_share",
        left=(1 - share) * before,
        sense=">=",
        right=share * after,
        sentence=f"{before:g} M EUR go before conflict and {after:g} after; {share:.0%} must go before",
        scale=before + after,
    )


def in_scope(facts: Facts, theatre: TheatreId | None) -> list[Activity]:
    """The activities run in a theatre, or all."""
    return [one for one in facts.problem.activities if theatre in (None, one.theatre)]


def _of_pillar(facts: Facts, share: PillarShare) -> list[Activity]:
    return [one for one in in_scope(facts, share.theatre) if one.pillar == share.pillar]


def _of_tag(facts: Facts, share: TagShare) -> list[Activity]:
    return [one for one in in_scope(facts, share.theatre) if share.tag in one.tags]


def _shares(
    facts: Facts, share: PillarShare | TagShare, name: tuple[str, str], part: Sequence[Activity]
) -> Iterator[Row]:
    spent, total = facts.spend(part), facts.spend(in_scope(facts, share.theatre))
    where = "/".join(name if share.theatre is None else (*name, share.theatre))
    sentence = f"{spent:g} of {total:g} M EUR go to {name[1]}"
    if share.min is not None:
        least = f"{sentence}, at least {share.min:.0%} must"
        yield Row(key=f"{where}/min", left=spent, sense=">=", right=share.min * total, sentence=least, scale=total)
    if share.max is not None:
        most = f"{sentence}, at most {share.max:.0%} may"
        yield Row(key=f"{where}/max", left=spent, sense="<=", right=share.max * total, sentence=most, scale=total)
