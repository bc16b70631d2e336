"""Id types, one per kind of entity: the type checker rejects a member id where a theatre id is required."""

from typing import Annotated, NewType

from pydantic import Field

ID_PATTERN = r"^[a-z0-9][a-z0-9_.-]*$"

MOST_IN_ID = 100
"""Characters of an id."""

_Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=MOST_IN_ID)]

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
"""Id of an activity or a theatre; the problem decides which of the two it is."""
