"""Features of random problems: decisions, objections, participation, cascades and refusals."""

from hypothesis import strategies as st

from tests.laws.draws import POSITIONS, Document, Draw, halves, one_of


def positions(draw: Draw, document: Document) -> None:
    for member in document["members"]:
        for activity in document["activities"]:
            if draw(st.booleans()):
                framework = draw(st.sampled_from([*activity.get("frameworks", ()), None]))
                _stands(document, member, activity, draw(st.sampled_from(POSITIONS)), framework)


def _stands(
    document: Document, member: Document, activity: Document, value: float, framework: str | None = None
) -> None:
    """Add a position unless the document has one."""
    one = {"member": member["id"], "activity": activity["id"]} | ({} if framework is None else {"framework": framework})
    stated = document.setdefault("positions", [])
    if not any({**other, "value": 0} == {**one, "value": 0} for other in stated):
        stated.append(one | {"value": value})


def temperaments(draw: Draw, document: Document) -> None:
    """Members with other thresholds of objection and contribution, and another default position."""
    member = one_of(draw, document["members"])
    member["objects_below"], member["contributes_from"] = draw(st.sampled_from([(-2, 0), (-1, 2), (0, 0.5), (1, 1)]))
    document["default_position"] = draw(st.sampled_from([-1, 0.5, 1, 2]))


def switched_off(draw: Draw, document: Document) -> None:
    one_of(draw, document["frameworks"])["enabled"] = draw(st.sampled_from([False, True]))


def majority(draw: Draw, document: Document) -> None:
    rule = {"type": "majority", "quota": draw(st.sampled_from([0.5, 0.6, 1.0]))}
    if draw(st.booleans()):
        rule["quota_members"] = draw(st.sampled_from([0.5, 1.0]))
    document["frameworks"][0]["rule"] = rule
    for member in document["members"]:
        member["votes"] = draw(st.integers(0, 3))
    for activity in document["activities"]:
        _stands(document, one_of(draw, document["members"]), activity, draw(st.sampled_from([-1, 0, 1])))
    positions(draw, document)


def concessions(draw: Draw, document: Document) -> None:
    """Concessions that can buy off objections."""
    document["concessions"] = {"budget": draw(st.sampled_from([1, 0.5, 1.5]))}
    if draw(st.booleans()):
        document["concessions"]["max_per_case"] = draw(halves(0.5, 2))
    for activity in document["activities"]:
        _stands(document, one_of(draw, document["members"]), activity, draw(st.sampled_from([-2, -1.5])))


def quorum(draw: Draw, document: Document) -> None:
    framework = document["frameworks"][-1]
    rule = framework.setdefault("rule", {"type": "consensus"})
    rule["min_participants"] = draw(st.integers(1, len(document["members"])))
    one_of(draw, document["members"])["min_contribution"] = draw(halves(0.5, 6))
    if draw(st.booleans()):
        rule["lead_nations"] = [one_of(draw, document["members"])["id"]]


def a_partner(draw: Draw, document: Document) -> None:
    partner: Document = {
        "id": "k0",
        "resources": {"money": draw(halves(1, 8))},
        "min_contribution": draw(halves(0.5, 2)),
    }
    if draw(st.sampled_from([True, True, False])):
        partner["coordination_cost"] = {"resource": "money", "amount": draw(halves(0.5, 3))}
    document["partners"] = [partner]
    if draw(st.booleans()):
        one_of(draw, document["activities"])["requires"] = ["k0"]
    if draw(st.booleans()):
        document["frameworks"][-1].setdefault("rule", {"type": "consensus"})["min_partners"] = 1


def cascade(draw: Draw, document: Document) -> None:
    if len(document["members"]) > 1:
        followers = [
            {"member": one["id"], "strength": draw(st.sampled_from([0.5, 1]))} for one in document["members"][1:]
        ]
        document["cascades"] = [{"pivot": "m0", "followers": followers}]
        if draw(st.booleans()):
            document["cascades"][0]["reference"] = draw(halves(1, 8))
        for activity in document["activities"]:
            _stands(document, document["members"][0], activity, draw(st.sampled_from([-1, 0, 2])))


def withdrawal(draw: Draw, document: Document) -> None:
    gone: Document = {"member": one_of(draw, document["members"])["id"]}
    if draw(st.booleans()):
        gone["theatre"] = one_of(draw, document["theatres"])["id"]
    if draw(st.booleans()):
        gone["from_period"] = document["periods"][-1]
    document["withdrawn"] = [gone]


def consent(draw: Draw, document: Document) -> None:
    refusals = [False, {"f0": False}, {"f0": False, "*": True}, {"*": False, "f0": True}]
    one_of(draw, document["theatres"])["consent"] = draw(st.sampled_from(refusals))


def access(draw: Draw, document: Document) -> None:
    one_of(draw, document["theatres"])["access"] = [one["id"] for one in document["members"] if draw(st.booleans())]


def spoiler(draw: Draw, document: Document) -> None:
    document["spoilers"] = [
        {
            "id": "o0",
            "active": draw(st.sampled_from([True, True, False])),
            "effect_multiplier": draw(st.sampled_from([0, 0.5])),
            "consent": draw(st.sampled_from([True, {"f0": False}])),
        }
    ]
    if draw(st.booleans()):
        document["spoilers"][0]["theatres"] = ["h0"]


def rivalry(draw: Draw, document: Document) -> None:
    if len(document["members"]) > 1:
        hard = draw(st.booleans())
        rivals: Document = {"between": ["m0", "m1"], "hard": hard}
        if not hard:
            rivals["friction"] = draw(halves(0.5, 3))
        if draw(st.booleans()):
            rivals["theatres"] = ["h0"]
        document["rivalries"] = [rivals]


def divergence(draw: Draw, document: Document) -> None:
    """Members that would all take part but have different positions."""
    metric = draw(st.sampled_from(["range", "total_deviation", "pairwise"]))
    document["divergence"] = {"metric": metric, "max": draw(st.sampled_from([0, 0.5, 0.75]))}
    for member in document["members"]:
        for activity in document["activities"]:
            _stands(document, member, activity, draw(st.sampled_from([1, 2, 1.5])))


def caveat(draw: Draw, document: Document) -> None:
    one: Document = {"max_level": draw(halves(0, 4)), "scope": draw(st.sampled_from(["own", "activity"]))}
    place = draw(st.sampled_from(["activity", "theatre"]))
    one[place] = one_of(draw, document["activities" if place == "activity" else "theatres"])["id"]
    if draw(st.booleans()):
        one["frameworks"] = ["f0"]
    one_of(draw, document["members"])["caveats"] = [one]


def opposition(draw: Draw, document: Document) -> None:
    """Objections that no decision rule stops."""
    document["policy"]["max_opposition"] = draw(st.sampled_from([0, 0.25, 0.5, 1]))
    for activity in document["activities"]:
        _stands(document, one_of(draw, document["members"]), activity, -1)
