"""Four scenarios, and one plan that is feasible in all of them.

- As planned.
- The pivot scales back: from the second year on, the United States contribute at most a quarter of their resources.
- A host withdraws its consent: Iraq admits the partner-led framework only. Its parliament voted for the departure of
  foreign forces in January 2020.
- The threat adapts: risk is 1.2 times as high in Iraq, Syria and Libya, and 1.3 times in the Sahel. Training and border
  surveillance achieve 0.7 of their effect.

The plan is the same in every scenario. So it cannot use a framework that a host refuses in one scenario, or resources
that are missing in one, however unlikely that scenario is. Only the effect differs between scenarios, and probabilities
weight it. All numbers are assumptions.
"""

from collections.abc import Mapping

from examples.flank.activities import offers
from examples.flank.frameworks import PARTNER_LED
from examples.flank.members import GLOBAL_POWER, means
from examples.flank.provenance import Record, assumed

PIVOT_SHARE = 0.25
WITHDRAWS = "iraq"
COUNTERED = ("force_training", "border_watch")
COUNTERED_EFFECT = 0.7
RISK_TIMES = {"sahel": 1.3, "iraq": 1.2, "syria": 1.2, "libya": 1.2}


TITLE = "The southern flank, planned for four scenarios"
NOTES = (
    "The problem of southern_flank_2019.json with one plan for four scenarios: as planned; the United States scale"
    " back; Iraq admits the partner-led framework only; the threat adapts. The plan is the same in every scenario, so"
    " it uses no framework and no resources that are missing in one of them. Probabilities weight its risk reduction."
    " Look for the cost of this caution compared with the plan without scenarios, for the activities in Iraq, and for"
    " how much less the plan achieves if the threat adapts. Rivalries and the divergence cap are left out: they cost"
    " almost nothing in the other document, and make four scenarios slower to solve. The rules are in"
    " examples/README.md. This is an illustration, not the policy of any government."
)
LEFT_OUT = ("rivalries", "divergence")


def with_futures(document: Mapping[str, object]) -> Record:
    """The document with four scenarios, without the rules in `LEFT_OUT`, which slow the solve and cost little."""
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
    """Records of the scenarios."""
    return [
        {
            "id": "as_planned",
            "title": "As planned",
            "probability": 0.4,
            **assumed("more likely than each of the others", confidence=0.3),
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
        **assumed(
            "a quarter of its resources from the second year on, because other regions have priority", confidence=0.3
        ),
    }


def _scaled_back(given: Record) -> Record:
    """Resources by year: the first year unchanged, later years reduced."""
    return {
        resource: [amounts[0], *(round(amount * PIVOT_SHARE, 2) for amount in amounts[1:])]
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
        "effect_multiplier": {offer.id: COUNTERED_EFFECT for offer in offers() if offer.id.startswith(COUNTERED)},
        "risk_multiplier": dict(RISK_TIMES),
        **assumed(
            "armed groups learn what is under surveillance and how forces are trained, and adapt", confidence=0.3
        ),
    }
