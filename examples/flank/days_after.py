"""Day-after duties: training a force requires support for its institutions in the year after.

Four teams of training require one team of advice to defence institutions in the next year. If that is not offered, the
team works on police and justice reform (the Sahel) or civil preparedness (Egypt). Duties after the last year are left
to the next plan. The ratio is an assumption.
"""

from collections.abc import Mapping

from examples.flank.activities import offers
from examples.flank.provenance import Record, assumed

OPERATIONS = ("force_training", "joint_force_support")
FOLLOW_ONS = ("defence_institutions", "police_and_justice", "civil_preparedness")
RATIO, YEARS = 0.25, 1


def days_after() -> Mapping[str, Record]:
    """Field `day_after` by activity."""
    why = (
        "day after: in the next year, one team for every four of training, in institutions that lead and pay the force"
    )
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
    """Id of the follow-on of an operation: the first of `FOLLOW_ONS` that is offered in the theatre."""
    offered = {offer.id for offer in offers()}
    return next(f"{kind}_{theatre}" for kind in FOLLOW_ONS if f"{kind}_{theatre}" in offered)
