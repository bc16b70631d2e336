from typing import Any

import pytest

from tests.support.documents import full, places, with_value
from tests.support.faults import faults, issues_of
from tests.support.problems import a_document

SETTING: dict[str, Any] = {
    "members": [{"id": "a"}, {"id": "b"}],
    "partners": [{"id": "eu"}],
    "activities": [{"id": "train"}, {"id": "watch"}],
    "theatres": [{"id": "iraq"}, {"id": "libya"}],
}


def member(**fields: Any) -> dict[str, Any]:
    return {"members": [{"id": "a", **fields}, {"id": "b"}]}


def partner(**fields: Any) -> dict[str, Any]:
    return {"partners": [{"id": "eu", **fields}]}


def theatre(**fields: Any) -> dict[str, Any]:
    return {"theatres": [{"id": "iraq", **fields}, {"id": "libya"}]}


def activity(**fields: Any) -> dict[str, Any]:
    return {"activities": [{"id": "train", **fields}, {"id": "watch"}]}


def policy(name: str, **fields: Any) -> dict[str, Any]:
    return {"policy": {name: [fields]}}


@pytest.mark.parametrize(
    "fields, address",
    [
        (member(resources={"x": 1}), "members/a/resources/x"),
        (member(min_contribution={"x": 1}), "members/a/min_contribution/x"),
        (member(caveats=[{"activity": "x", "max_level": 1}]), "members/a/caveats/x/activity"),
        (member(caveats=[{"theatre": "x", "max_level": 1}]), "members/a/caveats/x/theatre"),
        (
            member(caveats=[{"theatre": "iraq", "max_level": 1, "frameworks": ["alliance", "x"]}]),
            "members/a/caveats/iraq:-:alliance+x/frameworks/1",
        ),
        (member(threat={"x": 1}), "members/a/threat/x"),
        (partner(resources={"x": 1}), "partners/eu/resources/x"),
        (partner(min_contribution={"x": 1}), "partners/eu/min_contribution/x"),
        (partner(coordination_cost={"resource": "x", "amount": 1}), "partners/eu/coordination_cost/resource"),
        (theatre(structural=["x"]), "theatres/iraq/structural/0"),
        (theatre(consent={"x": True}), "theatres/iraq/consent/x"),
        (theatre(growth={"x": 0.1}), "theatres/iraq/growth/x"),
        (theatre(spillover=[{"from": "x", "to": "risk", "rate": 1}]), "theatres/iraq/spillover/x:risk/from"),
        (theatre(spillover=[{"from": "risk", "to": "x", "rate": 1}]), "theatres/iraq/spillover/risk:x/to"),
        (theatre(access=["a", "eu", "x"]), "theatres/iraq/access/2"),
        (activity(theatre="x"), "activities/train/theatre"),
        (activity(serves=["iraq", "x"]), "activities/train/serves/1"),
        (activity(needs={"x": 1}), "activities/train/needs/x"),
        (activity(needs=[{"from": {"x": 1}, "amount": 1}]), "activities/train/needs/x/from/x"),
        (activity(requires=["a"]), "activities/train/requires/0"),
        (activity(reduces={"x": 1}), "activities/train/reduces/x"),
        (activity(reduces={"libya/risk": 1}), "activities/train/reduces/libya~1risk"),
        (activity(frameworks=["x"]), "activities/train/frameworks/0"),
        (
            activity(lead_time={"with_presence": 0, "without": 0, "presence_from": ["x"]}),
            "activities/train/lead_time/presence_from/0",
        ),
        (activity(day_after={"follow_on": "x", "ratio": 1, "periods": 1}), "activities/train/day_after/follow_on"),
        (activity(awareness_gate={"factor": 1, "from": ["x"]}), "activities/train/awareness_gate/from/0"),
        (
            {"frameworks": [{"id": "alliance", "rule": {"type": "none", "lead_nations": ["eu"]}}]},
            "frameworks/alliance/rule/lead_nations/0",
        ),
        ({"positions": [{"member": "eu", "activity": "train", "value": 1}]}, "positions/eu:train/member"),
        ({"positions": [{"member": "a", "activity": "x", "value": 1}]}, "positions/a:x/activity"),
        ({"positions": [{"member": "a", "theatre": "x", "value": 1}]}, "positions/a:x/theatre"),
        (
            {"positions": [{"member": "a", "theatre": "iraq", "framework": "x", "value": 1}]},
            "positions/a:iraq:x/framework",
        ),
        ({"cascades": [{"pivot": "eu", "followers": [{"member": "a"}]}]}, "cascades/eu/pivot"),
        ({"cascades": [{"pivot": "a", "followers": [{"member": "x"}]}]}, "cascades/a/followers/x/member"),
        (
            {"cascades": [{"pivot": "a", "theatres": ["x"], "followers": [{"member": "eu"}]}]},
            "cascades/a/theatres/0",
        ),
        ({"withdrawn": [{"member": "x"}]}, "withdrawn/x/member"),
        ({"withdrawn": [{"member": "eu", "theatre": "x"}]}, "withdrawn/eu:x/theatre"),
        ({"withdrawn": [{"member": "a", "from_period": "x"}]}, "withdrawn/a/from_period"),
        ({"spoilers": [{"id": "militia", "theatres": ["x"]}]}, "spoilers/militia/theatres/0"),
        ({"spoilers": [{"id": "militia", "consent": {"x": False}}]}, "spoilers/militia/consent/x"),
        ({"rivalries": [{"between": ["a", "x"]}]}, "rivalries/a:x/between/1"),
        ({"rivalries": [{"between": ["a", "eu"], "activities": ["x"]}]}, "rivalries/a:eu/activities/0"),
        ({"rivalries": [{"between": ["a", "eu"], "theatres": ["x"]}]}, "rivalries/a:eu/theatres/0"),
        ({"divergence": {"max": 1, "activities": ["x"]}}, "divergence/activities/0"),
        ({"synergies": [{"activities": ["train", "x"], "effect": 1}]}, "synergies/train:x/activities/1"),
        (
            {"synergies": [{"activities": ["train", "watch"], "effect": 1, "driver": "x"}]},
            "synergies/train:watch:x/driver",
        ),
        ({"alternatives": [{"activities": ["train", "x"]}]}, "alternatives/train:x/activities/1"),
        (
            {"investments": [{"id": "camp", "contributor": "x", "cost": {}, "adds": {}}]},
            "investments/camp/contributor",
        ),
        (
            {"investments": [{"id": "camp", "contributor": "eu", "cost": {"x": 1}, "adds": {}}]},
            "investments/camp/cost/x",
        ),
        (
            {"investments": [{"id": "camp", "contributor": "eu", "cost": {}, "adds": {"x": 1}}]},
            "investments/camp/adds/x",
        ),
        ({"policy": {"no_lead_role": ["x"]}}, "policy/no_lead_role/0"),
        (policy("min_spend", theatre="x", amount=1), "policy/min_spend/x/theatre"),
        (policy("min_level", activity="x", level=1), "policy/min_level/x/activity"),
        (policy("min_coverage", theatre="x", share=1), "policy/min_coverage/x/theatre"),
        (policy("min_coverage", theatre="iraq", driver="x", share=1), "policy/min_coverage/iraq:x/driver"),
        (policy("pillar_share", pillar="other", theatre="x", min=0), "policy/pillar_share/other:x/theatre"),
        (policy("tag_share", tag="x", min=0), "policy/tag_share/x/tag"),
        (policy("tag_share", tag="x", theatre="iraq", min=0), "policy/tag_share/x:iraq/tag"),
        (policy("max_contributor_share", contributor="x", share=1), "policy/max_contributor_share/x/contributor"),
        (policy("max_contributor_share", theatre="x", share=1), "policy/max_contributor_share/-:x/theatre"),
        (policy("reserve", resource="x", amount=1), "policy/reserve/x/resource"),
        (policy("reserve", resource="money", contributor="x", amount=1), "policy/reserve/money:x/contributor"),
        (policy("run", activity="x"), "policy/run/x/activity"),
        (policy("run", activity="train", framework="x"), "policy/run/train:x/framework"),
        (policy("forbid", activity="train", period="x"), "policy/forbid/train:-:x/period"),
        ({"scenarios": [{"id": "s", "effect_multiplier": {"x": 1}}]}, "scenarios/s/effect_multiplier/x"),
        ({"scenarios": [{"id": "s", "risk_multiplier": {"x": 1}}]}, "scenarios/s/risk_multiplier/x"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_reference_must_exist(fields: dict[str, Any], address: str) -> None:
    assert faults(**{**SETTING, **fields}) == {address: "unknown_reference"}


def test_an_unknown_reference_lists_the_known_ids() -> None:
    (issue,) = issues_of(a_document(positions=[{"member": "a", "activity": "trian", "value": 1}]))
    assert issue.message == "there is no activity 'trian'; did you mean 'train'?"
    assert (issue.given, issue.allowed, issue.suggestion) == ("trian", ["train"], "train")


@pytest.mark.parametrize(
    "fields, address",
    [
        (activity(serves=["iraq", "iraq"]), "activities/train/serves/1"),
        (activity(frameworks=["alliance", "alliance"]), "activities/train/frameworks/1"),
        (activity(tags=["ssr", "ssr"]), "activities/train/tags/1"),
        (theatre(access=["a", "b", "a"]), "theatres/iraq/access/2"),
        ({"rivalries": [{"between": ["a", "a"]}]}, "rivalries/a:a/between/1"),
        ({"synergies": [{"activities": ["train", "train"], "effect": 1}]}, "synergies/train:train/activities/1"),
        ({"alternatives": [{"activities": ["train", "train"]}]}, "alternatives/train:train/activities/1"),
        ({"policy": {"no_lead_role": ["train", "train"]}}, "policy/no_lead_role/1"),
    ],
)
def test_a_list_with_a_repeated_id_is_refused(fields: dict[str, Any], address: str) -> None:
    assert faults(**{**SETTING, **fields}) == {address: "repeated_reference"}


def test_a_plan_in_force_may_name_what_no_longer_exists() -> None:
    allocation = {"contributor": "gone", "activity": "gone", "resource": "gone", "period": "gone", "amount": 1}
    lists = (
        "activities",
        "coverage",
        "burden",
        "divergence",
        "scenarios",
        "coordination",
        "concessions",
        "investments",
    )
    assert faults(baseline={"plan": {"allocations": [allocation], **{name: [] for name in lists}}}) == {}


def test_a_broken_reference_in_any_field_is_found() -> None:
    """Every text of a full document is replaced; each one that refers to a record must cause an issue."""
    document = full()
    free = {"unit", "metric", "schema", "phase", "pillar", "type", "address"}
    for loc in places(document):
        value = document
        for step in loc:
            value = value[step]  # type: ignore[index]
        if (
            isinstance(value, str)
            and not free & set(loc)
            and loc[-1] != "id"
            and loc[0] != "periods"
            and "tags" not in loc
        ):
            assert issues_of(with_value(document, loc, "nothing.such")), loc
