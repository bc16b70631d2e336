"""Awareness gates: training a force requires surveillance of the theatre in the year before.

A theatre starts with the awareness of its own administration: 1 at the weakest government effectiveness, 3 at the
middle of the scale. Each level of surveillance in the year before adds 1: by aircraft that serve the theatre, or at
its borders. Each level of awareness supports one and a half teams of training. So in Iraq, the Sahel and Libya,
training has no effect until after a year of surveillance. The factor is an assumption.
"""

from collections.abc import Mapping

from examples.flank.activities import Offer, offers
from examples.flank.provenance import Record, assumed
from examples.flank.theatres import COUNTRIES, by_effectiveness

GATED = ("force_training", "joint_force_support")
FACTOR = 1.5
WEAKEST_AWARENESS, MIDDLE_AWARENESS = 1.0, 3.0


def initial_awareness(theatre: str) -> float:
    """Awareness of a theatre without any surveillance."""
    return by_effectiveness(theatre, weakest=WEAKEST_AWARENESS, middle=MIDDLE_AWARENESS)


def awareness() -> Mapping[str, Record]:
    """Field `awareness` by theatre."""
    why = "awareness: from 1 at the weakest government effectiveness to 3 at the middle of the scale"
    return {theatre: {"awareness": initial_awareness(theatre), **assumed(why, confidence=0.4)} for theatre in COUNTRIES}


def gates() -> Mapping[str, Record]:
    """Field `awareness_gate` by activity."""
    why = f"gate: each level of awareness from the year before supports {FACTOR:g} teams"
    return {
        offer.id: {
            "awareness_gate": {"factor": FACTOR, "from": watchers(offer)},
            **assumed(why, confidence=0.3),
        }
        for offer in offers()
        if offer.id.startswith(GATED)
    }


def watchers(offer: Offer) -> list[str]:
    """Ids of the surveillance activities that serve the theatre of an activity."""
    return [other.id for other in offers() if other.kind.pillar == "surveillance" and offer.theatre in other.serves]
