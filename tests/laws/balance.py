"""Burdens, mixtures, floors, reserves and change, written from the model's text."""

from itertools import combinations

from models.problem.burden import Benefit, Gini, Proportional
from models.problem.policy import PillarShare, TagShare
from models.quantities import by_period
from tests.laws.effects import Reach
from tests.laws.effort import Effort, Gift
from tests.laws.lp import Sum, total


def burdens(effort: Effort) -> None:
    """C20, except minimax, which is an objective."""
    rule, over = effort.problem.burden_sharing, effort.world.sharing()
    able = {one.id: one.ability_to_pay for one in effort.problem.members if one.id in over}
    cost = {i: effort.cost(i) for i in able}
    together = total(cost.values())
    if isinstance(rule, Proportional):
        for i, ability in able.items():
            fair = ability / sum(able.values())
            effort.block.at_most((1 - rule.tolerance) * fair * together, cost[i])
            effort.block.at_most(cost[i], (1 + rule.tolerance) * fair * together)
    if isinstance(rule, Gini):
        burden = {i: (1 / ability) * cost[i] for i, ability in able.items()}
        gaps = []
        for i, j in combinations(able, 2):
            gaps.append(effort.block.variable(effort.name, "gap", i, j))
            effort.block.at_most(burden[i] - burden[j], gaps[-1])
            effort.block.at_most(burden[j] - burden[i], gaps[-1])
        effort.block.at_most(total(gaps), rule.max * len(able) * total(burden.values()))


def benefit(effort: Effort, reach: Reach) -> None:
    """C30."""
    rule = effort.problem.burden_sharing
    for one in effort.problem.members:
        if isinstance(rule, Benefit) and one.threat is not None:
            felt: dict[str, float] = dict(one.threat)  # type: ignore[arg-type]
            gain = total(
                felt.get(h, 0.0) * effort.world.theatre(h).weight * reach.cut(h, d, t) for h, d, t in reach.path()
            )
            effort.block.at_most(effort.cost(one.id), rule.max_ratio * gain)


def prevention(effort: Effort) -> None:
    """C21."""
    policy, world = effort.problem.policy, effort.world
    before = effort.spend(key for key in effort.gifts if world.activity(key[1]).phase == "pre_conflict")
    after = effort.spend(key for key in effort.gifts if world.activity(key[1]).phase == "post_conflict")
    if policy.min_pre_conflict_share is not None:
        effort.block.at_most(policy.min_pre_conflict_share * after, (1 - policy.min_pre_conflict_share) * before)
    if policy.max_total_cost is not None:
        effort.block.at_most(total(effort.cost(i) for i in effort.members), policy.max_total_cost)
    for pillar in policy.pillar_share:
        _share(effort, pillar, {a for a in world.frameworks_by_activity if world.activity(a).pillar == pillar.pillar})
    for tag in policy.tag_share:
        _share(effort, tag, {a for a in world.frameworks_by_activity if tag.tag in world.activity(a).tags})


def _share(effort: Effort, rule: PillarShare | TagShare, part: set[str]) -> None:
    scope = effort.given_in(rule.theatre)
    every, inside = effort.spend(scope), effort.spend(key for key in scope if key[1] in part)
    if rule.min is not None:
        effort.block.at_most(rule.min * every, inside)
    if rule.max is not None:
        effort.block.at_most(inside, rule.max * every)


def roles(effort: Effort) -> None:
    """C22, except the rows on frameworks."""
    share = effort.problem.policy.max_military_share_in_civil_tasks
    military = {one.id for one in effort.problem.resources if one.kind == "military"}
    for a, t in effort.choice.framework:
        if share is not None and effort.world.activity(a).task == "civil":
            here = [key for key in effort.gifts if (key[1], key[3]) == (a, t)]
            soldiers = effort.spend(key for key in here if key[2] in military)
            others = effort.spend(key for key in here if key[2] not in military)
            effort.block.at_most((1 - share) * soldiers, share * others)


def floors(effort: Effort) -> None:
    """C23, except the floors on coverage, which concern risk."""
    policy = effort.problem.policy
    for t in effort.world.periods:
        for floor in policy.min_level:
            effort.block.at_most(floor.level, effort.level(floor.activity, t))
        for least in policy.min_spend:
            spent = effort.spend(key for key in effort.given_in(least.theatre) if key[3] == t)
            effort.block.at_most(least.amount, spent)


def coverage(effort: Effort, reach: Reach) -> None:
    """C23 on coverage."""
    for floor in effort.problem.policy.min_coverage:
        cells = [cell for cell in reach.path() if cell[0] == floor.theatre and floor.driver in (None, cell[1])]
        risk = sum(reach.path()[cell] for cell in cells)
        effort.block.at_most(floor.share * risk, total(reach.cut(*cell) for cell in cells))


def reserves(effort: Effort) -> None:
    """C31."""
    for one in effort.problem.policy.reserve:
        whose = effort.members if one.contributor is None else [one.contributor]
        for t, kept in enumerate(by_period(one.amount, effort.problem.periods)):
            there = sum(effort.world.endowment(c, one.resource, t) + effort.bought(c, one.resource, t) for c in whose)
            if kept > 0:
                effort.block.at_most(total(effort.use(c, one.resource, t) for c in whose), there - kept)


def dominance(effort: Effort) -> None:
    """C36."""
    for one in effort.problem.policy.max_contributor_share:
        scope = effort.given_in(one.theatre)
        for c in effort.contributors if one.contributor is None else [one.contributor]:
            own = effort.spend(key for key in scope if key[0] == c)
            effort.block.at_most(own, one.share * effort.spend(scope))


def change(effort: Effort, name: str) -> Sum:
    """C33: the change against the amounts announced for all scenarios or for this scenario, at unit cost."""
    baseline = effort.problem.baseline
    before: dict[Gift, float] = {}
    for one in () if baseline is None else baseline.plan.allocations:
        if one.scenario in (None, name):
            key: Gift = (one.contributor, one.activity, one.resource, effort.problem.periods.index(one.period))
            before[key] = before.get(key, 0.0) + one.amount
    changes = []
    for gift in dict.fromkeys([*effort.gifts, *before]) if baseline is not None else ():
        differs = effort.block.variable(name, "change", *gift)
        given, announced = effort.gifts.get(gift, Sum()), before.get(gift, 0.0)
        effort.block.at_most(given - announced, differs).at_most(announced - given, differs)
        changes.append(effort.price.get(gift[2], 1.0) * differs)
    return total(changes)


def bounded_change(effort: Effort) -> None:
    """C33, if the change is bounded."""
    baseline = effort.problem.baseline
    if baseline is not None and baseline.max_change is not None:
        effort.block.at_most(change(effort, effort.name), baseline.max_change)
