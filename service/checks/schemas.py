"""Schemas of the answer to a check."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from models.config import Config
from models.errors import Issue
from models.outcome import ProgramSize

Severity = Literal["error", "warning"]


class Concern(Issue):
    """An issue with its severity: an error keeps the problem from being solved, a warning names a probable mistake."""

    severity: Severity


class Check(BaseModel):
    """Issues of a problem, the size of its program, and its effective config."""

    sound: Annotated[bool, Field(description="True if there is no error, so the service would accept the problem.")]
    issues: Annotated[
        tuple[Concern, ...],
        Field(description="Errors; or, for a sound problem, the warnings that its outcome would contain."),
    ]
    program: Annotated[ProgramSize | None, Field(description="Estimated size; null if issues prevent the estimate.")]
    config: Config | None
