"""C21 prevention: policy sets a least share for prevention, a mix of instruments and a ceiling on cost."""

from collections.abc import Callable, Iterator

from models.ids import ActivityId, TheatreId
from models.problem.policy import PillarShare, TagShare
from optimizer.data.index_sets import Contribution
from optimizer.data.scenarios import ScenarioData
from optimizer.formulation.family import EVERY, Family, Rows
from optimizer.formulation.linear_expression import Term, linear, total
from optimizer.formulation.spending import spend
from optimizer.formulation.variables import DecisionVariables


def rows(scenario: ScenarioData, d: DecisionVariables) -> Rows:
    """C21, rows over the whole horizon  [M EUR].

    prevention, one row: (1 - alpha) * spending before conflict - alpha * spending after conflict >= 0.
    total_cost, one row: sum of c[i] <= max_total_cost.
    pillar, tag, one row per minimum and maximum: spending on it >= min * spending and <= max * spending, in the theatre
    that the share names or everywhere.
    """
    policy = scenario.problem.policy
    if policy.min_pre_conflict_share is not None:
        yield ("prevention",), linear(_before_less_after(scenario, d, policy.min_pre_conflict_share)) >= 0
    if policy.max_total_cost is not None:
        yield ("total_cost",), total(d.cost.values()) <= policy.max_total_cost
    for share in policy.pillar_share:
        yield from _share_rows(scenario, d, ("pillar", share.pillar), share, _of_pillar(scenario, share))
    for tag in policy.tag_share:
        yield from _share_rows(scenario, d, ("tag", tag.tag), tag, _with_tag(scenario, tag))


def _before_less_after(scenario: ScenarioData, d: DecisionVariables, share: float) -> Iterator[Term]:
    phase = {a: activity.phase for a, activity in scenario.problem.activity.items()}
    weight: dict[str, float] = {"pre_conflict": 1 - share, "post_conflict": -share}
    yield from spend(scenario, d, scenario.index.contributions, lambda key: weight[phase[key[1]]])


def _of_pillar(scenario: ScenarioData, share: PillarShare) -> Callable[[ActivityId], bool]:
    return lambda a: scenario.problem.activity[a].pillar == share.pillar


def _with_tag(scenario: ScenarioData, share: TagShare) -> Callable[[ActivityId], bool]:
    return lambda a: share.tag in scenario.problem.activity[a].tags


def _share_rows(
    scenario: ScenarioData,
    d: DecisionVariables,
    name: tuple[str, str],
    share: PillarShare | TagShare,
    belongs: Callable[[ActivityId], bool],
) -> Rows:
    contributions = _in_theatre(scenario, share.theatre)
    scope = EVERY if share.theatre is None else share.theatre
    for side, bound in (("min", share.min), ("max", share.max)):
        if bound is None:
            continue
        balance = linear(spend(scenario, d, contributions, lambda key, b=bound: (1 - b) if belongs(key[1]) else -b))  # type: ignore[misc]
        yield (*name, scope, side), (balance >= 0 if side == "min" else balance <= 0)


def _in_theatre(scenario: ScenarioData, theatre: TheatreId | None) -> tuple[Contribution, ...]:
    if theatre is None:
        return scenario.index.contributions
    activity = scenario.problem.activity
    return tuple(key for key in scenario.index.contributions if activity[key[1]].theatre == theatre)


FAMILY = Family(
    number="C21",
    name="prevention",
    group="policy",
    says="policy sets a least share for prevention, a mix of instruments and a ceiling on cost",
    rows=rows,
)
