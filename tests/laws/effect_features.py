"""Features of random problems: endowments, effects and timing."""

from hypothesis import strategies as st

from tests.laws.draws import Document, Draw, halves, one_of, raise_max_level


def a_second_resource(draw: Draw, document: Document) -> None:
    document["resources"] = [{"id": "money"}, {"id": "r1", "unit_cost": draw(halves(0, 2)), "kind": "military"}]
    for member in document["members"]:
        member["resources"]["r1"] = draw(halves(0, 6))
    activity = one_of(draw, document["activities"])
    if draw(st.booleans()):
        activity["needs"] = [{"from": {"money": 1, "r1": draw(st.sampled_from([0.5, 2]))}, "amount": 1}]
    else:
        activity["needs"] = {"money": 1, "r1": 1}


def productivity(draw: Draw, document: Document) -> None:
    one_of(draw, document["members"])["productivity"] = draw(st.sampled_from([0.5, 2]))


def several_flags(draw: Draw, document: Document) -> None:
    document["frameworks"].append(
        {
            "id": "f1",
            "rule": {"type": draw(st.sampled_from(["none", "participants", "consensus"]))},
            "effect_multiplier": draw(st.sampled_from([0.5, 0.8, 1, 1.5])),
            "cost_multiplier": draw(st.sampled_from([1, 1.5])),
            "role": draw(st.sampled_from(["lead", "support"])),
        }
    )
    one_of(draw, document["activities"])["max_level"] = draw(halves(1, 3))
    for activity in document["activities"][:2]:
        activity["frameworks"] = draw(st.sampled_from([["f0", "f1"], ["f1", "f0"], ["f1"]]))


def least_levels(draw: Draw, document: Document) -> None:
    for activity in document["activities"]:
        activity["min_level"] = draw(st.sampled_from([0.5, 1]))


def seasons(draw: Draw, document: Document) -> None:
    """Effects and risks that differ by period."""
    for activity in document["activities"]:
        if activity["effect"]["type"] == "linear":
            activity["effect"]["per_level"] = [draw(halves(0, 3)) for _ in document["periods"]]
    for theatre in document["theatres"]:
        if not isinstance(theatre["risk"], dict) and "growth" not in theatre:
            theatre["risk"] = [draw(halves(1, 20)) for _ in document["periods"]]


def thresholds(draw: Draw, document: Document) -> None:
    effect = {"type": "threshold", "threshold": draw(halves(1, 8)), "per_level": draw(halves(0.5, 3))}
    one_of(draw, document["activities"])["effect"] = effect


def curves(draw: Draw, document: Document) -> None:
    points = draw(
        st.sampled_from(
            [[[0, 0], [2, 4], [6, 6]], [[0, 0], [2, 1], [4, 8], [8, 9]], [[0, 0], [3, 0], [5, 6]], [[0, 0], [4, 4]]]
        )
    )
    one_of(draw, document["activities"])["effect"] = {"type": "piecewise", "points": points}


def drivers(draw: Draw, document: Document) -> None:
    """Two drivers in the first theatre, the second structural at times, and the reach of each activity."""
    document["theatres"][0]["risk"] = {"d0": draw(halves(1, 10)), "d1": draw(halves(1, 10))}
    if draw(st.booleans()):
        document["theatres"][0]["structural"] = ["d1"]
    for activity in document["activities"]:
        activity["task"] = draw(st.sampled_from(["military", "civil", "mixed"]))
        if activity["theatre"] == "h0":
            linear = activity["effect"]["type"] == "linear" and "awareness_gate" not in activity
            second = draw(st.sampled_from([0, 0.5, -0.5] if linear else [0, 0.5]))
            activity["reduces"] = {"d0": draw(st.sampled_from([0.5, 1])), "d1": second}


def a_hub(draw: Draw, document: Document) -> None:
    if len(document["theatres"]) > 1 and not isinstance(document["theatres"][0]["risk"], dict):
        one_of(draw, document["activities"])["serves"] = ["h0", "h1"]


