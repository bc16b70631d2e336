"""A change of a problem: a new value at an address, or the present number multiplied by or added to a number."""

from typing import Any, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic_core import PydanticCustomError

from models.base import Part
from models.quantities import AnyValue, Number
from models.texts import Address


class Change(Part):
    """Exactly one of `value`, `times` and `plus`; `times` and `plus` apply to every number of a list or object."""

    address: Address
    """Address of the value: members/us/resources/money; `*` means every record of a list."""
    value: AnyValue = None
    """The new value; null removes the present one."""
    times: Number | None = None
    """Factor on the present number."""
    plus: Number | None = None
    """Amount added to the present number, in its unit."""

    @model_validator(mode="after")
    def _has_one_operation(self) -> Self:
        if len(self.model_fields_set & {"value", "times", "plus"}) != 1:
            raise PydanticCustomError("one_of", "give exactly one of value, times and plus")
        return self

    @model_serializer(mode="wrap")
    def _given_fields(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write only the given fields: null is a value too, so an absent field must not be written as null."""
        return {name: value for name, value in dump(self).items() if name in self.model_fields_set}
