"""Rules that only a plan without spending satisfies, by name: shares that do not add up, and members without means."""

from collections.abc import Callable, Collection, Iterator, Sequence
from math import fsum

from models.ids import ActivityId, ContributorId, MemberId, TheatreId
from models.problem.activity import Activity
from models.problem.burden import Benefit, Gini, Proportional
from models.problem.policy import ContributorShare, PillarShare, TagShare
from models.problem.problem import Problem
from optimizer.data.payers import willing_members
from optimizer.data.titles import listed, title, titles
from optimizer.diagnostics.notice import Notice
from optimizer.diagnostics.unrunnable import ScenarioRules
from optimizer.tolerances import POSITION_ROUNDING

Activities = Collection[Activity]


def rules_for_nothing(rules: ScenarioRules, cannot_run: Collection[ActivityId]) -> Iterator[Notice]:
    """A sentence for each rule of one scenario that no plan with spending satisfies, and for each idle pillar.

    `cannot_run` are the activities that can never run. Only what the document alone shows is found: a rule without a
    sentence may still force the spending to zero.
    """
    can_run = [activity for activity in rules.problem.activities if activity.id not in cannot_run]
    if "policy" not in rules.relax:
        yield from _pillars_of_no_activity(rules.problem)
        yield from _least_shares(rules.problem, can_run)
        yield from _pillar_sums(rules.problem, can_run)
        yield from _greatest_tag_shares(rules.problem, can_run)
        yield from _prevention(rules.problem, can_run)
        yield from _contributor_shares(rules, can_run)
    if "burden" not in rules.relax:
        yield from _forced_payers(rules, can_run)
        yield from _benefit(rules.problem)


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _nothing(place: str) -> str:
    return f"only a plan that spends nothing{place} satisfies this"


def _in(problem: Problem, h: TheatreId | None) -> str:
    return "" if h is None else f" in {title(problem.theatre, h)}"


def _in_scope(activities: Activities, h: TheatreId | None) -> list[Activity]:
    return [activity for activity in activities if h in (None, activity.theatre)]


def _pillars_of_no_activity(problem: Problem) -> Iterator[Notice]:
    """A pillar without an activity, under a share that asks nothing of it; `_least_shares` names the others."""
    pillars = {activity.pillar for activity in problem.activities}
    for share in problem.policy.pillar_share:
        if share.pillar not in pillars and not share.min:
            yield Notice(
                "policy/pillar_share",
                f"pillar_share limits {share.pillar}, but no activity has that pillar: the limit has no effect",
            )


def _least_shares(problem: Problem, can_run: Activities) -> Iterator[Notice]:
    """A least share of a pillar or tag that no activity has, or none that can run."""
    for share in problem.policy.pillar_share:
        yield from _least_share(problem, share, share.pillar, can_run, lambda one, p=share.pillar: one.pillar == p)  # type: ignore[misc]
    for tagged in problem.policy.tag_share:
        yield from _least_share(problem, tagged, tagged.tag, can_run, lambda one, tag=tagged.tag: tag in one.tags)  # type: ignore[misc]


def _least_share(
    problem: Problem,
    share: PillarShare | TagShare,
    name: str,
    can_run: Activities,
    belongs: Callable[[Activity], bool],
) -> Iterator[Notice]:
    if not share.min or any(map(belongs, _in_scope(can_run, share.theatre))):
        return
    field, noun = ("pillar_share", "pillar") if isinstance(share, PillarShare) else ("tag_share", "tag")
    place, there = _in(problem, share.theatre), "" if share.theatre is None else " there"
    exists = any(map(belongs, _in_scope(problem.activities, share.theatre)))
    lack = f"no activity{there} with that {noun} can run" if exists else f"no activity{there} has that {noun}"
    asked = f"{field} asks for at least {_percent(share.min)} of the spending{place} in {name}"
    yield Notice(f"policy/{field}", f"{asked}, but {lack}: {_nothing(place)}")


