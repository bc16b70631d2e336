"""Who scales back when the pivot does: the United States, and those who could not do the same without its means.

It holds in the four theatres where forces would be trained far from home: Iraq, Libya, the Sahel, Jordan. The pivot is
fully there when it gives a quarter of its fair share of a year's ceiling, so that it could be fully there in all four
and would then be nowhere else; with less, those who depend on it bring less (a slope, no cliff). Followers are the
members that cannot lead: two fifths of their means depend on the pivot where they spend at least 1,000 M USD a year on
equipment, and so have aircraft of their own; four fifths where they spend less. These shares are a judgement.
"""

from examples.flank.figures import figure
from examples.flank.frameworks import LEAD_NATION_MUSD, big_spenders
from examples.flank.members import GLOBAL_POWER, LEAST_EQUIPMENT_MUSD, PERIODS, equipment_musd, member_ids
from examples.flank.policy import ceiling
from examples.flank.provenance import Record, ruled

WHERE = ("iraq", "libya", "sahel", "jordan")
WITH_AIRCRAFT, WITHOUT_AIRCRAFT = 0.4, 0.8


def strength(member: str) -> float:
    """Which share of what a member gives depends on the pivot; 0 for those who can lead themselves."""
    if member in big_spenders():
        return 0.0
    return WITH_AIRCRAFT if equipment_musd(member) >= LEAST_EQUIPMENT_MUSD else WITHOUT_AIRCRAFT


def reference_meur() -> float:
    """M EUR in a theatre and year from which the pivot counts as fully there."""
    share = figure("nato", "cost_share", about=GLOBAL_POWER).value / 100
    return round(share * ceiling() / len(PERIODS) / len(WHERE), 1)


def cascades() -> list[Record]:
    """The cascades' records."""
    followers = [{"member": one, "strength": strength(one)} for one in member_ids() if strength(one) > 0]
    rule = (
        "the reference is its share of common funding of a year's ceiling, spread over four theatres;"
        f" followers spend less than {LEAD_NATION_MUSD:,.0f} M USD on defence; {WITH_AIRCRAFT:g} of their means depend"
        f" on the pivot where they spend at least {LEAST_EQUIPMENT_MUSD:,.0f} M USD on equipment,"
        f" else {WITHOUT_AIRCRAFT:g}"
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
