"""No training without the day after: a force that was trained must be led, paid and bound to law the year after.

Each four teams of training ask for one team of advice to defence institutions in the next year; where that is not
offered, of police and justice reform (the Sahel) or of civil preparedness (Egypt). What follows the last year belongs
to the next plan and is not asked for here. The ratio is an assumption.
"""

from collections.abc import Mapping

from examples.flank.activities import offers
from examples.flank.provenance import Record, assumed

OPERATIONS = ("force_training", "joint_force_support")
FOLLOW_ONS = ("defence_institutions", "police_and_justice", "civil_preparedness")
RATIO, YEARS = 0.25, 1


def days_after() -> Mapping[str, Record]:
    """What each operation asks for the year after, by activity."""
    why = "day after: one team for four of training, the year after, in institutions that lead and pay a force"
    return {
        offer.id: {
            "day_after": {
                "follow_on": follow_on(offer.theatre),
                "ratio": RATIO,
                "periods": YEARS,
                "beyond_horizon": "ignore",
            },
            **assumed(why, confidence=0.4),
        }
        for offer in offers()
        if offer.id.startswith(OPERATIONS)
    }


def follow_on(theatre: str) -> str:
    """What follows an operation in a theatre: the first of the follow-ons that is offered there."""
    offered = {offer.id for offer in offers()}
    return next(f"{kind}_{theatre}" for kind in FOLLOW_ONS if f"{kind}_{theatre}" in offered)
