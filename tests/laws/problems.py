"""Random tiny problems over all that the model knows: a small base, and a few features drawn from a list.

Ids are tokens that stand nowhere else in a document (`m0` a member, `k0` a partner, `h0` a theatre ...), so that a law
can rename them. Numbers are halves and tenths as people write them: no case rests on the last digit.
"""

from inspect import isfunction
from typing import Any

from hypothesis import strategies as st

from tests.laws import balance_features, effect_features, politics_features
from tests.laws.draws import STAKE, Document, Draw, Feature, halves

METRICS = (*["risk_reduction"] * 8, "residual_risk", "min_coverage", "cost", "max_burden")


@st.composite
def documents(draw: Draw, *, features: int = 4) -> Document:
    """A document of at most three members, two theatres, three activities and two periods, with a few features."""
    document = draw(_bases())
    names = draw(st.lists(st.sampled_from(sorted(FEATURES)), max_size=features, unique=True))
    for name in names:
        FEATURES[name](draw, document)
    document["notes"] = ", ".join(names)
    return document


@st.composite
def _bases(draw: Draw) -> Document:
    members, theatres = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    activities, periods = draw(st.sampled_from([(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)]))
    return {
        "schema": "concord.problem/1",
        "periods": [f"p{t}" for t in range(periods)],
        "members": [_member(draw, n, periods) for n in range(members)],
        "theatres": [
            {"id": f"h{n}", "risk": draw(halves(1, 20)), "weight": draw(st.sampled_from([1, 1, 2]))}
            for n in range(theatres)
        ],
        "activities": [_activity(draw, n, theatres) for n in range(activities)],
        "frameworks": [{"id": "f0"}],
        "defaults": {"members": {"min_contribution": STAKE}},
        "policy": {},
        "objectives": _objectives(draw),
    }


def _member(draw: Draw, n: int, periods: int) -> Document:
    money: Any = draw(halves(0.5, 10))
    if periods > 1 and draw(st.booleans()):
        money = [draw(halves(0, 10)) for _ in range(periods)]
    return {"id": f"m{n}", "resources": {"money": money}, "ability_to_pay": draw(st.integers(1, 4))}


def _activity(draw: Draw, n: int, theatres: int) -> Document:
    activity: Document = {
        "id": f"a{n}",
        "theatre": f"h{draw(st.integers(0, theatres - 1))}",
        "pillar": draw(st.sampled_from(["surveillance", "capacity_building", "partner_cooperation", "other"])),
        "needs": {"money": draw(st.sampled_from([0.5, 1, 1, 2]))},
        "effect": {"type": "linear", "per_level": draw(halves(0.5, 4))},
    }
    if draw(st.booleans()):
        activity["max_level"] = draw(halves(1, 8))
    return activity


def _objectives(draw: Draw) -> list[Document]:
    first = draw(st.sampled_from(METRICS))
    second = "risk_reduction" if first == "cost" else "cost"
    return [{"metric": first}, {"metric": second}]


FEATURES: dict[str, Feature] = {
    name: feature
    for module in (effect_features, politics_features, balance_features)
    for name, feature in vars(module).items()
    if isfunction(feature) and feature.__module__ == module.__name__ and not name.startswith("_")
}
