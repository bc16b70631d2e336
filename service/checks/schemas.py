"""What a check says."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from models.config import Config
from models.errors import Issue
from models.outcome import ProgramSize

Severity = Literal["error", "warning"]


class Concern(Issue):
    """An issue, and whether it keeps the problem from being solved."""

    severity: Severity


class Check(BaseModel):
    """Whether a problem is sound, how large its program will be, and the config that would take effect."""

    sound: Annotated[bool, Field(description="No error: it would be accepted to be solved.")]
    issues: tuple[Concern, ...]
    program: Annotated[ProgramSize | None, Field(description="About; unknown while the problem is not sound.")]
    config: Config | None
