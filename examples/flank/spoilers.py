"""Spoilers: outside actors that reduce effects, or prevent frameworks, while they are active.

To see what a spoiler costs, switch it off: set `spoilers/outside_libya/active` to false. The presence of spoilers is
reported; the size of their effect is an assumption.
"""

from examples.flank.provenance import Record, assumed


def spoilers() -> list[Record]:
    """Records of the spoilers."""
    return [
        {
            "id": "outside_libya",
            "title": "Arms and fighters brought to Libya",
            "theatres": ["libya"],
            "effect_multiplier": 0.85,
            **assumed(
                "weapons and other military support flow in despite the embargo; United Nations, press release"
                " SC/14006, 30 October 2019",
                confidence=0.4,
            ),
        },
        {
            "id": "outside_syria",
            "title": "Outside powers in Syria",
            "theatres": ["syria"],
            "effect_multiplier": 0.8,
            "consent": {"*": False, "partner_led": True},
            **assumed(
                "the powers that support the government accept the United Nations, but neither the alliance nor a"
                " coalition; the host itself refuses both, too",
                confidence=0.4,
            ),
        },
        {
            "id": "outside_sahel",
            "title": "Armed groups that cross the Sahel's borders",
            "theatres": ["sahel"],
            "effect_multiplier": 0.9,
            **assumed("they move to areas without state presence and reverse part of the progress", confidence=0.3),
        },
    ]
