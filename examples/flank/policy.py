"""Policy of the alliance: a spending ceiling, floors, shares and limits on roles; every number is an assumption.

- Members spend at most five per cent of NATO's common funding of 2023, summed over the planning periods.
- Jordan and Tunisia keep a minimum coverage, to stay stable. Libya and the Sahel keep a minimum of spending.
- Prevention has priority. Soldiers have a limited share of civil tasks. Police reform and mediation have no lead role.
- The hub runs in every year.
"""

from examples.flank.activities import offers
from examples.flank.figures import figure
from examples.flank.frameworks import ALLIANCE
from examples.flank.members import PERIODS
from examples.flank.provenance import Record, assumed

SHARE_OF_COMMON_FUNDING = 0.05
NOT_LED = ("police_and_justice", "reconciliation")


def policy() -> Record:
    """Field `policy` of the problem."""
    return {
        "max_total_cost": ceiling(),
        "min_pre_conflict_share": 0.7,
        "max_military_share_in_civil_tasks": 0.2,
        "no_lead_role": [offer.id for offer in offers() if offer.id.startswith(NOT_LED)],
        "min_spend": _spending_floors(),
        "min_coverage": _coverage_floors(),
        "pillar_share": _mixture(),
        "run": [
            {
                "activity": "regional_hub",
                "framework": ALLIANCE,
                **assumed("the hub already exists and continues", confidence=0.9),
            }
        ],
    }


def ceiling() -> float:
    """Spending ceiling in M EUR over all periods."""
    return round(SHARE_OF_COMMON_FUNDING * figure("nato", "common_funding").value * len(PERIODS), 1)


def _spending_floors() -> list[Record]:
    return [
        {"theatre": "libya", "amount": 6, **assumed("keep a minimum presence in each year", confidence=0.5)},
        {"theatre": "sahel", "amount": 8, **assumed("keep a minimum presence in each year", confidence=0.5)},
    ]


def _coverage_floors() -> list[Record]:
    return [
        {"theatre": "jordan", "share": 0.2, **assumed("keep a stable neighbour stable", confidence=0.5)},
        {"theatre": "tunisia", "share": 0.2, **assumed("keep a stable neighbour stable", confidence=0.5)},
        {
            "theatre": "lebanon",
            "share": 0.1,
            **assumed("hosts more refugees per head than any other country", confidence=0.5),
        },
    ]


def _mixture() -> list[Record]:
    return [
        {"pillar": "surveillance", "min": 0.15, "max": 0.4, **assumed("a plan needs information", confidence=0.5)},
        {"pillar": "partner_cooperation", "min": 0.2, **assumed("work with partners", confidence=0.5)},
    ]
