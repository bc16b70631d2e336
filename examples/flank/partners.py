"""Partner organisations in the region: their resources, and the theatres where they work.

The European Union contributes half of the resources of its missions in the Sahel and in Libya; the missions keep the
rest. No figures are published for the United Nations, the African Union and the G5 Sahel. Their resources are small
assumptions. Partners' resources cost the alliance nothing.
"""

from examples.flank.figures import figure
from examples.flank.provenance import Record, assumed, ruled

EU_SHARE = 0.5
AFRICAN_UNION_AREA = ("algeria", "egypt", "libya", "mauritania", "morocco", "sahel", "tunisia")
G5_SAHEL_AREA = ("mauritania", "sahel")


def partners() -> list[Record]:
    """Records of the partners."""
    return [_european_union(), _united_nations(), _african_union(), _g5_sahel()]


def partners_in(theatre: str) -> tuple[str, ...]:
    """Partners with access to a theatre: the EU and the UN everywhere, the others in their member states."""
    african = ("au",) if theatre in AFRICAN_UNION_AREA else ()
    sahelian = ("g5_sahel",) if theatre in G5_SAHEL_AREA else ()
    return ("eu", "un", *african, *sahelian)


def _european_union() -> Record:
    instructors = figure("eu", "instructors", about="mli")
    budgets = figure("eu", "annual_budget", about="ner"), figure("eu", "annual_budget", about="lby")
    staff = figure("eu", "international_staff", about="ner"), figure("eu", "international_staff", about="lby")
    return {
        "id": "eu",
        "title": "European Union",
        "resources": {
            "trainers": EU_SHARE * instructors.value,
            "advisers": EU_SHARE * sum(item.value for item in staff),
            "civil_funds": EU_SHARE * round(sum(item.value for item in budgets), 1),
        },
        **ruled(
            "half of the resources of its missions in Mali, Niger and Libya",
            *(item.source for item in (instructors, *budgets, *staff)),
            confidence=0.5,
        ),
    }


def _united_nations() -> Record:
    return {
        "id": "un",
        "title": "United Nations",
        "resources": {"advisers": 40, "civil_funds": 15},
        **assumed("a small part of its political missions and programmes in the region", confidence=0.3),
    }


def _african_union() -> Record:
    return {
        "id": "au",
        "title": "African Union",
        "resources": {"trainers": 20, "advisers": 10, "civil_funds": 2},
        **assumed("liaison, mediation and training teams, funded by donors", confidence=0.3),
    }


def _g5_sahel() -> Record:
    return {
        "id": "g5_sahel",
        "title": "G5 Sahel Joint Force",
        "resources": {"trainers": 60},
        **assumed("instructors of its own staff college and of the joint force", confidence=0.3),
    }
