"""The two kinds of document part: a `Part` is frozen and refuses unknown keys; an `Entry` may name its source."""

from pydantic import BaseModel, ConfigDict

from models.quantities import Share


class Part(BaseModel):
    """Any part of a document: frozen, and unknown keys are errors. The text below a field is its description."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        use_attribute_docstrings=True,
        ser_json_inf_nan="constants",  # a number that JSON has not is a fault: as null it would pass for no number
    )


class Entry(Part):
    """A record of a list of the problem; a judgement in it can name its source and how sure its author is."""

    title: str = ""
    """What the record is called where people read it."""
    notes: str = ""
    """Anything worth telling a reader; no effect on the plan."""
    source: str | None = None
    """Where the judgement or figure comes from."""
    confidence: Share | None = None
    """How sure the author is, 0 to 1; no effect on the plan."""