def _pillar_sums(problem: Problem, can_run: Activities) -> Iterator[Notice]:
    """Least shares of pillars that sum to more than 1, or greatest shares of all usable pillars that sum to less."""
    for h in dict.fromkeys(share.theatre for share in problem.policy.pillar_share):
        least: dict[str, float] = {}
        most: dict[str, float] = {}
        for share in problem.policy.pillar_share:
            if share.theatre == h:
                least[share.pillar] = max(share.min or 0.0, least.get(share.pillar, 0.0))
                most[share.pillar] = min(1.0 if share.max is None else share.max, most.get(share.pillar, 1.0))
        place, usable = _in(problem, h), dict.fromkeys(activity.pillar for activity in _in_scope(can_run, h))
        if fsum(least.values()) > 1 + POSITION_ROUNDING:
            asked = listed([f"{_percent(share)} in {pillar}" for pillar, share in least.items() if share])
            yield Notice(
                "policy/pillar_share",
                f"pillar_share asks for more than all spending{place}: {asked}; {_nothing(place)}",
            )
        if usable and fsum(most.get(pillar, 1.0) for pillar in usable) < 1 - POSITION_ROUNDING:
            allowed = listed([f"{_percent(most[pillar])} in {pillar}" for pillar in usable])
            text = (
                f"pillar_share allows at most {allowed} of the spending{place}, and no activity of another pillar can "
                f"run: {_nothing(place)}"
            )
            yield Notice("policy/pillar_share", text)


def _greatest_tag_shares(problem: Problem, can_run: Activities) -> Iterator[Notice]:
    """A tag limited to less than all spending, if every activity that can run has it."""
    for share in problem.policy.tag_share:
        usable, place = _in_scope(can_run, share.theatre), _in(problem, share.theatre)
        if share.max is not None and share.max < 1 and usable and all(share.tag in one.tags for one in usable):
            text = (
                f"tag_share allows at most {_percent(share.max)} of the spending{place} in {share.tag}, but "
                f"every activity that can run has that tag: {_nothing(place)}"
            )
            yield Notice("policy/tag_share", text)


def _prevention(problem: Problem, can_run: Activities) -> Iterator[Notice]:
    share = problem.policy.min_pre_conflict_share
    if share and can_run and all(activity.phase == "post_conflict" for activity in can_run):
        text = (
            f"min_pre_conflict_share asks for at least {_percent(share)} of the spending before conflict, but every "
            f"activity that can run is post_conflict: {_nothing('')}"
        )
        yield Notice("policy/min_pre_conflict_share", text)


def _contributor_shares(rules: ScenarioRules, can_run: Activities) -> Iterator[Notice]:
    """C36: the greatest shares of all contributors that can spend in a scope sum to less than 1."""
    problem, shares = rules.problem, [rule for rule in rules.problem.policy.max_contributor_share if rule.share < 1]
    for h in dict.fromkeys(rule.theatre for rule in shares):
        in_scope, place = [rule for rule in shares if rule.theatre == h], _in(problem, h)
        spenders = _spenders(rules, _in_scope(can_run, h), problem.contributor)
        most = {c: _greatest_share(in_scope, c) for c in spenders}
        if spenders and fsum(most.values()) < 1 - POSITION_ROUNDING:
            allowed = listed([f"{_percent(share)} by {title(problem.contributor, c)}" for c, share in most.items()])
            text = (
                f"max_contributor_share allows at most {allowed} of the spending{place}, and no other contributor "
                f"can spend: {_nothing(place)}"
            )
            yield Notice("policy/max_contributor_share", text)


def _greatest_share(shares: Sequence[ContributorShare], c: ContributorId) -> float:
    return min((rule.share for rule in shares if rule.contributor in (None, c)), default=1.0)


