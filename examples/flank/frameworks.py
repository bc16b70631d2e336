"""The frameworks under which an activity can run: how each decides, and its cost and effect multipliers.

- alliance: decides by consensus of the 29; the reference for cost and effect; has a support role.
- coalition: needs four participants, one of them a lead nation. It has to build up what the alliance already has: 1.1
  of the cost, 0.9 of the effect. It has the lead role.
- partner_led: led by the European Union, the United Nations or an African organisation; no member has to agree. It
  achieves 0.85 of the effect, because it does not use the alliance's planning and training.
"""

from examples.flank.figures import figure
from examples.flank.members import WITHOUT_FORCES, member_ids
from examples.flank.provenance import Record, assumed, ruled

ALLIANCE, COALITION, PARTNER_LED = "alliance", "coalition", "partner_led"
QUORUM = 4
LEAD_NATION_MUSD = 20_000.0


def big_spenders() -> tuple[str, ...]:
    """Members that spend at least 20,000 M USD a year on defence; they can act at a distance and lead."""
    return tuple(
        member
        for member in member_ids()
        if member != WITHOUT_FORCES and figure(member, "defence_expenditure").value >= LEAD_NATION_MUSD
    )


def frameworks() -> list[Record]:
    """Records of the frameworks."""
    lead = big_spenders()
    return [
        {
            "id": ALLIANCE,
            "title": "Alliance",
            "role": "support",
            "rule": {"type": "consensus"},
            "source": "North Atlantic Treaty Organization: decisions are taken by consensus",
        },
        {
            "id": COALITION,
            "title": "Coalition of the willing",
            "role": "lead",
            "rule": {"type": "participants", "min_participants": QUORUM, "lead_nations": list(lead)},
            "effect_multiplier": 0.9,
            "cost_multiplier": 1.1,
            **ruled(
                "lead nations spend at least 20,000 M USD on defence; quorum and multipliers are assumptions",
                *(figure(member, "defence_expenditure").source for member in lead),
                confidence=0.4,
            ),
        },
        {
            "id": PARTNER_LED,
            "title": "Partner-led",
            "role": "support",
            "rule": {"type": "none"},
            "effect_multiplier": 0.85,
            **assumed("a partner's mission works without the alliance's planning and training", confidence=0.4),
        },
    ]
