"""The records of all subjects put together as a document, and a document as bytes.

A subject that comes later is one more function, and one more line of `southern_flank`.
"""

import json

from examples.flank.activities import activities
from examples.flank.awareness import awareness, gates
from examples.flank.cascades import cascades
from examples.flank.caveats import caveats
from examples.flank.coordination import coordination
from examples.flank.days_after import days_after
from examples.flank.diplomacy import concessions
from examples.flank.divergence import divergence
from examples.flank.dynamics import dynamics
from examples.flank.frameworks import frameworks
from examples.flank.futures import with_futures
from examples.flank.members import PERIODS, member_defaults, members
from examples.flank.partners import partners
from examples.flank.policy import policy
from examples.flank.positions import positions
from examples.flank.provenance import Record, with_more
from examples.flank.resources import resources
from examples.flank.rivalries import rivalries
from examples.flank.spoilers import spoilers
from examples.flank.theatres import theatres

TITLE = "The southern flank, planned with the figures of 2019"
NOTES = (
    "The 29 members of 2019, four partners and eleven theatres from Mauritania to Iraq, over three years."
    " Public figures give means, risks and positions by stated rules; what no figure gives is marked as an assumption"
    " with a confidence. Assumptions too: burdens stray from a fair share by half of it at most; a member counts as"
    " taking part from 0.5 M EUR a year; diplomacy has one and a half points of position to spend, one in a single"
    " case; those who train a force together stand at most half a point apart. Look for whom diplomacy wins over and"
    " what objections leave undone; for the year of watching before training in Iraq and the Sahel, and for what"
    " must follow it; for who serves with whom where rivals, the pivot and distance allow; and for who pays more"
    " than its share. Set one rule aside at a time to see its price: while the ceiling binds, who serves with whom"
    " costs little, what may be done under which flag costs much. The rules are in examples/README.md. An"
    " illustration, nobody's policy."
)


def southern_flank() -> Record:
    """The whole document."""
    return {
        "schema": "concord.problem/1",
        "title": TITLE,
        "notes": NOTES,
        "defaults": {"members": member_defaults()},
        "periods": list(PERIODS),
        "discount": 0.95,
        "resources": resources(),
        "members": with_more(members(), caveats()),
        "partners": with_more(partners(), coordination()),
        "theatres": with_more(theatres(), awareness(), dynamics()),
        "frameworks": frameworks(),
        "activities": with_more(activities(), gates(), days_after()),
        "positions": positions(),
        "concessions": concessions(),
        "cascades": cascades(),
        "spoilers": spoilers(),
        "rivalries": rivalries(),
        "divergence": divergence(),
        "burden_sharing": {"type": "proportional", "tolerance": 0.5, "over": "willing"},
        "policy": policy(),
        "objectives": [{"metric": "risk_reduction"}, {"metric": "cost"}],
    }


def southern_flank_futures() -> Record:
    """The same, planned for four futures."""
    return with_futures(southern_flank())


def as_text(document: Record) -> str:
    """The document as JSON that people can read and compare: one line for each record of a list."""
    fields = [f" {_compact(name)}: {_value(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "[\n" + ",\n".join(f"  {_compact(one)}" for one in value) + "\n ]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
