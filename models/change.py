"""A change of a problem: another value at an address, or what stands there times or plus a number."""

from typing import Any, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from models.base import Part
from models.quantities import AnyValue, Number


class Change(Part):
    """Exactly one of `value`, `times` and `plus`; the last two work on every number of a list or object."""

    address: str
    """Where: members/us/resources/money; `*` stands for every record of a list."""
    value: AnyValue = None
    """What to put there; null removes."""
    times: Number | None = None
    """By what to multiply what stands there."""
    plus: Number | None = None
    """What to add to what stands there."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = self.model_fields_set & {"value", "times", "plus"}
        if len(said) != 1:
            raise PydanticCustomError("one_of", "give exactly one of value, times and plus")
        return self

    @model_serializer(mode="wrap")
    def _what_was_said(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Only that: null is a value too, so what was not said must not be written."""
        return {name: value for name, value in dump(self).items() if name in self.model_fields_set}
