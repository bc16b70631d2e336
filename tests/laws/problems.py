"""Random tiny problems over all features of the model: a small base and a few features drawn from a list.

Ids are tokens that appear nowhere else in a document (`m0` a member, `k0` a partner, `h0` a theatre ...), so that a
law can rename them. Numbers are halves and tenths, so no case depends on rounding.
"""

from dataclasses import dataclass
from inspect import isfunction
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from models.errors import InvalidDocument
from models.problem.problem import Problem
from models.reading import read_problem
from tests.laws import balance_features, effect_features, politics_features
from tests.laws.draws import Document, Draw, Feature, halves

METRICS = (*["risk_reduction"] * 9, "residual_risk", "min_coverage", "cost", "max_burden")
LEAST_IS_BEST = ("cost", "max_burden")
"""Objectives with an empty optimal plan unless a floor requires activities."""


@dataclass(frozen=True)
class Size:
    """The least number of records for which a feature has an influence."""

    members: int = 1
    theatres: int = 1
    activities: int = 1
    periods: int = 1


NEEDED = {
    "a_hub": Size(theatres=2),
    "alternatives": Size(activities=2),
    "burden": Size(members=2),
    "least_burden": Size(members=2),
    "cascade": Size(members=2),
    "concessions": Size(members=2, activities=2),
    "day_after": Size(activities=2, periods=2),
    "divergence": Size(members=2),
    "lag": Size(periods=2),
    "lead_time": Size(activities=2, periods=2),
    "majority": Size(members=2),
    "persistence": Size(periods=2),
    "quorum": Size(members=2),
    "opposition": Size(members=2),
    "reputation": Size(activities=2, periods=2),
    "risk_dynamics": Size(periods=2),
    "rivalry": Size(members=2),
    "synergy": Size(activities=2),
}


@st.composite
def documents(draw: Draw, *, of: str | None = None, further: int = 3) -> Document:
    """Draw a document of at most three members, two theatres, three activities and two periods with a few features.

    `of` names a feature that the document must have; it is applied first.
    """
    document = draw(_bases(NEEDED.get(of or "", Size())))
    others = st.sampled_from([name for name in sorted(FEATURES) if name != of])
    names = [*([] if of is None else [of]), *draw(st.lists(others, max_size=further, unique=True))]
    if document["objectives"][0]["metric"] in LEAST_IS_BEST and "floors" not in names:
        names.append("floors")
    for name in names:
        FEATURES[name](draw, document)
    document["notes"] = ", ".join(names)
    return document


@st.composite
def problems(draw: Draw, *, further: int = 3) -> Problem:
    """Draw a problem from a valid document."""
    try:
        return read_problem(draw(documents(further=further)))
    except InvalidDocument:
        reject()


@st.composite
def _bases(draw: Draw, least: Size) -> Document:
    members, theatres = draw(st.integers(least.members, 3)), draw(st.integers(least.theatres, 2))
    shapes = [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)]
    activities, periods = draw(
        st.sampled_from([shape for shape in shapes if shape[0] >= least.activities and shape[1] >= least.periods])
    )
    return {
        "schema": "concord.problem/1",
        "periods": [f"p{t}" for t in range(periods)],
        "members": [_member(draw, n, periods) for n in range(members)],
        "theatres": [
            {"id": f"h{n}", "risk": draw(halves(5, 40)), "weight": draw(st.sampled_from([1, 1, 2]))}
            for n in range(theatres)
        ],
        "activities": [_activity(draw, n, theatres) for n in range(activities)],
        "frameworks": [{"id": "f0"}],
        "defaults": {"members": {"min_contribution": draw(st.sampled_from([0.5, 1, 2]))}},
        "policy": {},
        "objectives": _objectives(draw),
    }


def _member(draw: Draw, n: int, periods: int) -> Document:
    money: Any = draw(halves(0.5, 6))
    if periods > 1 and draw(st.booleans()):
        money = [draw(halves(0, 6)) for _ in range(periods)]
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
