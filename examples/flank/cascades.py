"""Cascades: members that depend on the United States, the pivot, and scale back when it does.

Cascades apply in the four theatres where forces would be trained far from home: Iraq, Libya, the Sahel, Jordan. The
pivot is fully present if it spends a quarter of its fair share of a year's ceiling there. So it can be fully present in
all four theatres, and then nowhere else. With less presence, its followers contribute proportionally less.

Followers are the members that cannot lead. Two fifths of their resources depend on the pivot if they spend at least
1,000 M USD a year on equipment, and so have their own aircraft; four fifths otherwise. These shares are a judgement.
"""

from examples.flank.figures import figure
from examples.flank.frameworks import LEAD_NATION_MUSD, big_spenders
from examples.flank.members import GLOBAL_POWER, LEAST_EQUIPMENT_MUSD, PERIODS, equipment_musd, member_ids
from examples.flank.policy import ceiling
from examples.flank.provenance import Record, ruled

WHERE = ("iraq", "libya", "sahel", "jordan")
WITH_AIRCRAFT, WITHOUT_AIRCRAFT = 0.4, 0.8


def strength(member: str) -> float:
    """Share of a member's contributions that depends on the pivot, 0 to 1; 0 for members that can lead."""
    if member in big_spenders():
        return 0.0
    return WITH_AIRCRAFT if equipment_musd(member) >= LEAST_EQUIPMENT_MUSD else WITHOUT_AIRCRAFT


def reference_meur() -> float:
    """M EUR per theatre and year at which the pivot counts as fully present."""
    share = figure("nato", "cost_share", about=GLOBAL_POWER).value / 100
    return round(share * ceiling() / len(PERIODS) / len(WHERE), 1)


def cascades() -> list[Record]:
    """Records of the cascades."""
    followers = [{"member": member, "strength": strength(member)} for member in member_ids() if strength(member) > 0]
    rule = (
        "the reference is the pivot's share of common funding, applied to a year's ceiling, over four theatres;"
        f" followers spend less than {LEAD_NATION_MUSD:,.0f} M USD on defence; {WITH_AIRCRAFT:g} of their resources"
        f" depend on the pivot if they spend at least {LEAST_EQUIPMENT_MUSD:,.0f} M USD on equipment,"
        f" otherwise {WITHOUT_AIRCRAFT:g}"
    )
    return [
        {
            "pivot": GLOBAL_POWER,
            "theatres": list(WHERE),
            "reference": reference_meur(),
            "followers": followers,
            **ruled(rule, figure("nato", "cost_share", about=GLOBAL_POWER).source, confidence=0.4),
        }
    ]
