"""Features of random problems: burdens, mixtures, floors, change, deviations and scenarios."""

from hypothesis import strategies as st

from tests.laws.draws import POSITIONS, Document, Draw, halves, one_of, raise_max_level, shares


def burden(draw: Draw, document: Document) -> None:
    rules = [{"type": "proportional", "tolerance": limit} for limit in (0.1, 0, 0.5, 1)]
    rules += [{"type": "gini", "max": limit} for limit in (0.1, 0, 0.25)]
    document["burden_sharing"] = draw(st.sampled_from(rules)) | {"over": draw(st.sampled_from(["willing", "members"]))}


def least_burden(draw: Draw, document: Document) -> None:
    kind = draw(st.sampled_from(["minimax", "lexicographic_minimax"]))
    document["burden_sharing"] = {"type": kind, "over": draw(st.sampled_from(["willing", "members"]))}


def benefit(draw: Draw, document: Document) -> None:
    for member in document["members"]:
        if member is document["members"][0] or draw(st.booleans()):
            member["threat"] = {one["id"]: draw(st.sampled_from([0.75, 0.9, 1.0])) for one in document["theatres"]}
    document["burden_sharing"] = {"type": "benefit", "max_ratio": draw(st.sampled_from([0.05, 0.1, 0.2]))}


def money_policy(draw: Draw, document: Document) -> None:
    policy = document["policy"]
    policy["max_total_cost"] = draw(halves(0, 12))
    for activity in document["activities"]:
        activity["phase"] = draw(st.sampled_from(["pre_conflict", "post_conflict"]))
    policy["min_pre_conflict_share"] = draw(shares())


def mixtures(draw: Draw, document: Document) -> None:
    rule = {draw(st.sampled_from(["min", "max"])): draw(shares())}
    if draw(st.booleans()):
        document["policy"]["pillar_share"] = [{"pillar": document["activities"][0]["pillar"]} | rule]
    else:
        document["activities"][0]["tags"] = ["quick"]
        document["policy"]["tag_share"] = [{"tag": "quick", "theatre": document["activities"][0]["theatre"]} | rule]


def roles(draw: Draw, document: Document) -> None:
    """Military spending in civil tasks, and lead roles."""
    document["policy"]["max_military_share_in_civil_tasks"] = draw(st.sampled_from([0.1, 0, 0.25, 0.5]))
    document["resources"] = [{"id": "money"}, {"id": "r1", "kind": "military"}]
    for member in document["members"]:
        member["resources"]["r1"] = draw(halves(0, 6))
    for activity in document["activities"]:
        activity["task"] = draw(st.sampled_from(["civil", "civil", "military", "mixed"]))
        activity["needs"] = [{"from": {"money": 0.5, "r1": draw(st.sampled_from([0.5, 1, 2]))}, "amount": 1}]
    if draw(st.booleans()):
        document["policy"]["no_lead_role"] = [one_of(draw, document["activities"])["id"]]


def floors(draw: Draw, document: Document) -> None:
    activity, theatre = one_of(draw, document["activities"]), one_of(draw, document["theatres"])
    kind = draw(st.sampled_from(["min_level", "min_spend", "min_coverage"]))
    document["policy"][kind] = {
        "min_level": [{"activity": activity["id"], "level": draw(halves(0.5, 1))}],
        "min_spend": [{"theatre": theatre["id"], "amount": draw(halves(0.5, 3))}],
        "min_coverage": [{"theatre": theatre["id"], "share": draw(st.sampled_from([0.1, 0.25]))}],
    }[kind]


def reserve(draw: Draw, document: Document) -> None:
    kept: Document = {"resource": "money", "amount": draw(halves(0, 4))}
    if draw(st.booleans()):
        kept["contributor"] = one_of(draw, document["members"])["id"]
    document["policy"]["reserve"] = [kept]


def dominance(draw: Draw, document: Document) -> None:
    share: Document = {"share": draw(shares())}
    if draw(st.booleans()):
        share["contributor"] = one_of(draw, document["members"])["id"]
    if draw(st.booleans()):
        share["theatre"] = one_of(draw, document["theatres"])["id"]
    document["policy"]["max_contributor_share"] = [share]


def alternatives(_: Draw, document: Document) -> None:
    if len(document["activities"]) > 1:
        document["alternatives"] = [{"activities": [one["id"] for one in document["activities"]], "at_most": 1}]


def baseline(draw: Draw, document: Document) -> None:
    kinds = (
        "activities",
        "coverage",
        "burden",
        "divergence",
        "scenarios",
        "coordination",
        "concessions",
        "investments",
    )
    given = [
        {"contributor": member["id"], "activity": activity["id"], "resource": "money", "period": document["periods"][0]}
        | {"amount": draw(halves(0.5, 6))}
        for member in document["members"]
        for activity in document["activities"]
        if draw(st.booleans())
    ]
    document["baseline"] = {"plan": {**{kind: [] for kind in kinds}, "allocations": given}}
    if draw(st.booleans()):
        document["baseline"]["max_change"] = draw(halves(0, 6))
    document["objectives"][1] = {"metric": "change_from_baseline"}


def locks(draw: Draw, document: Document) -> None:
    activity = one_of(draw, document["activities"])
    kind = draw(st.sampled_from(["run", "forbid"]))
    lock: Document = {"activity": activity["id"]}
    if draw(st.booleans()):
        lock["period"] = document["periods"][-1]
    if kind == "run":
        activity.setdefault("min_level", 0.5)
        raise_max_level(activity)
    document["policy"][kind] = [lock]


def disappointments(draw: Draw, document: Document) -> None:
    for activity in document["activities"]:
        if activity["effect"]["type"] == "linear" and "lead_time" not in activity:
            activity["effect"]["deviation"] = draw(halves(0, 2))
    document["criterion"] = {"type": "budgeted", "gamma": draw(st.sampled_from([0, 0.5, 1, 2]))}


def futures(draw: Draw, document: Document) -> None:
    document["scenarios"] = [
        {
            "id": f"s{n}",
            "risk_multiplier": {"h0": draw(st.sampled_from([0.5, 1, 2]))},
            "effect_multiplier": {"a0": draw(st.sampled_from([0.5, 1, 1.5]))},
        }
        for n in range(2)
    ]
    if draw(st.booleans()):
        document["scenarios"][1]["probability"], document["scenarios"][0]["probability"] = 0.25, 0.75
    if document.get("criterion", {}).get("type") != "budgeted":
        kinds = [{"type": "expected"}, {"type": "worst_case"}, {"type": "cvar", "alpha": 0.5}, {"type": "regret"}]
        document["criterion"] = draw(st.sampled_from(kinds))
    document["criterion"]["recourse"] = draw(st.booleans())


def futures_apart(draw: Draw, document: Document) -> None:
    """Scenarios of which the second overrides the problem."""
    futures(draw, document)
    overrides = {
        "members/m0/resources/money": draw(halves(0, 10)),
        "theatres/h0/consent": draw(st.booleans()),
        "withdrawn/m0": {},
        "members/m0/productivity": draw(st.sampled_from([0.5, 2])),
        "frameworks/f0/cost_multiplier": draw(st.sampled_from([1, 1.5])),
        "activities/a0/effect": {"type": "linear", "per_level": draw(halves(0, 3))},
    }
    if "concessions" not in document:
        overrides["positions/m0:a0"] = draw(st.sampled_from(POSITIONS))
    chosen = draw(st.lists(st.sampled_from(sorted(overrides)), min_size=1, max_size=2, unique=True))
    document["scenarios"][1]["overrides"] = {address: overrides[address] for address in chosen}
