from typing import Any

from tests.support.faults import faults, issues_of
from tests.support.problems import a_document

DRIVERS = {"violence": 5, "grievance": 3}


def setting(*activities: dict[str, Any], **fields: Any) -> dict[str, Any]:
    theatres = [{"id": "iraq", "risk": DRIVERS}, {"id": "libya"}]
    return {"theatres": theatres, "activities": list(activities), **fields}


def test_an_activity_must_name_its_driver_among_several() -> None:
    (issue,) = issues_of(a_document(**setting({"id": "train"})))
    assert (issue.address, issue.code) == ("activities/train/reduces", "reduces_required")
    assert issue.suggestion == '"reduces": {"violence": 1}'


def test_a_hub_must_name_the_drivers_of_every_theatre_that_it_serves() -> None:
    hub = {"id": "hub", "theatre": "libya", "serves": ["libya", "iraq"]}
    assert faults(**setting(hub)) == {"activities/hub/reduces": "reduces_required"}
    assert faults(**setting({**hub, "reduces": {"violence": 1, "libya/risk": 0.5}})) == {}


def test_a_single_driver_needs_no_name() -> None:
    assert faults(**setting({"id": "watch", "theatre": "libya"})) == {}
    assert faults(**setting({"id": "watch", "theatre": "libya", "reduces": {"risk": 0.5}})) == {}


def test_a_driver_of_a_theatre_that_is_not_served_is_unknown() -> None:
    watch = {"id": "watch", "theatre": "libya", "reduces": {"violence": 1}}
    (issue,) = issues_of(a_document(**setting(watch)))
    assert (issue.address, issue.code) == ("activities/watch/reduces/violence", "unknown_reference")
    assert issue.allowed == ["risk", "libya/risk"]


def test_a_synergy_must_name_its_driver_among_several() -> None:
    pair = [{"id": "train", "reduces": {"violence": 1}}, {"id": "mentor", "reduces": {"violence": 1}}]
    synergy = {"activities": ["train", "mentor"], "effect": 2}
    assert faults(**setting(*pair, synergies=[synergy])) == {"synergies/train:mentor/driver": "driver_required"}
    assert faults(**setting(*pair, synergies=[{**synergy, "driver": "violence"}])) == {}


def test_the_activities_of_a_synergy_are_of_one_theatre() -> None:
    pair: list[dict[str, Any]] = [{"id": "train", "reduces": {"violence": 1}}, {"id": "watch", "theatre": "libya"}]
    synergy = {"activities": ["train", "watch"], "effect": 2}
    assert faults(**setting(*pair, synergies=[synergy])) == {"synergies/train:watch/activities": "theatre_not_shared"}


def test_drivers_do_not_feed_each_other_in_a_circle() -> None:
    flows = [{"from": "violence", "to": "grievance", "rate": 1}, {"from": "grievance", "to": "violence", "rate": 1}]
    theatre = {"id": "iraq", "risk": DRIVERS, "spillover": flows}
    activity = {"id": "train", "reduces": {"violence": 1}}
    assert faults(theatres=[theatre], activities=[activity]) == {"theatres/iraq/spillover": "cycle"}
    assert faults(theatres=[{**theatre, "spillover": flows[:1]}], activities=[activity]) == {}
    own = [{"from": "violence", "to": "violence", "rate": 1}]
    assert faults(theatres=[{**theatre, "spillover": own}], activities=[activity]) == {
        "theatres/iraq/spillover": "cycle"
    }
