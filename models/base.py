"""The two kinds of document part: a `Part` is frozen and refuses unknown keys; an `Entry` may say where it comes from."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.quantities import Share


class Part(BaseModel):
    """Any part of a document: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Entry(Part):
    """A record of a list of the problem; a judgement in it can name its source and how sure its author is."""

    title: Annotated[str, Field(description="What the record is called where people read it.")] = ""
    notes: Annotated[str, Field(description="Anything worth telling a reader; no effect on the plan.")] = ""
    source: Annotated[str | None, Field(description="Where the judgement or figure comes from.")] = None
    confidence: Annotated[Share | None, Field(description="How sure the author is, 0 to 1.")] = None