def discount(draw: Draw, document: Document) -> None:
    document["discount"] = draw(st.sampled_from([0.5, 0.9]))


def lag(draw: Draw, document: Document) -> None:
    activity = one_of(draw, document["activities"])
    if len(document["periods"]) > 1 and "lead_time" not in activity:
        activity["lag"] = 1


def persistence(draw: Draw, document: Document) -> None:
    one_of(draw, document["theatres"])["persistence"] = draw(st.sampled_from([0.5, 1]))


def risk_dynamics(draw: Draw, document: Document) -> None:
    theatre = one_of(draw, document["theatres"])
    if isinstance(theatre["risk"], dict):
        theatre["growth"] = {"d0": draw(st.sampled_from([-0.5, 0.2]))}
        theatre["spillover"] = [{"from": "d1", "to": "d0", "rate": draw(st.sampled_from([0.1, 0.5]))}]
    elif not isinstance(theatre["risk"], list):
        theatre["growth"] = {"risk": draw(st.sampled_from([-0.5, 0.2]))}
    theatre.setdefault("persistence", draw(st.sampled_from([0.5, 1, 0])))


def awareness(draw: Draw, document: Document) -> None:
    activity, *others = document["activities"]
    if any(value < 0 for value in activity.get("reduces", {}).values()):
        return
    document["theatres"][0]["awareness"] = draw(halves(0, 3))
    activity["awareness_gate"] = {"factor": draw(halves(0.5, 2)), "from": [one["id"] for one in others]}


def day_after(draw: Draw, document: Document) -> None:
    operation, *others = document["activities"]
    if others:
        operation["day_after"] = {
            "follow_on": one_of(draw, others)["id"],
            "ratio": draw(halves(0.5, 2)),
            "periods": 1,
            "beyond_horizon": draw(st.sampled_from(["forbid", "ignore"])),
        }


def reputation(draw: Draw, document: Document) -> None:
    day_after(draw, document)
    theatre = document["theatres"][0]
    theatre["footprint_cap"], theatre["trust"] = draw(halves(1, 4)), draw(st.sampled_from([0.5, 1, 2]))
    for activity in document["activities"]:
        activity["footprint"] = draw(st.sampled_from([0.5, 1, 2]))
        if "day_after" in activity:
            activity["day_after"]["trust_loss"] = draw(st.sampled_from([0.1, 0.5]))


def lead_time(_: Draw, document: Document) -> None:
    activity, *others = document["activities"]
    plain = activity["effect"]["type"] == "linear" and "deviation" not in activity["effect"]
    if others and len(document["periods"]) > 1 and plain and not activity.get("lag"):
        others[0].setdefault("min_level", 0.5)
        raise_max_level(others[0])
        activity["lead_time"] = {"with_presence": 0, "without": 1, "presence_from": [others[0]["id"]]}


def synergy(draw: Draw, document: Document) -> None:
    first, *others = document["activities"]
    if not others or isinstance(document["theatres"][0]["risk"], dict):
        return
    for activity in (first, others[0]):
        activity["theatre"] = first["theatre"]
        activity.setdefault("min_level", 0.5)
        raise_max_level(activity)
    pair = [first["id"], others[0]["id"]]
    document["synergies"] = [{"activities": pair, "effect": draw(halves(0.5, 4))}]
    if isinstance(_theatre_of(document, first)["risk"], dict):
        document["synergies"][0]["driver"] = "d0"


def _theatre_of(document: Document, activity: Document) -> Document:
    return next(one for one in document["theatres"] if one["id"] == activity["theatre"])


def investment(draw: Draw, document: Document) -> None:
    document["investments"] = [
        {
            "id": "v0",
            "contributor": one_of(draw, document["members"])["id"],
            "cost": {"money": draw(halves(0.5, 4))},
            "adds": {"money": draw(halves(1, 8))},
            "lead_time": draw(st.integers(0, 1)),
            "max": draw(st.integers(1, 2)),
        }
    ]
