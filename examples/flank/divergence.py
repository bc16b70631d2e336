"""Divergence cap: how far apart the positions of members may be that train a force together.

Members that train or support a force together have positions at most half a point apart. So a champion and a barely
willing member do not form one mission. The limit is an assumption.
"""

from examples.flank.activities import offers
from examples.flank.frameworks import COALITION
from examples.flank.provenance import Record

AT_MOST = 0.5
KINDS = ("force_training", "joint_force_support")


def divergence() -> Record:
    """Field `divergence` of the problem."""
    return {
        "metric": "range",
        "max": AT_MOST,
        "activities": [
            offer.id for offer in offers() if COALITION in offer.kind.frameworks and offer.id.startswith(KINDS)
        ],
    }
