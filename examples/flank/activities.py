"""Where each kind of activity is offered, and which theatres it serves.

Aircraft and the hub are based in one theatre, whose host must consent, and serve several. The effect of an activity
that serves several theatres does not depend on absorption. All other effects are multiplied by the absorption of the
theatre.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from examples.flank.catalogue import KINDS, Kind, effect
from examples.flank.provenance import Record, assumed
from examples.flank.theatres import COUNTRIES, absorption, title

OFFERED: dict[str, tuple[str, ...]] = {
    "border_watch": ("iraq", "tunisia", "jordan", "lebanon", "egypt"),
    "force_training": ("iraq", "libya", "sahel", "jordan", "lebanon", "egypt"),
    "defence_institutions": ("iraq", "libya", "tunisia", "jordan", "lebanon", "morocco", "mauritania"),
    "mine_clearance": ("iraq", "syria", "libya"),
    "police_and_justice": ("iraq", "libya", "sahel", "tunisia", "lebanon"),
    "reconciliation": ("iraq", "syria", "libya", "sahel"),
    "host_communities": ("jordan", "lebanon"),
    "reconstruction": ("iraq", "syria", "libya"),
    "civil_preparedness": ("egypt", "algeria", "morocco"),
}


@dataclass(frozen=True)
class Offer:
    """An activity: its kind, the theatre where it is based, the theatres it serves."""

    id: str
    kind: Kind
    theatre: str
    serves: tuple[str, ...]
    title: str


# Activities that serve several theatres: kind, base, theatres served, title.
SHARED: dict[str, tuple[str, str, tuple[str, ...], str]] = {
    "airborne_warning_levant": (
        "wide_area_watch",
        "iraq",
        ("iraq", "syria", "jordan"),
        "Airborne early warning over the Levant",
    ),
    "ground_surveillance_central": (
        "wide_area_watch",
        "tunisia",
        ("tunisia", "libya", "algeria"),
        "Ground surveillance, central Mediterranean",
    ),
    "ground_surveillance_sahel": (
        "wide_area_watch",
        "mauritania",
        ("mauritania", "sahel", "algeria"),
        "Ground surveillance, Sahara and Sahel",
    ),
    "maritime_watch_east": (
        "wide_area_watch",
        "egypt",
        ("egypt", "lebanon", "libya"),
        "Maritime surveillance, eastern Mediterranean",
    ),
    "maritime_watch_west": (
        "wide_area_watch",
        "morocco",
        ("morocco", "algeria", "mauritania"),
        "Maritime surveillance, western approaches",
    ),
    "regional_hub": (
        "regional_hub",
        "tunisia",
        tuple(COUNTRIES),
        "Hub for the South",
    ),
    "regional_dialogue": (
        "regional_dialogue",
        "jordan",
        ("jordan", "egypt", "tunisia", "algeria", "morocco", "mauritania"),
        "Mediterranean dialogue programme",
    ),
    "joint_force_support": (
        "joint_force_support",
        "sahel",
        ("sahel", "mauritania"),
        "Support of the G5 Sahel Joint Force",
    ),
    "border_liaison": (
        "border_liaison",
        "algeria",
        ("algeria", "tunisia", "libya"),
        "Liaison of border authorities in the Maghreb",
    ),
}


def offers() -> Iterator[Offer]:
    """Every activity of the problem: first those that serve several theatres, then by kind."""
    for name, (kind, base, serves, name_shown) in SHARED.items():
        yield Offer(name, KINDS[kind], base, serves, name_shown)
    for kind, places in OFFERED.items():
        for theatre in places:
            name_shown = f"{KINDS[kind].title}, {title(theatre)}"
            yield Offer(f"{kind}_{theatre}", KINDS[kind], theatre, (theatre,), name_shown)


def activities() -> list[Record]:
    """Records of the activities."""
    return [_activity(offer) for offer in offers()]


def _activity(offer: Offer) -> Record:
    kind = offer.kind
    share = 1.0 if len(offer.serves) > 1 else absorption(offer.theatre)
    record: Record = {
        "id": offer.id,
        "title": offer.title,
        "theatre": offer.theatre,
        "pillar": kind.pillar,
        "phase": kind.phase,
        "task": kind.task,
        "needs": [{"from": dict(resources), "amount": amount} for resources, amount in kind.needs],
        "effect": effect(kind.shape, share),
        "reduces": dict(kind.reduces),
        "min_level": kind.min_level,
        "max_level": kind.shape.most,
        "frameworks": list(kind.frameworks),
    }
    if len(offer.serves) > 1:
        record["serves"] = list(offer.serves)
    if kind.lag:
        record["lag"] = kind.lag
    return {**record, **assumed(f"{kind.why}; effect at absorption {share:g}", confidence=0.4)}
