"""Four futures, and one plan that is kept in all of them.

- as planned;
- the pivot scales back: from the second year on the United States give a quarter of what they could;
- a host withdraws its consent: Iraq lets in a partner's flag only (its parliament voted for the departure of foreign
  forces in January 2020);
- the threat adapts: risk rises by a fifth in Iraq, Syria and Libya, by three tenths in the Sahel, and training and the
  watching of borders achieve seven tenths of what they do now.

Flags, amounts and years are decided now and kept: the plan cannot use a flag that a host refuses in one of the futures,
nor means that are missing in one, however unlikely that future is. What differs from future to future is what the plan
achieves, and probabilities weigh that. All numbers are assumptions.
"""

from collections.abc import Mapping

from examples.flank.activities import offers
from examples.flank.frameworks import PARTNER_LED
from examples.flank.members import GLOBAL_POWER, means
from examples.flank.provenance import Record, assumed

LEFT_OF_THE_PIVOT = 0.25
WITHDRAWS = "iraq"
SEEN_THROUGH = ("force_training", "border_watch")
ACHIEVE_STILL = 0.7
RISK_TIMES = {"sahel": 1.3, "iraq": 1.2, "syria": 1.2, "libya": 1.2}


TITLE = "The southern flank, planned for four futures"
NOTES = (
    "The problem of southern_flank_2019.json, planned once for four futures: as planned; the United States scale back;"
    " Iraq lets in a partner's flag only; the threat adapts. The plan is kept whatever comes: it needs no flag and no"
    " means that one of the futures takes away, and probabilities weigh what it achieves. Look for what that prudence"
    " costs beside the plan without futures, what becomes of Iraq, and how much less is won if the threat adapts."
    " Rivalries and the limit of divergence, which cost next to nothing there and slow four futures down, are left out."
    " The rules are in examples/README.md. An illustration, nobody's policy."
)
LEFT_OUT = ("rivalries", "divergence")


def with_futures(document: Mapping[str, object]) -> Record:
    """The document planned for four futures: scenarios in, and out what makes four of them slow and decides nothing."""
    kept = {name: value for name, value in document.items() if name not in LEFT_OUT}
    objectives = kept.pop("objectives")
    return {
        **kept,
        "title": TITLE,
        "notes": NOTES,
        "scenarios": scenarios(),
        "criterion": {"type": "expected"},
        "objectives": objectives,
    }


def scenarios() -> list[Record]:
    """The scenarios' records."""
    return [
        {
            "id": "as_planned",
            "title": "As planned",
            "probability": 0.4,
            **assumed("likelier than any of the others", confidence=0.3),
        },
        _pivot_scales_back(),
        _host_withdraws(),
        _threat_adapts(),
    ]


def _pivot_scales_back() -> Record:
    return {
        "id": "pivot_scales_back",
        "title": "The United States scale back",
        "probability": 0.2,
        "overrides": {f"members/{GLOBAL_POWER}/resources": _scaled_back(means()[GLOBAL_POWER])},
        **assumed("a quarter of its means from the second year on; other regions come first", confidence=0.3),
    }


def _scaled_back(given: Record) -> Record:
    """The first year is under way; the others shrink."""
    return {
        resource: [amounts[0], *(round(amount * LEFT_OF_THE_PIVOT, 2) for amount in amounts[1:])]
        for resource, amounts in given.items()
        if isinstance(amounts, list)
    }


def _host_withdraws() -> Record:
    why = (
        "parliament voted on 5 January 2020 for the departure of foreign forces:"
        " https://en.m.wikinews.org/wiki/Iraqi_Parliament_votes_for_expulsion_of_United_States_troops"
    )
    return {
        "id": "host_withdraws",
        "title": "Iraq withdraws its consent",
        "probability": 0.2,
        "overrides": {f"theatres/{WITHDRAWS}/consent": {"*": False, PARTNER_LED: True}},
        **assumed(why, confidence=0.4),
    }


def _threat_adapts() -> Record:
    return {
        "id": "threat_adapts",
        "title": "The threat adapts",
        "probability": 0.2,
        "effect_multiplier": {offer.id: ACHIEVE_STILL for offer in offers() if offer.id.startswith(SEEN_THROUGH)},
        "risk_multiplier": dict(RISK_TIMES),
        **assumed("armed groups learn what is watched and how forces are trained, and move", confidence=0.3),
    }
