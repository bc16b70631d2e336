"""Rules that only a plan without spending satisfies are named; each sentence is compared with the optimum."""

from typing import Any

import pytest

from models.problem.problem import Problem
from optimizer.diagnostics.warnings import warnings
from tests.support.optima import optimum
from tests.support.problems import a_problem, members

TWO = members("a", "b", resources={"money": 5})
WATCH = {"id": "watch", "pillar": "surveillance"}
TRAIN = {"id": "train", "pillar": "capacity_building"}
RIVAL = {"id": "rebuild", "phase": "post_conflict", "tags": ["eu"]}
POOR = [{"id": "a", "resources": {"money": 5}}, {"id": "b"}]


def policy(**rule: Any) -> dict[str, Any]:
    return {"policy": rule}


FORCED: dict[str, tuple[dict[str, Any], str]] = {
    "a pillar nobody has": (
        policy(pillar_share=[{"pillar": "partner_cooperation", "min": 0.2}]),
        "at least 20 % of the spending in partner_cooperation, but no activity has that pillar",
    ),
    "a pillar that cannot run": (
        policy(pillar_share=[{"pillar": "surveillance", "min": 0.2}], forbid=[{"activity": "watch"}]),
        "at least 20 % of the spending in surveillance, but no activity with that pillar can run",
    ),
    "a pillar nobody has in the theatre": (
        policy(pillar_share=[{"pillar": "partner_cooperation", "min": 0.2, "theatre": "iraq"}]),
        "of the spending in iraq in partner_cooperation, but no activity there has that pillar",
    ),
    "a tag that cannot run": (
        policy(tag_share=[{"tag": "eu", "min": 0.5}], forbid=[{"activity": "rebuild"}]),
        "tag_share asks for at least 50 % of the spending in eu, but no activity with that tag can run",
    ),
    "a tag that all have": (
        {
            "activities": [RIVAL],
            **policy(tag_share=[{"tag": "eu", "max": 0.5}]),
        },
        "tag_share allows at most 50 % of the spending in eu, but every activity that can run has that tag",
    ),
    "pillars that ask for more than all": (
        policy(pillar_share=[{"pillar": "surveillance", "min": 0.6}, {"pillar": "capacity_building", "min": 0.6}]),
        "asks for more than all spending: 60 % in surveillance and 60 % in capacity_building",
    ),
    "pillars that allow less than all": (
        {
            "activities": [WATCH, TRAIN],
            **policy(
                pillar_share=[{"pillar": "surveillance", "max": 0.6}, {"pillar": "capacity_building", "max": 0.3}]
            ),
        },
        "at most 60 % in surveillance and 30 % in capacity_building of the spending, and no activity of another pillar",
    ),
    "prevention without prevention": (
        {"activities": [RIVAL], **policy(min_pre_conflict_share=0.3)},
        "min_pre_conflict_share asks for at least 30 % of the spending before conflict, but every activity",
    ),
    "contributors that allow less than all": (
        policy(max_contributor_share=[{"share": 0.4}]),
        "max_contributor_share allows at most 40 % by a and 40 % by b of the spending",
    ),
    "a willing member without means": (
        {"members": POOR, "burden_sharing": {"type": "proportional", "tolerance": 0.1}},
        "burden_sharing counts b, but b has nothing to pay with: a tolerance of 0.1 then lets no willing member pay",
    ),
    "a willing member without means, by gini": (
        {"members": POOR, "burden_sharing": {"type": "gini", "max": 0.3}},
        "burden_sharing counts b, but b has nothing to pay with: a Gini coefficient of at most 0.3",
    ),
    "no cost for any gain": (
        {"burden_sharing": {"type": "benefit", "max_ratio": 0}, "members": [*members("a", threat={"iraq": 1})]},
        "burden_sharing by benefit with max_ratio 0 lets a pay nothing",
    ),
}
KEPT: dict[str, dict[str, Any]] = {
    "a pillar share that holds": policy(pillar_share=[{"pillar": "surveillance", "min": 0.2}]),
    "pillars that ask for all": policy(
        pillar_share=[{"pillar": "surveillance", "min": 0.4}, {"pillar": "capacity_building", "min": 0.6}]
    ),
    "pillars that allow all": {
        "activities": [WATCH, TRAIN],
        **policy(pillar_share=[{"pillar": "surveillance", "max": 0.6}, {"pillar": "capacity_building", "max": 0.4}]),
    },
    "a limit on a tag that some have": policy(tag_share=[{"tag": "eu", "max": 0.5}]),
    "prevention beside reconstruction": policy(min_pre_conflict_share=0.3),
    "contributors that allow all": policy(max_contributor_share=[{"share": 0.5}]),
    "one contributor without a limit": policy(max_contributor_share=[{"contributor": "a", "share": 0.1}]),
    "a partner that may spend the rest": {
        "partners": [{"id": "eu", "resources": {"money": 5}}],
        **policy(max_contributor_share=[{"share": 0.4}]),
    },
    "a tolerance that asks nothing": {"members": POOR, "burden_sharing": {"type": "proportional", "tolerance": 1}},
    "a Gini coefficient of one half": {"members": POOR, "burden_sharing": {"type": "gini", "max": 0.5}},
}


