"""Identifiers: one type for each thing that can be named, so that a member is never passed where a theatre is meant."""

from typing import Annotated, NewType

from pydantic import Field

ID_PATTERN = r"^[a-z0-9][a-z0-9_.-]*$"

_Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=100)]

MemberId = NewType("MemberId", _Id)
PartnerId = NewType("PartnerId", _Id)
ContributorId = NewType("ContributorId", _Id)
TheatreId = NewType("TheatreId", _Id)
ActivityId = NewType("ActivityId", _Id)
FrameworkId = NewType("FrameworkId", _Id)
ResourceId = NewType("ResourceId", _Id)
DriverId = NewType("DriverId", _Id)
PeriodId = NewType("PeriodId", _Id)
ScenarioId = NewType("ScenarioId", _Id)
SpoilerId = NewType("SpoilerId", _Id)
InvestmentId = NewType("InvestmentId", _Id)
Tag = NewType("Tag", _Id)

AnyId = _Id
"""An id in a place where two kinds are allowed (an activity or a theatre); which one it is follows from the problem."""
