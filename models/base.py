"""The two base classes of document parts: `Part`, frozen and without unknown keys, and `Entry`, which adds a source."""

from pydantic import BaseModel, ConfigDict

from models.quantities import Share
from models.texts import Line, Remarks


class Part(BaseModel):
    """Any part of a document: frozen; unknown keys are errors. The string below a field is its description."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        use_attribute_docstrings=True,
        ser_json_inf_nan="constants",  # JSON has no infinity or NaN: as null, a fault would look like a missing number
    )


class Entry(Part):
    """A record of a list of the problem, with a title, notes, and the source of its judgements."""

    title: Line = ""
    """Name of the record for readers, at most 300 characters. Default: empty, readers see the id."""
    notes: Remarks = ""
    """Remarks for readers; no effect on the plan. Default: empty."""
    source: Remarks | None = None
    """Where the judgement or figure comes from. Default: not stated."""
    confidence: Share | None = None
    """How sure the author is, 0 to 1; no effect on the plan. Default: not stated."""
