"""Kinds of activity: needs and effect of a level, the drivers it reduces, the frameworks it can run under.

A level is one team, or one contract, for a year. Effects are in risk points on the scale of `theatres`, before
absorption. Every number is an estimate of the order of magnitude and is marked as an assumption in the document. A
point costs roughly two to four M EUR. Three ideas shape the kinds:

- Surveillance and training reduce violence and security risk at once, and fade. Institutions work a year later, and
  their effect lasts.
- Training a force has no effect below a threshold; programmes have decreasing returns.
- Civil tasks may use military trainers in place of advisers, each worth half an adviser. Policy limits their share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from examples.flank.figures import figure
from examples.flank.frameworks import ALLIANCE, COALITION, PARTNER_LED
from examples.flank.provenance import Record

Pillar = Literal["surveillance", "capacity_building", "partner_cooperation"]
TRAINERS_A_TEAM = 25
EVERY_FRAMEWORK = (ALLIANCE, COALITION, PARTNER_LED)


@dataclass(frozen=True)
class Threshold:
    """No effect below a level, then a fixed number of points per level."""

    at: float
    per_level: float
    most: float


@dataclass(frozen=True)
class Straight:
    """A fixed number of points per level."""

    per_level: float
    most: float


@dataclass(frozen=True)
class Bent:
    """Decreasing returns: points at two levels, and no further points beyond the second."""

    at: tuple[float, float]
    points: tuple[float, float]

    @property
    def most(self) -> float:
        """Highest level that still adds points."""
        return self.at[1]


Shape = Threshold | Straight | Bent


@dataclass(frozen=True)
class Kind:
    """A kind of activity in any theatre; `needs` is per level, `reduces` per point of effect."""

    title: str
    pillar: Pillar
    task: Literal["military", "civil", "mixed"]
    needs: tuple[tuple[Mapping[str, float], float], ...]
    shape: Shape
    reduces: Mapping[str, float]
    frameworks: tuple[str, ...]
    why: str
    phase: Literal["pre_conflict", "post_conflict"] = "pre_conflict"
    min_level: float = 1
    lag: int = 0


MONEY: Mapping[str, float] = {"money": 1}
ANY_FUNDS: Mapping[str, float] = {"money": 1, "civil_funds": 1}
CIVIL_EXPERTS: Mapping[str, float] = {"advisers": 1, "trainers": 0.5}
ADVISERS: Mapping[str, float] = {"advisers": 1}
TRAINERS: Mapping[str, float] = {"trainers": 1}

# As many teams as the instructors of the EU's training mission in Mali could form.
MOST_TEAMS = figure("eu", "instructors", about="mli").value / TRAINERS_A_TEAM

KINDS: dict[str, Kind] = {
    "wide_area_watch": Kind(
        title="Wide-area surveillance by large aircraft",
        pillar="surveillance",
        task="military",
        needs=(({"flight_hours": 1}, 100), (MONEY, 0.5)),
        shape=Bent(at=(4, 10), points=(1.0, 1.6)),
        reduces={"violence": 0.5, "security": 0.5},
        frameworks=(ALLIANCE, COALITION),
        why="early warning for every theatre in range of an aircraft; decreasing returns",
    ),
    "border_watch": Kind(
        title="Border surveillance",
        pillar="surveillance",
        task="military",
        needs=((MONEY, 1.0), (TRAINERS, 5)),
        shape=Bent(at=(3, 6), points=(1.2, 1.9)),
        reduces={"security": 0.7, "violence": 0.3},
        frameworks=(ALLIANCE, COALITION),
        why="sensors and training in their use; the first stretches of a border matter most",
    ),
    "force_training": Kind(
        title="Training of national forces",
        pillar="capacity_building",
        task="military",
        needs=((TRAINERS, TRAINERS_A_TEAM), (MONEY, 0.5)),
        shape=Threshold(at=4, per_level=0.8, most=MOST_TEAMS),
        reduces={"violence": 0.5, "security": 0.5},
        frameworks=(ALLIANCE, COALITION),
        why="no effect below four teams, about a hundred trainers; at most as many as the EU has in Mali",
    ),
    "defence_institutions": Kind(
        title="Advice to defence institutions",
        pillar="capacity_building",
        task="mixed",
        needs=((ADVISERS, 4), (MONEY, 0.6)),
        shape=Bent(at=(3, 6), points=(1.2, 1.8)),
        reduces={"governance": 0.6, "security": 0.4},
        frameworks=(ALLIANCE, PARTNER_LED),
        why="ministries, budgets, personnel; effect a year later",
        lag=1,
    ),
    "mine_clearance": Kind(
        title="Clearance of mines and remnants of war",
        pillar="capacity_building",
        task="mixed",
        needs=((ANY_FUNDS, 1.0), (TRAINERS, 4)),
        shape=Straight(per_level=0.4, most=6),
        reduces={"violence": 0.6, "grievance": 0.4},
        frameworks=EVERY_FRAMEWORK,
        why="makes land and roads usable again",
    ),
    "police_and_justice": Kind(
        title="Police and justice reform",
        pillar="capacity_building",
        task="civil",
        needs=((CIVIL_EXPERTS, 4), (ANY_FUNDS, 0.8)),
        shape=Straight(per_level=0.45, most=6),
        reduces={"governance": 0.6, "grievance": 0.4},
        frameworks=EVERY_FRAMEWORK,
        why="police and courts that people deal with; effect a year later",
        lag=1,
    ),
    "regional_hub": Kind(
        title="Hub for the South",
        pillar="partner_cooperation",
        task="civil",
        needs=((CIVIL_EXPERTS, 6), (MONEY, 1.0)),
        shape=Bent(at=(2, 4), points=(0.2, 0.3)),
        reduces={"governance": 0.5, "security": 0.5},
        frameworks=(ALLIANCE,),
        why="shared information has a small effect in all eleven theatres",
    ),
    "regional_dialogue": Kind(
        title="Regional dialogue programme",
        pillar="partner_cooperation",
        task="civil",
        needs=((ANY_FUNDS, 1.0), (ADVISERS, 2)),
        shape=Bent(at=(3, 6), points=(0.3, 0.45)),
        reduces={"governance": 0.6, "grievance": 0.4},
        frameworks=(ALLIANCE, PARTNER_LED),
        why="exchange, education and joint training with the partners around the Mediterranean",
    ),
    "reconciliation": Kind(
        title="Mediation and reconciliation",
        pillar="partner_cooperation",
        task="civil",
        needs=((ADVISERS, 3), (ANY_FUNDS, 1.0)),
        shape=Threshold(at=2, per_level=0.5, most=6),
        reduces={"grievance": 0.7, "violence": 0.3},
        frameworks=(COALITION, PARTNER_LED),
        why="local settlements last only if there are enough of them",
    ),
    "host_communities": Kind(
        title="Support of communities that host refugees",
        pillar="partner_cooperation",
        task="civil",
        needs=((ANY_FUNDS, 1.0), (ADVISERS, 1)),
        shape=Bent(at=(4, 8), points=(1.2, 1.8)),
        reduces={"grievance": 0.6, "governance": 0.4},
        frameworks=(ALLIANCE, PARTNER_LED),
        why="schools, water, work; decreasing returns",
    ),
    "joint_force_support": Kind(
        title="Support of the G5 Sahel Joint Force",
        pillar="partner_cooperation",
        task="military",
        needs=((TRAINERS, 15), (MONEY, 1.0)),
        shape=Threshold(at=3, per_level=0.5, most=8),
        reduces={"violence": 0.5, "security": 0.5},
        frameworks=(COALITION, PARTNER_LED),
        why="a force of five states that works on both sides of a border, if it has enough staff",
    ),
    "reconstruction": Kind(
        title="Reconstruction of public services",
        pillar="partner_cooperation",
        task="civil",
        needs=((ANY_FUNDS, 2.5), (CIVIL_EXPERTS, 3)),
        shape=Threshold(at=3, per_level=0.8, most=10),
        reduces={"governance": 0.5, "grievance": 0.5},
        frameworks=(COALITION, PARTNER_LED),
        why="restores trust in public services; a small effort goes unnoticed",
        phase="post_conflict",
    ),
    "civil_preparedness": Kind(
        title="Civil preparedness",
        pillar="partner_cooperation",
        task="civil",
        needs=((ANY_FUNDS, 0.6), (CIVIL_EXPERTS, 1)),
        shape=Straight(per_level=0.2, most=5),
        reduces={"governance": 1.0},
        frameworks=(ALLIANCE, PARTNER_LED),
        why="disaster response and scientific cooperation: small and not contentious",
    ),
    "border_liaison": Kind(
        title="Liaison of border authorities",
        pillar="partner_cooperation",
        task="mixed",
        needs=((MONEY, 0.5), (ADVISERS, 2)),
        shape=Straight(per_level=0.2, most=4),
        reduces={"security": 0.7, "violence": 0.3},
        frameworks=(ALLIANCE, PARTNER_LED),
        why="both sides of a border share information in time",
    ),
}


def effect(shape: Shape, absorption: float) -> Record:
    """Field `effect` of a kind in a theatre: its shape with points multiplied by absorption."""
    match shape:
        case Straight(per_level=per_level):
            return {"type": "linear", "per_level": round(per_level * absorption, 3)}
        case Threshold(at=at, per_level=per_level):
            return {"type": "threshold", "threshold": at, "per_level": round(per_level * absorption, 3)}
        case Bent(at=at, points=points):
            bend = [[level, round(value * absorption, 3)] for level, value in zip(at, points, strict=True)]
            return {"type": "piecewise", "points": [[0, 0], *bend]}
