"""No action ahead of awareness: training a force asks for having watched the theatre the year before.

A theatre starts with what its own administration knows and shares: awareness 1 at the weakest government effectiveness,
3 at the middle of the scale. Every level of surveillance of the year before adds to it: by aircraft that serve the
theatre, at its borders. One and a half teams can achieve something for each level known; so in Iraq, the Sahel and
Libya nothing is won by training before somebody has watched for a year. The factor is an assumption.
"""

from collections.abc import Mapping

from examples.flank.activities import Offer, offers
from examples.flank.provenance import Record, assumed
from examples.flank.theatres import COUNTRIES, by_effectiveness

GATED = ("force_training", "joint_force_support")
FACTOR = 1.5
WEAKEST_KNOWS, MIDDLE_KNOWS = 1.0, 3.0


def known(theatre: str) -> float:
    """Level of what is known of a theatre before anybody watches it."""
    return by_effectiveness(theatre, weakest=WEAKEST_KNOWS, middle=MIDDLE_KNOWS)


def awareness() -> Mapping[str, Record]:
    """What a theatre's own administration knows, by theatre."""
    why = "awareness: from 1 at the weakest government effectiveness to 3 at the middle of the scale"
    return {theatre: {"awareness": known(theatre), **assumed(why, confidence=0.4)} for theatre in COUNTRIES}


def gates() -> Mapping[str, Record]:
    """What must be watched before, by activity."""
    why = f"gate: {FACTOR:g} teams achieve something for each level known the year before"
    return {
        offer.id: {
            "awareness_gate": {"factor": FACTOR, "from": watchers(offer)},
            **assumed(why, confidence=0.3),
        }
        for offer in offers()
        if offer.id.startswith(GATED)
    }


def watchers(offer: Offer) -> list[str]:
    """The surveillance that sees where an activity is run."""
    return [other.id for other in offers() if other.kind.pillar == "surveillance" and offer.theatre in other.serves]
