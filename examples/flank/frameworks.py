"""The flags an activity can run under, how each decides, and what each does to the same effort.

- alliance: the consensus of the 29; the reference for cost and effect; it supports and does not lead;
- coalition: those who take part decide, at least four of them, one of them a nation that can lead; it has to build
  what the alliance has (1.1 of the cost, 0.9 of the effect), and it leads;
- partner_led: the flag of the European Union, the United Nations or an African organisation; nobody in the alliance
  has to agree; 0.85 of the effect, since the alliance's planning and training are not used.
"""

from examples.flank.figures import figure
from examples.flank.members import WITHOUT_FORCES, member_ids
from examples.flank.provenance import Record, assumed, ruled

ALLIANCE, COALITION, PARTNER_LED = "alliance", "coalition", "partner_led"
QUORUM = 4
LEAD_NATION_MUSD = 20_000.0


def big_spenders() -> tuple[str, ...]:
    """Members that spend at least 20,000 M USD a year on defence: they can reach far, and they can lead."""
    return tuple(
        one
        for one in member_ids()
        if one != WITHOUT_FORCES and figure(one, "defence_expenditure").value >= LEAD_NATION_MUSD
    )


def frameworks() -> list[Record]:
    """The frameworks' records."""
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
                *(figure(one, "defence_expenditure").source for one in lead),
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
