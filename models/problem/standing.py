"""Where members stand: the position of each on an activity under a framework, the most specific statement winning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.ids import ActivityId, AnyId, FrameworkId, MemberId, TheatreId
from models.problem.activity import Activity
from models.problem.member import Member
from models.problem.politics import Position

AnyFramework = FrameworkId | None

THREAT_SPAN, THREAT_OFFSET = 4, -2
"""A threat of 0 to 1 read as a position of -2 to +2."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Stated positions by member, place and framework (None: all), threat maps, and the place of every activity."""

    stated: Mapping[tuple[MemberId, AnyId, AnyFramework], float]
    threat: Mapping[MemberId, Mapping[TheatreId, float]]
    theatre_of: Mapping[ActivityId, TheatreId]
    default: float

    def position(self, member: MemberId, activity: ActivityId, framework: FrameworkId) -> float:
        """-2 to +2: activity and framework, activity, theatre and framework, theatre, threat map, default position."""
        theatre = self.theatre_of[activity]
        for place in (activity, theatre):
            for flag in (framework, None):
                value = self.stated.get((member, place, flag))
                if value is not None:
                    return value
        threat = self.threat.get(member, {}).get(theatre)
        return self.default if threat is None else THREAT_SPAN * threat + THREAT_OFFSET


def standing(
    members: Iterable[Member], activities: Iterable[Activity], positions: Iterable[Position], default: float
) -> Standing:
    """Index what the records say, so that a lookup takes no search."""
    return Standing(
        stated={(one.member, one.place, one.framework): float(one.value) for one in positions},
        threat={member.id: member.threat for member in members if member.threat is not None},
        theatre_of={activity.id: activity.theatre for activity in activities},
        default=float(default),
    )
