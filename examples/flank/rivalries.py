"""Who does not serve beside whom, or serves there at a price.

Greece and Türkiye are coded as strategic rivals: they do not serve side by side where ships, aircraft and soldiers of
both would meet, in surveillance and in military tasks of the eastern Mediterranean. In civil programmes, where funds
meet and not soldiers, nothing keeps them apart.

France stood closer to one side in Libya, Italy and Türkiye to the other: they can serve together there, and are in each
other's way. That takes off a quarter of a point of risk for each activity and year (an assumption).
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
    """Activities in which ships, aircraft or soldiers of both rivals would meet."""
    return [
        offer.id
        for offer in offers()
        if EASTERN_MEDITERRANEAN.intersection(offer.serves)
        and (offer.kind.pillar == "surveillance" or offer.kind.task == "military")
    ]


def rivalries() -> list[Record]:
    """The rivalries' records."""
    return [_greece_and_turkey(), *_rifts()]


def _greece_and_turkey() -> Record:
    rule = "strategic rivals do not serve side by side in surveillance and military tasks of the eastern Mediterranean"
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
            **assumed(f"closer to opposite sides in Libya ({where}); the price is a guess", confidence=0.4),
        }
