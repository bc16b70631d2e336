"""What harnessing a partner takes: liaison officers of the members, every year in which the partner takes part.

Six civilian advisers beside a headquarters as large as that of the EU or the UN, three beside a smaller one: both are
assumptions.
"""

from collections.abc import Mapping

from examples.flank.provenance import Record, assumed

LIAISON = {"eu": 6, "un": 6, "au": 3, "g5_sahel": 3}


def coordination() -> Mapping[str, Record]:
    """The cost of coordination, by partner."""
    return {
        partner: {
            "coordination_cost": {"resource": "advisers", "amount": officers},
            **assumed(f"coordination: {officers} liaison officers a year", confidence=0.4),
        }
        for partner, officers in LIAISON.items()
    }
