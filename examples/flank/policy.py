"""What the alliance has decided: a ceiling, floors, a mixture, who leads and who does not; every number an assumption.

- Members spend at most as much in the period planned as five per cent of NATO's common funding of 2023 would come to.
- Jordan and Tunisia, which hold, are kept from slipping; Libya and the Sahel are not given up.
- Prevention comes first, soldiers stay out of civil roles, police and mediation are supported and not led.
- The hub works in every year.
"""

from examples.flank.activities import offers
from examples.flank.figures import figure
from examples.flank.frameworks import ALLIANCE
from examples.flank.members import PERIODS
from examples.flank.provenance import Record, assumed

SHARE_OF_COMMON_FUNDING = 0.05
NOT_LED = ("police_and_justice", "reconciliation")


def policy() -> Record:
    """The policy of the problem."""
    return {
        "max_total_cost": ceiling(),
        "min_pre_conflict_share": 0.7,
        "max_military_share_in_civil_tasks": 0.2,
        "no_lead_role": [offer.id for offer in offers() if offer.id.startswith(NOT_LED)],
        "min_spend": _spending_floors(),
        "min_coverage": _coverage_floors(),
        "pillar_share": _mixture(),
        "run": [
            {"activity": "regional_hub", "framework": ALLIANCE, **assumed("the hub exists and stays", confidence=0.9)}
        ],
    }


def ceiling() -> float:
    """M EUR over all periods."""
    return round(SHARE_OF_COMMON_FUNDING * figure("nato", "common_funding").value * len(PERIODS), 1)


def _spending_floors() -> list[Record]:
    return [
        {"theatre": "libya", "amount": 6, **assumed("a presence in each year, whatever the odds", confidence=0.5)},
        {"theatre": "sahel", "amount": 8, **assumed("a presence in each year, whatever the odds", confidence=0.5)},
    ]


def _coverage_floors() -> list[Record]:
    return [
        {"theatre": "jordan", "share": 0.2, **assumed("a neighbour that holds is kept from slipping", confidence=0.5)},
        {"theatre": "tunisia", "share": 0.2, **assumed("a neighbour that holds is kept from slipping", confidence=0.5)},
        {"theatre": "lebanon", "share": 0.1, **assumed("hosts more refugees a head than any other", confidence=0.5)},
    ]


def _mixture() -> list[Record]:
    return [
        {"pillar": "surveillance", "min": 0.15, "max": 0.4, **assumed("no plan without knowing", confidence=0.5)},
        {"pillar": "partner_cooperation", "min": 0.2, **assumed("with partners, not for them", confidence=0.5)},
    ]
