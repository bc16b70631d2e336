"""Combines the records of all subjects into a document, and writes a document as text.

To add a subject, write a function for its records and add one line to `southern_flank`.
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
    " Stated rules turn public figures into means, risks and positions. Everything else is marked as an assumption with"
    " a confidence. Further assumptions: a member's burden is within half of its fair share; a member counts as taking"
    " part from 0.5 M EUR a year; diplomacy can spend one and a half points of position, at most one per case; members"
    " that train a force together have positions at most half a point apart. Look for the members that diplomacy wins"
    " over and for activities that objections prevent; for the year of surveillance before training in Iraq and the"
    " Sahel, and for what follows training; for which members work together despite rivalries, the pivot and"
    " divergence; and for members that pay more than their fair share. Set one rule aside at a time to see its price."
    " While the spending ceiling binds, rules on who works with whom cost little, and rules on frameworks cost much."
    " The rules are in examples/README.md. This is an illustration, not the policy of any government."
)


def southern_flank() -> Record:
    """The document of the southern flank."""
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
    """The document of the southern flank with four scenarios."""
    return with_futures(southern_flank())


def as_text(document: Record) -> str:
    """The document as JSON with one line per record, easy to read and compare."""
    fields = [f" {_compact(name)}: {_value(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(f"  {_compact(item)}" for item in value) + "\n ]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
