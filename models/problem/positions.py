"""Positions of members on activities under frameworks; the most specific statement applies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from models.ids import ActivityId, AnyId, FrameworkId, MemberId, TheatreId
from models.problem.activity import Activity
from models.problem.member import Member
from models.problem.politics import Position

AnyFramework = FrameworkId | None
Stances = Mapping[MemberId, float]
"""Position of every member, in the order of the problem."""

THREAT_SPAN, THREAT_OFFSET = 4, -2
"""A threat t from 0 to 1 gives the position 4t - 2, from -2 to +2."""


@dataclass(frozen=True, kw_only=True)
class PositionIndex:
    """Positions by activity and framework."""

    stated: Mapping[tuple[AnyId, AnyFramework], Stances]
    """Stated positions by activity or theatre, and framework (None: all frameworks)."""
    unstated: Mapping[TheatreId, Stances]
    """Positions of all members on a theatre without a stated position."""
    theatre_of: Mapping[ActivityId, TheatreId]
    """Theatre of every activity."""
    _cache: dict[tuple[ActivityId, FrameworkId], Stances] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        """Return the positions of all members on an activity under a framework, -2 to +2."""
        stances = self._cache.get((activity, framework))
        if stances is None:
            stances = self._cache[activity, framework] = self._stances(activity, framework)
        return stances

    def _stances(self, activity: ActivityId, framework: FrameworkId) -> Stances:
        theatre = self.theatre_of[activity]
        stances = dict(self.unstated[theatre])
        for place in (theatre, activity):  # later updates are more specific
            for scope in (None, framework):
                stances.update(self.stated.get((place, scope), {}))
        return stances


def index_positions(
    members: Iterable[Member], activities: Iterable[Activity], positions: Iterable[Position], default: float
) -> PositionIndex:
    """Return the index of all stated positions, threat assessments, and the default position."""
    members, stated = tuple(members), dict[tuple[AnyId, AnyFramework], dict[MemberId, float]]()
    for position in positions:
        stated.setdefault((position.place, position.framework), {})[position.member] = float(position.value)
    theatre_of = {activity.id: activity.theatre for activity in activities}
    return PositionIndex(
        stated=stated,
        unstated={
            theatre: {member.id: _unstated(member, theatre, float(default)) for member in members}
            for theatre in set(theatre_of.values())
        },
        theatre_of=theatre_of,
    )


def _unstated(member: Member, theatre: TheatreId, default: float) -> float:
    threat = None if member.threat is None else member.threat.get(theatre)
    if threat is None:
        return default
    # In decimals, as a person wrote the threat: 4 x 0.35 - 2 is -0.6 and does not block at -0.6 (trap T10).
    return float(THREAT_SPAN * Decimal(repr(float(threat))) + THREAT_OFFSET)
