"""How far apart those may stand who train a force together.

A mission whose members mean different things by it does not hold: those who serve together in training a force, or in
support of one, stand at most half a point apart. A champion and one that is barely willing do not form one
mission. The limit is an assumption.
"""

from examples.flank.activities import offers
from examples.flank.frameworks import COALITION
from examples.flank.provenance import Record

AT_MOST = 0.5
KINDS = ("force_training", "joint_force_support")


def divergence() -> Record:
    """The rule of the problem."""
    return {
        "metric": "range",
        "max": AT_MOST,
        "activities": [
            offer.id for offer in offers() if COALITION in offer.kind.frameworks and offer.id.startswith(KINDS)
        ],
    }