def ruled(fields: dict[str, Any]) -> Problem:
    return a_problem(**{"members": TWO, "activities": [WATCH, TRAIN, RIVAL], **fields})


@pytest.mark.parametrize("name", FORCED)
def test_names_the_rule_that_leaves_only_an_empty_plan(name: str) -> None:
    fields, words = FORCED[name]
    found = [text for text in warnings(ruled(fields)) if words in text]
    assert len(found) == 1, warnings(ruled(fields))
    assert optimum(ruled(fields)) == pytest.approx(0)


@pytest.mark.parametrize("name", KEPT)
def test_does_not_warn_of_a_rule_that_some_plan_satisfies(name: str) -> None:
    assert warnings(ruled(KEPT[name])) == ()
    assert optimum(ruled(KEPT[name])) > 1


@pytest.mark.parametrize("name", [name for name in FORCED if "policy" in FORCED[name][0]])
def test_a_relaxed_policy_forces_nothing(name: str) -> None:
    fields, words = FORCED[name]
    assert not any(words in text for text in warnings(ruled(fields), ["policy"]))


@pytest.mark.parametrize("name", [name for name in FORCED if "burden_sharing" in FORCED[name][0]])
def test_a_relaxed_burden_rule_forces_nothing(name: str) -> None:
    assert warnings(ruled(FORCED[name][0]), ["burden"]) == ()


def test_names_a_pillar_that_no_activity_has_even_if_the_share_asks_nothing() -> None:
    found = warnings(ruled(policy(pillar_share=[{"pillar": "partner_cooperation", "max": 0.2}])))
    assert found == (
        "pillar_share limits partner_cooperation, but no activity has that pillar: the limit has no effect",
    )


def test_a_member_that_can_pay_for_a_partner_has_means() -> None:
    """a gives troops of no price; b has money that no activity needs, but may pay for the partner."""
    fields = {
        "resources": [{"id": "money"}, {"id": "troops", "unit_cost": 0}],
        "members": [{"id": "a", "resources": {"troops": 5}}, {"id": "b", "resources": {"money": 5}}],
        "partners": [
            {
                "id": "eu",
                "resources": {"troops": 5},
                "coordination_cost": {"resource": "money", "amount": 1},
            }
        ],
        "activities": [{"id": "watch", "needs": {"troops": 1}}],
        "burden_sharing": {"type": "proportional", "tolerance": 0.5},
    }
    assert not [text for text in warnings(ruled(fields)) if "counts a and b" in text or "counts b" in text]


def test_names_the_scenario_in_which_a_rule_forces_nothing() -> None:
    scenarios = [{"id": "calm"}, {"id": "poor", "overrides": {"members/b/resources/money": 0}}]
    found = warnings(ruled({"scenarios": scenarios, "burden_sharing": {"type": "proportional", "tolerance": 0.1}}))
    assert [text.partition(":")[0] for text in found] == ["in scenario poor"]


UNWILLING: dict[str, Any] = {
    "positions": [{"member": "b", "activity": activity, "value": 0} for activity in ("watch", "train", "rebuild")],
    "burden_sharing": {"type": "proportional", "tolerance": 0.1, "over": "members"},
}


def test_an_unwilling_member_that_may_invest_can_pay_its_share() -> None:
    """b supports nothing, but buys its share of the cost: 5 from each."""
    camp = {"id": "camp", "contributor": "b", "cost": {"money": 1}, "adds": {"money": 0.5}, "max": 5}
    assert [text for text in warnings(ruled(UNWILLING)) if "b would not pay" in text]
    assert not warnings(ruled(UNWILLING | {"investments": [camp]}))
    assert optimum(ruled(UNWILLING | {"investments": [camp]})) > 4


def test_an_unwilling_member_pays_if_participation_is_relaxed() -> None:
    assert not warnings(ruled(UNWILLING), ["participation"])
    assert optimum(ruled(UNWILLING), "participation") == pytest.approx(10)


@pytest.mark.parametrize("rule", [{"type": "gini", "max": 0.1}, {"type": "proportional"}])
def test_a_rule_that_compares_nobody_forces_nobody(rule: dict[str, Any]) -> None:
    assert not [text for text in warnings(ruled({"default_position": 0, "burden_sharing": rule})) if "counts" in text]
