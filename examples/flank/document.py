"""The records of all subjects put together as one document, and the document as bytes.

A subject that comes later is one more function, and one more line of `southern_flank`.
"""

import json

from examples.flank.activities import activities
from examples.flank.frameworks import frameworks
from examples.flank.members import PERIODS, member_defaults, members
from examples.flank.partners import partners
from examples.flank.policy import policy
from examples.flank.positions import positions
from examples.flank.provenance import Record
from examples.flank.resources import resources
from examples.flank.theatres import theatres

TITLE = "The southern flank, planned with the figures of 2019"
NOTES = (
    "The 29 members of 2019, four partners and eleven theatres from Mauritania to Iraq, over three years."
    " Public figures give means, risks and positions by stated rules; what no figure gives is marked as an assumption"
    " with a confidence. Burdens stray from a fair share by half of it at most, and a member counts as taking part from"
    " 0.5 M EUR a year: both are assumptions. Look for what the objections of one or two members move from the alliance"
    " to a coalition or leave undone, which theatres are left aside, and who pays more than its share."
    " The rules are in examples/README.md. An illustration, nobody's policy."
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
        "members": members(),
        "partners": partners(),
        "theatres": theatres(),
        "frameworks": frameworks(),
        "activities": activities(),
        "positions": positions(),
        "burden_sharing": {"type": "proportional", "tolerance": 0.5, "over": "willing"},
        "policy": policy(),
        "objectives": [{"metric": "risk_reduction"}, {"metric": "cost"}],
    }


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
