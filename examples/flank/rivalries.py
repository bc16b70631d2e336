"""Rivalries: members that do not work together in an activity, or only with friction.

Greece and Türkiye are coded as strategic rivals. They do not work together in surveillance and military tasks of the
eastern Mediterranean, where their ships, aircraft and soldiers would meet. In civil programmes they can work together.

France was closer to one side in Libya, Italy and Türkiye to the other. They can work together there, but with friction:
risk reduction falls by a quarter of a point for each activity and year (an assumption).
"""

from collections.abc import Iterator

from examples.flank.activities import offers
from examples.flank.figures import figure
from examples.flank.provenance import Record, assumed, ruled

EASTERN_MEDITERRANEAN = frozenset({"egypt", "lebanon", "libya", "syria"})
FRICTION = 0.25
RIFTS = {
    ("fra", "ita"): "The National, April 2019, Tripoli crisis highlights Libya policy rift between France and Italy",
    ("fra", "tur"): "the presidents of both in June 2020, https://riyadmedia.com/news/2020/06/23/16202.html",
}


def side_by_side() -> list[str]:
    """Ids of the activities in which ships, aircraft or soldiers of both rivals would meet."""
    return [
        offer.id
        for offer in offers()
        if EASTERN_MEDITERRANEAN.intersection(offer.serves)
        and (offer.kind.pillar == "surveillance" or offer.kind.task == "military")
    ]


def rivalries() -> list[Record]:
    """Records of the rivalries."""
    return [_greece_and_turkey(), *_rifts()]


def _greece_and_turkey() -> Record:
    rule = "strategic rivals do not work together in surveillance and military tasks of the eastern Mediterranean"
    source = figure("grc", "strategic_rivalry", about="tur").source
    return {
        "between": ["grc", "tur"],
        "activities": side_by_side(),
        "hard": True,
        **ruled(rule, source, confidence=0.6),
    }


def _rifts() -> Iterator[Record]:
    for between, where in RIFTS.items():
        yield {
            "between": list(between),
            "theatres": ["libya"],
            "hard": False,
            "friction": FRICTION,
            **assumed(f"closer to opposite sides in Libya ({where}); the friction is a guess", confidence=0.4),
        }
