"""Coordination costs: liaison officers that members provide in every year in which a partner takes part.

Six civilian advisers for a large headquarters, such as that of the EU or the UN; three for a smaller one. Both numbers
are assumptions.
"""

from collections.abc import Mapping

from examples.flank.provenance import Record, assumed

LIAISON = {"eu": 6, "un": 6, "au": 3, "g5_sahel": 3}


def coordination() -> Mapping[str, Record]:
    """Field `coordination_cost` by partner."""
    return {
        partner: {
            "coordination_cost": {"resource": "advisers", "amount": officers},
            **assumed(f"coordination: {officers} liaison officers a year", confidence=0.4),
        }
        for partner, officers in LIAISON.items()
    }