def _spenders(
    rules: ScenarioRules, activities: Activities, contributors: Collection[ContributorId]
) -> list[ContributorId]:
    """Those of `contributors` that can give something of value, at unit cost, to one of the activities."""
    remaining = dict.fromkeys(contributors)
    for activity in activities:
        valued = [r for line in activity.need_lines for r in line.from_ if rules.problem.resource[r].unit_cost > 0]
        for f in rules.problem.frameworks_of(activity):
            for t in rules.problem.periods:
                if not remaining:
                    return list(contributors)
                if rules.is_ruled_out(activity.id, f, t):
                    continue
                for c in [c for c in remaining if any(rules.endowments.get((c, r, t), 0.0) > 0 for r in valued)]:
                    if rules.can_give(c, activity.id, f, t):
                        del remaining[c]
    return [c for c in contributors if c not in remaining]


def _forced_payers(rules: ScenarioRules, can_run: Activities) -> Iterator[Notice]:
    """T3: one compared member that can pay nothing may force all members to pay nothing.

    This happens under a proportional rule with a tolerance below 1, and under a Gini cap below the share of members
    that pay nothing.
    """
    rule, problem = rules.problem.burden_sharing, rules.problem
    if not isinstance(rule, Proportional | Gini):
        return
    willing = willing_members(problem)
    compared = tuple(problem.member) if rule.over == "members" else willing
    idle = _cannot_pay(rules, compared, willing, can_run) if can_run else []
    if isinstance(rule, Proportional):
        limit, is_forced = f"a tolerance of {rule.tolerance:g}", _is_forced_by_shares(rule)
    else:
        limit, is_forced = f"a Gini coefficient of at most {rule.max:g}", _is_forced_by_gini(rule, len(compared))
    if not is_forced(len(idle)):
        return
    unwilling, poor = [i for i in idle if i not in willing], [i for i in idle if i in willing]
    if unwilling:
        text = (
            f"burden_sharing counts all members, but {titles(problem.member, unwilling)} would not pay for any "
            f"activity: {limit} then lets no member pay; set over to willing"
        )
        yield Notice("burden_sharing", text)
        return
    verb, whom = "has" if len(poor) == 1 else "have", "member" if rule.over == "members" else "willing member"
    text = (
        f"burden_sharing counts {titles(problem.member, poor)}, but {titles(problem.member, poor)} {verb} nothing to "
        f"pay with: {limit} then lets no {whom} pay; give resources, or add to withdrawn"
    )
    yield Notice("burden_sharing", text)


def _is_forced_by_shares(rule: Proportional) -> Callable[[int], bool]:
    return lambda paying_nothing: paying_nothing > 0 and rule.tolerance < 1


def _is_forced_by_gini(rule: Gini, compared: int) -> Callable[[int], bool]:
    """The Gini coefficient of n burdens, k of them zero, is at least k/n, reached if the others are equal."""
    return lambda paying_nothing: rule.max * compared < paying_nothing * (1 - POSITION_ROUNDING)


def _cannot_pay(
    rules: ScenarioRules, members: Collection[MemberId], willing: Collection[MemberId], can_run: Activities
) -> list[MemberId]:
    """Those of `members` that can pay for no activity, partner or investment.

    An owner of something of value may invest, and pay for a partner if it is willing or some group is relaxed.
    """
    spenders = set(_spenders(rules, can_run, [ContributorId(i) for i in members]))
    valued = {r for r, resource in rules.problem.resource.items() if resource.unit_cost > 0}
    owners = {c for (c, r, _), amount in rules.endowments.items() if r in valued and amount > 0}
    investors = {investment.contributor for investment in rules.problem.investments}
    if any(partner.coordination_cost is not None for partner in rules.problem.partners):
        investors |= {ContributorId(i) for i in (members if len(rules.relax) > 0 else willing)}
    able = spenders | (owners & investors)
    return [i for i in members if ContributorId(i) not in able]


def _benefit(problem: Problem) -> Iterator[Notice]:
    rule = problem.burden_sharing
    assessed = [i for i, member in problem.member.items() if member.threat is not None]
    if isinstance(rule, Benefit) and rule.max_ratio == 0 and assessed:
        yield Notice(
            "burden_sharing/max_ratio",
            f"burden_sharing by benefit with max_ratio 0 lets {titles(problem.member, assessed)} pay nothing",
        )
