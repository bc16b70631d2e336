"""The two base classes of document parts: `Part`, frozen and without unknown keys, and `Entry`, which adds a source."""

from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from models.field_descriptions import field_description
from models.quantities import Share
from models.texts import Line, Remarks


class Part(BaseModel):
    """Any part of a document: frozen; unknown keys are errors. The string below a field is its description."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        ser_json_inf_nan="constants",  # JSON has no infinity or NaN: as null, a fault would look like a missing number
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON Schema with a description of each field.

        The setting `use_attribute_docstrings` would read the source of every model at each start.
        """
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, info in cls.model_fields.items():
            text, shown = field_description(cls, name), properties.get(info.alias or name)
            if text is not None and shown is not None:  # a model with a serializer of its own shows no properties
                shown.setdefault("description", text)
        return schema


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
