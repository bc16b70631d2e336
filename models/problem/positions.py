"""Where members stand: the position of each on an activity under a framework, the most specific statement winning."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.ids import ActivityId, AnyId, FrameworkId, MemberId, TheatreId
from models.problem.activity import Activity
from models.problem.member import Member
from models.problem.politics import Position

AnyFramework = FrameworkId | None
Stances = Mapping[MemberId, float]
"""The position of every member, in the order of the problem."""

THREAT_SPAN, THREAT_OFFSET = 4, -2
"""A threat of 0 to 1 read as a position of -2 to +2."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who stated what by place and framework (None: all), where all stand who did not, the place of every activity."""

    stated: Mapping[tuple[AnyId, AnyFramework], Stances]
    unstated: Mapping[TheatreId, Stances]
    theatre_of: Mapping[ActivityId, TheatreId]
    _found: dict[tuple[ActivityId, FrameworkId], Stances] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        """-2 to +2: activity and framework, activity, theatre and framework, theatre, threat map, default position."""
        found = self._found.get((activity, framework))
        if found is None:
            found = self._found[activity, framework] = self._stances(activity, framework)
        return found

    def _stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        theatre = self.theatre_of[activity]
        found = dict(self.unstated[theatre])
        for place in (theatre, activity):
            for flag in (None, framework):
                found.update(self.stated.get((place, flag), {}))
        return found


def standing(
    members: Iterable[Member], activities: Iterable[Activity], positions: Iterable[Position], default: float
) -> Standing:
    """Index what the records say, so that a lookup takes no search."""
    members, stated = tuple(members), dict[tuple[AnyId, AnyFramework], dict[MemberId, float]]()
    for one in positions:
        stated.setdefault((one.place, one.framework), {})[one.member] = float(one.value)
    theatre_of = {activity.id: activity.theatre for activity in activities}
    return Standing(
        stated=stated,
        unstated={
            theatre: {member.id: _unstated(member, theatre, float(default)) for member in members}
            for theatre in set(theatre_of.values())
        },
        theatre_of=theatre_of,
    )


def _unstated(member: Member, theatre: TheatreId, default: float) -> float:
    threat = None if member.threat is None else member.threat.get(theatre)
    return default if threat is None else THREAT_SPAN * threat + THREAT_OFFSET
