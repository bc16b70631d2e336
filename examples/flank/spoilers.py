"""Outsiders that make the same effort achieve less while they are active, and what they do not let happen.

Switch one off (`spoilers/outside_libya/active` to false) to see what its spoiling costs. How much each takes off is an
assumption; that they are there is not.
"""

from examples.flank.provenance import Record, assumed


def spoilers() -> list[Record]:
    """The spoilers' records."""
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
                "those who keep the government in power let the United Nations work, and neither the alliance nor a"
                " coalition; without consent of the host it would be the same",
                confidence=0.4,
            ),
        },
        {
            "id": "outside_sahel",
            "title": "Armed groups that cross the Sahel's borders",
            "theatres": ["sahel"],
            "effect_multiplier": 0.9,
            **assumed("they move to where the state is not, and take back part of what is won", confidence=0.3),
        },
    ]
